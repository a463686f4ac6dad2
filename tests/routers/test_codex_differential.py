"""What authlint says of Codex homes, against what Codex 0.171 said of the same homes when it was run."""

import json

import pytest

from fixtures.codex.record import HERE, homes

RECORDED = {one["name"]: one["says"] for one in json.loads((HERE / "0.171.0.json").read_text())}
HOMES = {home["name"]: home for home in homes()}
LOGIN_RULES = {"cli-auth-mode-consistent", "cli-store-is-file"}
START_RULES = {
    "cli-config-refused": "refuses",
    "cli-forced-workspace": "signs out",
    "cli-profile-signs-out": "signs out",
}


@pytest.fixture
def found(tmp_path, lint_home):
    def run(home):
        for name, text in home["files"].items():
            (tmp_path / ".codex").mkdir(exist_ok=True)
            file = tmp_path / ".codex" / name
            file.write_text(text)
            file.chmod(0o600)
        return lint_home(tmp_path)

    return run


def test_every_home_is_recorded():
    assert list(RECORDED) == list(HOMES)
    assert set(RECORDED.values()) >= {"chatgpt", "api-key", "nobody", "unusable", "refuses", "signs out"}


@pytest.mark.parametrize("name", [name for name, home in HOMES.items() if home["start"][0] == "login"])
def test_a_login_that_codex_cannot_use_is_an_error_and_no_other_is(name, found):
    errors = {finding.rule for finding in found(HOMES[name]) if finding.severity != "note"}
    says = RECORDED[name]
    if says == "unusable":
        assert "cli-auth-mode-consistent" in errors
    elif says == "refuses":
        assert "cli-config-refused" in errors
    elif says == "nobody":
        assert "cli-store-is-file" in errors
    elif not {"key", "both"} & set(name.split()):  # a key where tokens are meant has a rule of its own
        assert errors.isdisjoint(LOGIN_RULES | set(START_RULES))


@pytest.mark.parametrize("name", [name for name, home in HOMES.items() if home["start"][0] == "exec"])
def test_a_start_that_signs_out_or_refuses_is_an_error_and_no_other_is(name, found):
    errors = {finding.rule for finding in found(HOMES[name]) if finding.severity == "error"}
    said = {START_RULES[rule] for rule in errors & set(START_RULES)}
    if name == "allows joined workspace":  # that rule tells of the list, too
        said = {"refuses"} if said else said
    assert said == ({RECORDED[name]} if RECORDED[name] in START_RULES.values() else set())
