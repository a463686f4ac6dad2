"""How the command speaks whatever is asked of it: one voice, help that can be read, a branch of the tree."""

import json

import pytest

from fixtures import load
from linter.cli.app import COMMANDS
from linter.configuration.rule_pack import SYMPTOMS
from linter.openclaw import location

NOW = "2026-11-22T00:00:00Z"


@pytest.fixture
def state(tmp_path):
    return load.materialise("2026.3.24-pin-missing", tmp_path / "home")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("lnit", "there is no command lnit; did you mean `lint`?; see `authlint --help`"),
        ("lint --formt", "there is no option --formt; did you mean `--format`?; see `authlint lint --help`"),
        ("lint --fail-on x", "--fail-on: 'x' is none of error, warning, note, never"),
        ("lint --symptom wrong-acount", "did you mean `wrong-account`?"),
        ("explain", "RULE|CAUSE|FINGERPRINT is missing; see `authlint explain --help`"),
        ("lint --rules absent", "--rules: there is no absent"),
        ("lint -f jsn", "html; did you mean `json`?"),
        ("fix STATE --outside absent", "absent: there is no such folder"),
        ("trace /absent", "there is no /absent"),
        ("lint STATE --config absent", "absent:1:1: cannot be read"),
        ("test absent", "there is no absent"),
        ("lint --codex-home absent", "absent: there is no such folder"),
        ("lint --workspace absent", "absent: there is no such folder"),
    ],
)
def test_wrong_use_is_told_in_one_voice(words, said, authlint, state):
    result = authlint(*(state if word == "STATE" else word for word in words.split()))
    assert result.exit_code == (3 if words.startswith("trace") else 2)
    assert result.stderr.startswith("authlint: ")
    assert said in result.stderr


def test_the_help_names_each_command_in_a_whole_sentence(authlint):
    shown = authlint("--help").stdout.splitlines()
    for command in COMMANDS:
        (line,) = [line for line in shown if line.startswith(f"  {command} ")]
        assert line.endswith(".")
        assert len(line) <= 80


def test_a_state_that_may_not_be_read_is_as_one_that_is_not_there(authlint, state, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied", str(state))

    monkeypatch.setattr(location, "_snapshot", refuse)
    result = authlint("lint", state)
    assert result.exit_code == 3
    assert "you have no permission to read it" in result.stderr


def test_quiet_shows_what_is_wrong_and_nothing_else(authlint, state, tmp_path):
    shown = authlint("lint", state, "--now", NOW, "-q").stdout
    assert shown.startswith("1  openai-codex:ghost@example.com is not stored")
    assert "Found" not in shown
    full = authlint("lint", state, "--now", NOW, "-q", "-f", "full").stdout
    assert "Found" not in full
    assert "error[session-override-exists]" in full
    clean = load.materialise("2026.3.24-clean", tmp_path / "clean")
    assert authlint("lint", clean, "--now", NOW, "-q").stdout == ""


def test_colour_is_as_asked(authlint, state, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" not in authlint("lint", state, "--now", NOW, "--color", "never").stdout
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("FORCE_COLOR")
    assert "\x1b[" in authlint("lint", state, "--now", NOW, "--color", "always").stdout


@pytest.mark.parametrize("symptom", SYMPTOMS)
def test_a_symptom_walks_one_branch(symptom, authlint, state, pack):
    explaining = {rule.id for rule in pack.rules if symptom in rule.symptoms}
    listed = json.loads(authlint("rules", "--symptom", symptom, "-f", "json").stdout)["rules"]
    assert {rule["id"] for rule in listed} == explaining
    judged = {number for rule in pack.rules if rule.id in explaining for number in rule.checklist}
    items = authlint("checklist", state, "--now", NOW, "--symptom", symptom).stdout.splitlines()
    assert {int(line.split()[0]) for line in items if line[:1].isdigit()} == judged
    result = authlint("lint", state, "--now", NOW, "--symptom", symptom)
    assert result.exit_code == int("session-override-exists" in explaining)
    assert "Looked only for:" in " ".join(result.stdout.split())


def test_a_branch_without_any_chosen_rule_is_wrong_use(authlint, state):
    result = authlint("lint", state, "--select", "usage-*", "--symptom", "broken-entry", "--now", NOW)
    assert (result.exit_code, "none of these rules explains broken-entry" in result.stderr) == (2, True)


def test_trace_takes_its_state_before_or_behind_the_session(authlint, state):
    one = authlint("trace", "agent:main:main", state, "--now", NOW).stdout
    assert one.startswith("agent:main:main ")
    assert authlint("trace", state, "agent:main:main", "--now", NOW).stdout == one
    unknown = authlint("trace", state, "agent:main:mian")
    assert unknown.exit_code == 3
    assert "did you mean `agent:main:main`?\nThere are:\n  agent:main:main\n" in unknown.stderr
