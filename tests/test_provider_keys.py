"""Which `models.providers` entries keep OpenClaw from using a login, as turns of the real versions showed."""

import json

import pytest

import linter
from fixtures import load

RULE = "provider-key-hides-logins"
KEY = "sk-invented-000000000000000000000000"
MARKER = "oauth:openai-codex"
ALICE = "alice@example.com"


@pytest.mark.parametrize(
    ("version", "entry", "severity"),
    [
        ("2026.3.24", {"apiKey": KEY, "auth": "api-key"}, None),
        ("2026.5.7", {"apiKey": KEY}, None),
        ("2026.5.7", {"apiKey": KEY, "auth": "api-key"}, "warning"),
        ("2026.5.7", {"apiKey": MARKER, "auth": "api-key"}, None),
        ("2026.5.7", {"apiKey": f"openai-codex:{ALICE}"}, None),
        ("2026.6.6", {"apiKey": KEY}, None),
        ("2026.6.6", {"auth": "api-key"}, None),
        ("2026.6.6", {"apiKey": KEY, "auth": "api-key"}, "warning"),
        ("2026.6.6", {"apiKey": MARKER, "auth": "api-key"}, None),
        ("2026.9.6", {"apiKey": KEY}, None),
        ("2026.9.6", {"apiKey": KEY, "auth": "api-key"}, "warning"),
        ("2026.9.6", {"apiKey": MARKER, "auth": "api-key"}, "warning"),
        ("2026.9.6", {"auth": "api-key"}, "warning"),
        ("2026.9.6", {"apiKey": f"openai:{ALICE}"}, "error"),
    ],
)
def test_an_entry_is_told_of_where_it_keeps_logins_from_being_used(tmp_path, version, entry, severity):
    name = f"{version}-clean"
    state = load.materialise(name, tmp_path)
    config = json.loads((state / "openclaw.json").read_text())
    provider = "openai" if version >= "2026.6" else "openai-codex"
    config["models"] = {"providers": {provider: entry}}
    (state / "openclaw.json").write_text(json.dumps(config, indent=2))
    result = linter.lint(state, now=load.describe(name).now)
    assert KEY not in result.to_json()
    assert [finding.severity for finding in result.findings if finding.rule == RULE] == (
        [severity] if severity else []
    )
