"""What the prefix of a secret tells."""

import pytest

from linter.snapshot.secret_kinds import recognise
from linter.snapshot.secrets import reduce_secret


@pytest.mark.parametrize(
    ("secret", "kind", "realm"),
    [
        ("sk-FAKE0000", "api-key", None),
        ("sk-proj-FAKE0000", "api-key", "openai"),
        ("sk-svcacct-FAKE0000", "api-key", "openai"),
        ("sk-or-v1-FAKE0000", "api-key", "openrouter"),
        ("sk-ant-api03-FAKE0000", "api-key", "anthropic"),
        ("sk-ant-oat01-FAKE0000", "login", "anthropic"),
        ("sk-ant-ort01-FAKE0000", "login", "anthropic"),
        (" sk-ant-oat01-FAKE0000\n", "login", "anthropic"),
        ("AIzaFAKE0000", "api-key", "google"),
        ("xai-FAKE0000", "api-key", "xai"),
        ("gsk_FAKE0000", "api-key", "groq"),
        ("gho_FAKE0000", "login", "github-copilot"),
        ("ghu_FAKE0000", "login", "github-copilot"),
        ("ghp_FAKE0000", "opaque", "github-copilot"),
        ("oauth:openai-codex", "marker", None),
        ("ollama-local", "marker", None),
        ("rt_FAKE_alice", "opaque", None),
        ("placeholder", "marker", None),
        ("REDACTED", "marker", None),
        ("<refresh_token>", "marker", None),
        ("your-refresh-token", "marker", None),
        ("xxxxxxxx", "marker", None),
        ("unknown-but-longer", "opaque", None),
        ("xsk-FAKE0000", "opaque", None),
    ],
)
def test_a_secret_is_known_by_the_prefix_that_its_issuer_published(secret, kind, realm):
    found = recognise(secret)
    assert found.kind == kind
    assert realm in found.realms if realm else found.realms is None


def test_of_a_secret_with_a_known_prefix_nothing_else_is_kept():
    reduced = reduce_secret("sk-ant-oat01-FAKE0000")
    assert reduced == {
        "fingerprint": reduced["fingerprint"],
        "kind": "login",
        "realms": ["anthropic", "claude-cli"],
        "claims": None,
    }
    assert "FAKE" not in str(reduced)
