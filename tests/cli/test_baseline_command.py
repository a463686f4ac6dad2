"""From a state with old findings to a gate that stops only new ones."""

import json
import os
import subprocess
import sys

import pytest

from fixtures import load

NOW = "1795305600000"
FILE = "authlint-baseline.json"
BROKEN = (
    "id: broken\ntitle: Fails on a row\nlayer: session\nseverity: note\nfor: {session: sessions}\n"
    "require: {that: 'lower(session.updatedAt) == session.key'}\nmessage: never\nabout: text\n"
    "examples: {bad: [], good: []}\n"
)


@pytest.fixture
def authlint(authlint, tmp_path, monkeypatch):
    """Return a function that runs the command in the folder that the states lie in, at their time."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: authlint(*arguments, "--now", NOW)


@pytest.fixture
def state(tmp_path):
    return load.materialise("2026.3.24-pin-missing", tmp_path / "one")


@pytest.fixture
def twin(tmp_path):
    return load.materialise("2026.3.24-pin-missing", tmp_path / "two")


def edit(state, agent, session, **fields):
    path = state / f"agents/{agent}/sessions/sessions.json"
    sessions = json.loads(path.read_text())
    sessions[f"agent:{agent}:{session}"].update(fields)
    path.write_text(json.dumps(sessions))


def pin(state, agent, session):
    ghost = "openai-codex:ghost@example.com"
    edit(state, agent, session, authProfileOverride=ghost, authProfileOverrideSource="user")


def entries(tmp_path):
    return json.loads((tmp_path / FILE).read_text())["states"]


def unwrapped(result):
    return " ".join(result.stdout.split())


def test_what_was_there_is_known_and_what_is_new_is_reported(authlint, state, tmp_path):
    assert authlint("baseline", state).stdout == f"{FILE}: 3 findings\n"
    assert list(entries(tmp_path)) == ["one/.openclaw"]
    known = authlint("lint", state, "--baseline", FILE)
    assert known.exit_code == 0
    assert "No new problems found in one/.openclaw" in unwrapped(known)
    assert f"3 findings known from {FILE} not shown." in unwrapped(known)
    pin(state, "work", "main")
    new = authlint("lint", state, "--baseline", FILE)
    assert new.exit_code == 1
    assert new.stdout.count("[session-override-exists ") == 1
    assert "agent:work:main is pinned" in unwrapped(new)
    assert "Found 1 error in" in new.stdout
    assert f"3 findings known from {FILE} not shown." in unwrapped(new)


def test_of_another_state_nothing_is_said_to_be_gone(authlint, state, tmp_path):
    authlint("baseline", state)
    other = load.materialise("2026.3.24-clean", tmp_path / "other")
    said = authlint("baseline", other).stdout
    assert "no longer there" not in said
    assert list(entries(tmp_path)) == ["one/.openclaw", "other/.openclaw"]


def test_a_finding_that_became_worse_is_reported_again(authlint, state):
    authlint("baseline", state)
    edit(state, "main", "telegram:direct:42", authProfileOverrideSource="user")
    worse = authlint("lint", state, "--baseline", FILE)
    assert worse.exit_code == 1
    assert "error agent:main:telegram:direct:42 is pinned" in unwrapped(worse)
    assert f"2 findings known from {FILE} not shown. 1 finding worse than in {FILE}." in unwrapped(worse)
    assert authlint("baseline", state).stdout == f"{FILE}: 3 findings: 1 changed\n"
    assert authlint("lint", state, "--baseline", FILE).exit_code == 0


def test_what_is_mended_is_told_with_the_way_out_and_is_no_failure(authlint, state, tmp_path):
    authlint("baseline", state)
    edit(state, "main", "main", authProfileOverride="openai-codex:alice@example.com")
    mended = authlint("lint", state, "--baseline", FILE)
    assert mended.exit_code == 0
    assert f"1 entry of {FILE} no longer occurs (authlint baseline --prune)." in unwrapped(mended)
    assert authlint("baseline", state).stdout == (
        f"{FILE}: 3 findings: 1 no longer there (--prune removes them)\n"
    )
    assert authlint("baseline", "--prune", state).stdout == f"{FILE}: 2 findings: 1 removed\n"
    assert len(entries(tmp_path)["one/.openclaw"]) == 2
    assert "no longer" not in authlint("lint", state, "--baseline", FILE).stdout


def test_pruning_adds_nothing(authlint, state, tmp_path):
    authlint("baseline", state)
    pin(state, "work", "main")
    before = (tmp_path / FILE).read_text()
    assert authlint("baseline", "--prune", state).stdout == f"{FILE}: 3 findings: nothing to change\n"
    assert (tmp_path / FILE).read_text() == before


def test_pruning_needs_a_baseline(authlint, state, tmp_path):
    refused = authlint("baseline", "--prune", state)
    assert refused.exit_code == 2
    assert "there is no such file" in refused.stderr
    assert not (tmp_path / FILE).exists()


def test_another_run_adds_and_keeps_what_other_rules_and_states_have(authlint, state, twin, tmp_path):
    authlint("baseline", state)
    added = authlint("baseline", twin, "--select", "session-override-exists")
    assert added.stdout == f"{FILE}: 5 findings: 2 added\n"
    assert authlint("baseline", "--prune", twin, "--ignore", "session-*").stdout.endswith(
        "nothing to change\n"
    )
    assert [len(known) for known in entries(tmp_path).values()] == [3, 2]


def test_a_damaged_baseline_is_left_as_it_is(authlint, state, tmp_path):
    (tmp_path / FILE).write_text("<<<<<<< HEAD\n")
    for command in (["baseline"], ["baseline", "--prune"], ["lint", "--baseline", FILE]):
        refused = authlint(*command, state)
        assert refused.exit_code == 2
        assert f"{FILE}:1:1: " in refused.stderr
    assert (tmp_path / FILE).read_text() == "<<<<<<< HEAD\n"


def test_an_entry_of_one_state_hides_nothing_in_another(authlint, state, twin):
    authlint("baseline", state)
    both = authlint("lint", state, twin, "--baseline", FILE)
    assert both.exit_code == 1
    first, second = unwrapped(both).split("not shown.", 1)
    assert "No new problems found in one/.openclaw" in first
    assert second.count("[session-override-exists ") == 2
    assert f"{FILE} was made from other states." in second


def test_a_state_that_moved_is_still_known(authlint, state, tmp_path):
    authlint("baseline", state)
    (tmp_path / "one").rename(tmp_path / "three")
    assert authlint("lint", tmp_path / "three/.openclaw", "--baseline", FILE).exit_code == 0


def test_a_snapshot_of_the_state_has_the_same_findings(authlint, state):
    authlint("baseline", state)
    authlint("snapshot", state, "-o", "openclaw.json")
    assert authlint("lint", "openclaw.json", "--baseline", FILE).exit_code == 0


def test_sarif_has_all_findings_with_their_state(authlint, state):
    authlint("baseline", state)
    pin(state, "work", "main")
    log = json.loads(authlint("lint", state, "--baseline", FILE, "-f", "sarif").stdout)
    states = [result["baselineState"] for result in log["runs"][0]["results"]]
    assert sorted(states) == ["new", "unchanged", "unchanged", "unchanged"]


def test_a_rule_that_fails_is_told_and_the_rest_is_written(authlint, state, tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/broken.yaml").write_text(BROKEN)
    result = authlint("baseline", state, "--rules", "rules")
    assert result.exit_code == 2
    assert "1 rule could not be evaluated" in result.stderr
    assert len(entries(tmp_path)["one/.openclaw"]) == 3


def test_nothing_to_lint_writes_nothing(authlint, tmp_path):
    assert authlint("baseline", tmp_path / "nowhere").exit_code == 3
    assert not (tmp_path / FILE).exists()


def test_a_lint_without_a_baseline_imports_nothing_of_it(state, cache_home):
    code = (
        "import sys\n"
        "from linter.cli.app import app\n"
        f"app(['lint', {str(state)!r}, '--now', {NOW!r}], standalone_mode=False)\n"
        "print([name for name in sys.modules if name.startswith('linter.baseline')])\n"
    )
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache_home)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_baseline_in_the_configuration_needs_no_argument(authlint, state, tmp_path):
    (tmp_path / "authlint.yaml").write_text("baseline: known/findings.json\n")
    (tmp_path / "known").mkdir()
    absent = authlint("lint", state)
    assert absent.exit_code == 2
    assert "known/findings.json:1:1: there is no such file; `authlint baseline` writes it" in absent.stderr
    assert authlint("baseline", state).stdout == "known/findings.json: 3 findings\n"
    assert authlint("lint", state).exit_code == 0
    assert authlint("lint", state, "--no-baseline").exit_code == 1


def test_the_option_wins_over_the_configuration(authlint, state, tmp_path):
    (tmp_path / "authlint.yaml").write_text("baseline: known.json\n")
    authlint("baseline", state)
    (tmp_path / "empty.json").write_text('{"version": 1, "states": {}}')
    assert authlint("lint", state, "--baseline", "empty.json").exit_code == 1
