import re

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
        "openai/Qwen3-Coder-480B-A35B-Instruct",
        "anthropic/claude-Sonnet-4-20250514",
        "WorkAccount2024BackupMainSpare",
        "user-7hJ2kQ9pXw3Lm5Rt8Vb1Nc4Z",
        "agent:main:discord:guild:123456789012345678:u4af49806292e5b2a1f0cd2e4b8f7a6d1",
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


def test_a_random_text_without_a_form_is_masked_and_stays_different_from_another():
    one, other = "Kq7Zt3Vw9Lx2Rb5Nd8Hg", "Mp4Ys6Jc1Fk8Wv3Tz9Qd5Xh2"
    masks = {scrub(f"mail {text}@example.com") for text in (one, other)}
    assert len(masks) == 2
    assert all(re.fullmatch(r"mail \[secret [0-9a-f]{6}\]@example\.com", mask) for mask in masks)
    assert scrub(scrub(one)) == scrub(one)
