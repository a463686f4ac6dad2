import pytest

from linter.snapshot.redact import MASK, scrub


@pytest.mark.parametrize(
    "public",
    [
        "openai-codex:alice@example.com",
        "agent:main:telegram:direct:42",
        "agent:work:subagent:00000000-0000-4000-8000-000000000001",
        "personal:00000000-0000-4000-8000-000000000001:00000000-0000-4000-8000-000000000002",
        "user-alice__11111111-aaaa-4aaa-8aaa-000000000001",
        "openai:id-dXNlci1hbGljZV9fMTExMTExMTEtYWFhYS00YWFhLThhYWEtMDAwMDAwMDAwMDAx",
        "agents/main/agent/auth-profiles.json.migrated-2026-11-22T00-00-00",
        "openclaw models auth order set --provider openai-codex --agent main",
    ],
)
def test_public_text_stays(public):
    assert scrub(public) == public


@pytest.mark.parametrize(
    "token",
    [
        "eyJhbGciOiJub25lIn0.eyJleHAiOjF9.c2ln",
        "eyJhbGciOiJub",
        "sk-proj-abcdef123456",
        "rt_FAKE_alice_11111111",
        "openclaw-oauth-refresh-fence:v1:" + "a" * 32 + ":access:" + "0" * 64,
        "Zm9v" * 12,
    ],
)
def test_tokens_are_masked_wherever_they_stand(token):
    assert scrub(f"before {token} after") == f"before {MASK} after"
    assert scrub(f'{{"x":"{token}"}}') == f'{{"x":"{MASK}"}}'
