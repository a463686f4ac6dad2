import json
import os
import re
import shutil
import sqlite3
from contextlib import closing
from types import SimpleNamespace

import pytest

from fixtures import load

NOW = "2026-11-22T00:00:00Z"
SESSIONS = "agents/main/sessions/sessions.json"


@pytest.fixture
def state(tmp_path):
    return load.materialise("2026.3.24-pin-missing", tmp_path / "home")


@pytest.fixture
def fix(authlint):
    return lambda state, *arguments: authlint("fix", state, "--now", NOW, *arguments)


def said(result):
    """Return what is shown without line breaks."""
    return " ".join(result.stdout.split())


def files_of(state):
    return {
        path.relative_to(state): (path.read_bytes(), path.stat().st_mode, path.stat().st_mtime_ns)
        for path in state.rglob("*")
        if path.is_file() and ".authlint" not in path.parts
    }


def pins(state):
    entries = json.loads((state / SESSIONS).read_text())
    return {key: entry.get("authProfileOverride") for key, entry in entries.items()}


def rules_found(authlint, state):
    found = json.loads(authlint("lint", state, "--now", NOW, "-f", "json").stdout)["findings"]
    return {(one["rule"], one["message"]) for one in found}


def test_a_look_changes_nothing_and_shows_both_kinds(fix, state):
    before = files_of(state)
    result = fix(state)
    assert (result.exit_code, result.stderr) == (0, "")
    assert '-    "authProfileOverrideSource": "user",' in result.stdout
    assert "unsafe fix (--unsafe): Drop the pin" in result.stdout
    assert "fix: Drop the automatic pin" in result.stdout
    assert "1 fix can be applied (--apply); 1 unsafe fix too, if you ask for it (--apply --unsafe)" in said(
        result
    )
    assert files_of(state) == before
    assert not (state / ".authlint").exists()


def test_apply_makes_the_safe_one_only(fix, state, authlint):
    before = rules_found(authlint, state)
    result = fix(state, "--apply")
    assert result.exit_code == 0
    assert "1 fix made" in result.stdout
    assert "unsafe, so only with --unsafe" in result.stdout
    assert pins(state) == {
        "agent:main:main": "openai-codex:ghost@example.com",
        "agent:main:telegram:direct:42": None,
    }
    assert rules_found(authlint, state) < before


def test_undo_takes_back_change_by_change(fix, state, authlint):
    before = (state / SESSIONS).read_bytes()
    fix(state, "--apply")
    between = (state / SESSIONS).read_bytes()
    fix(state, "--apply", "--unsafe")
    assert set(pins(state).values()) == {None}
    listed = authlint("undo", state, "--list").stdout
    assert listed.count("2026-11-22 00:00 UTC") == 2
    assert authlint("undo", state).exit_code == 0
    assert (state / SESSIONS).read_bytes() == between
    authlint("undo", state)
    assert (state / SESSIONS).read_bytes() == before
    result = authlint("undo", state)
    assert (result.exit_code, "nothing to undo" in result.stderr) == (3, True)


def test_backups_can_be_deleted(fix, state, authlint):
    fix(state, "--apply")
    assert authlint("undo", state, "--forget").stdout == "Deleted the backups of 1 change.\n"
    assert not list((state / ".authlint/undo").iterdir())


def test_select_limits_the_fixes(fix, state):
    assert "0 fixes made." in fix(state, "--apply", "--unsafe", "--select", "order-*").stdout


def test_a_suppressed_finding_is_never_fixed(fix, state):
    before = pins(state)
    (state / "authlint.yaml").write_text(
        "suppress:\n  - {rule: session-override-*, subject: '*', reason: They are on holiday}\n"
    )
    for arguments in ([], ["--apply", "--unsafe"]):
        assert "session-override-exists" not in fix(state, *arguments).stdout
    assert pins(state) == before


@pytest.fixture
def interactive(authlint, monkeypatch):
    """Return a function that runs `fix -i` at a terminal at which these answers are given."""

    def run(state, answers, *arguments):
        given = iter(answers)
        monkeypatch.setattr(
            "linter.cli.fix_command.sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
        )
        monkeypatch.setattr("typer.prompt", lambda *_, **__: next(given))
        result = authlint("fix", state, "--now", NOW, "-i", *arguments)
        assert list(given) == []
        return result

    return run


def test_interactive_asks_for_each(interactive, state):
    result = interactive(state, ["?", "yes", "n"], "--unsafe")
    assert "1 fix made" in result.stdout
    assert sorted(pins(state).values(), key=str) == [None, "openai-codex:ghost@example.com"]
    assert "declined" in result.stdout
    assert "`authlint explain session-override-exists` tells what the finding means" in result.stdout
    assert result.stdout.count("@@ -") == 2


@pytest.mark.parametrize(("answers", "left"), [(["a"], 0), (["q"], 2), (["y", "q"], 1)])
def test_interactive_can_be_settled_for_all_that_follow(interactive, state, answers, left):
    interactive(state, answers, "--unsafe")
    assert sum(pin is not None for pin in pins(state).values()) == left


def test_interactive_needs_a_terminal(fix, state):
    before = files_of(state)
    result = fix(state, "-i")
    assert (result.exit_code, "there is none, so nothing is changed" in result.stderr) == (2, True)
    assert files_of(state) == before


def gateway(state):
    lock = state / "tmp/openclaw-1000/gateway.state.lock"
    lock.parent.mkdir(parents=True)
    lock.write_text(json.dumps({"pid": os.getpid(), "createdAt": "2026-11-22T00:00:00Z"}))


def test_beside_a_gateway_nothing_is_changed_unless_asked(fix, state, authlint):
    gateway(state)
    before = files_of(state)
    result = fix(state, "--apply")
    assert result.exit_code == 1
    assert "a gateway runs on this state" in result.stderr
    assert files_of(state) == before
    assert "1 fix made" in fix(state, "--apply", "--while-running").stdout
    assert authlint("undo", state).exit_code == 1
    assert authlint("undo", state, "--while-running").exit_code == 0


def test_a_file_that_somebody_is_writing_is_not_changed(fix, state, monkeypatch):
    monkeypatch.setattr("linter.openclaw.file_lock._ATTEMPTS", 1)
    monkeypatch.setattr("linter.openclaw.file_lock._PAUSE", 0)
    lock = state / f"{SESSIONS}.lock"
    lock.write_text(json.dumps({"pid": os.getpid(), "createdAt": "2099-01-01T00:00:00Z"}))
    before = files_of(state)
    result = fix(state, "--apply")
    assert result.exit_code == 1
    assert "sessions.json.lock is held" in result.stderr
    assert files_of(state) == before


def test_an_interrupted_fix_is_taken_back_first(fix, state):
    before = (state / SESSIONS).read_bytes()
    fix(state, "--apply")
    record = state / ".authlint/undo/0001/run.json"
    record.write_text(record.read_text().replace('"done"', '"changing"'))
    result = fix(state, "--apply", "--select", "order-*")
    assert "Took back a fix that was interrupted: session-override-exists: Drop" in result.stdout
    assert (state / SESSIONS).read_bytes() == before


@pytest.fixture(params=["2026.8.2", "2026.9.6"])
def database_state(request, tmp_path):
    return load.materialise(f"{request.param}-pin-missing", tmp_path / "home")


def stored_pins(state):
    with closing(sqlite3.connect(state / "agents/main/agent/openclaw-agent.sqlite")) as connection:
        entries = connection.execute("SELECT session_key, entry_json FROM session_nodes").fetchall()
    return {
        key: {name: value for name, value in json.loads(text).items() if name.startswith("authProfile")}
        for key, text in entries
    }


@pytest.mark.parametrize("arguments", [["--apply", "--unsafe"], ["--apply", "--sqlite"], ["--sqlite"], []])
def test_a_database_is_only_changed_when_all_three_are_said(fix, database_state, arguments):
    before = files_of(database_state)
    result = fix(database_state, *arguments)
    assert result.exit_code == 0
    assert files_of(database_state) == before
    if arguments == ["--apply", "--unsafe"]:
        assert "openclaw-agent.sqlite is a database, so only with --sqlite" in said(result)
        assert "      openclaw models auth list --agent main" in result.stdout
    elif "--apply" in arguments:
        assert "unsafe, so only with --unsafe" in result.stdout
    else:
        assert "unsafe fix (--unsafe --sqlite): Drop the pin" in result.stdout
        assert "openclaw-agent.sqlite session_nodes/agent:main:main" in said(result)
        assert (
            '-"authProfileOverride":"openai:ghost@example.com","authProfileOverrideSource"' in result.stdout
        )
        assert result.stdout.endswith("\n2 unsafe fixes, if you ask for it (--apply --unsafe --sqlite).\n")


def test_dead_pins_in_a_database_are_cleared_and_come_back(fix, database_state, authlint):
    before = stored_pins(database_state)
    result = fix(database_state, "--apply", "--unsafe", "--sqlite")
    assert (result.exit_code, "2 fixes made." in result.stdout) == (0, True)
    assert set(map(str, stored_pins(database_state).values())) == {"{}"}
    assert not {rule for rule, _ in rules_found(authlint, database_state) if rule.startswith("session-")}
    listed = authlint("undo", database_state, "--list").stdout
    assert "openclaw-agent.sqlite, agent:main:telegram:direct:42" in listed
    assert authlint("undo", database_state).exit_code == 0
    assert stored_pins(database_state) == before


def test_interactive_asks_before_it_clears_a_pin(interactive, database_state):
    result = interactive(database_state, ["n", "y"], "--unsafe", "--sqlite")
    assert "1 fix made" in result.stdout
    assert sorted(map(len, stored_pins(database_state).values())) == [0, 2]


def test_a_database_is_never_changed_beside_a_gateway(fix, database_state, authlint):
    fix(database_state, "--apply", "--unsafe", "--sqlite")
    gateway(database_state)
    before = files_of(database_state)
    result = fix(database_state, "--apply", "--unsafe", "--sqlite")
    assert (result.exit_code, "a gateway runs on this state" in result.stderr) == (1, True)
    result = fix(database_state, "--apply", "--unsafe", "--sqlite", "--while-running")
    assert (result.exit_code, "leave out --while-running" in result.stderr) == (2, True)
    result = authlint("undo", database_state, "--while-running")
    assert (result.exit_code, "while no gateway runs" in result.stderr) == (1, True)
    assert files_of(database_state) == before


def test_a_database_that_is_being_written_is_not_changed(fix, database_state, monkeypatch):
    monkeypatch.setattr("linter.openclaw.session_entries._PATIENCE", 0.05)
    path = database_state / "agents/main/agent/openclaw-agent.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as openclaw:
        openclaw.execute("BEGIN IMMEDIATE")
        result = fix(database_state, "--apply", "--unsafe", "--sqlite")
        openclaw.execute("ROLLBACK")
    assert (result.exit_code, "another process keeps it busy" in result.stderr) == (1, True)
    assert all(stored_pins(database_state).values())
    assert not list((database_state / ".authlint/undo").iterdir())


def test_a_pin_of_another_version_in_a_database_is_cleared(fix, tmp_path):
    state = load.materialise("2026.9.6-old-provider-name", tmp_path / "home")
    assert any("openai-codex:" in str(pin) for pin in stored_pins(state).values())
    result = fix(state, "--apply", "--unsafe", "--sqlite", "--select", "session-override-namespace")
    assert "it was made, but the finding is still there" not in result.stdout
    assert not any("openai-codex:" in str(pin) for pin in stored_pins(state).values())


def test_an_undo_that_a_busy_database_refuses_is_no_interrupted_fix(
    fix, database_state, authlint, monkeypatch
):
    monkeypatch.setattr("linter.openclaw.session_entries._PATIENCE", 0.05)
    fix(database_state, "--apply", "--unsafe", "--sqlite")
    path = database_state / "agents/main/agent/openclaw-agent.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as openclaw:
        openclaw.execute("BEGIN IMMEDIATE")
        result = authlint("undo", database_state)
        openclaw.execute("ROLLBACK")
    assert (result.exit_code, "another process keeps it busy" in result.stderr) == (1, True)
    assert "interrupted" not in authlint("undo", database_state, "--list").stdout
    assert "Took back" not in fix(database_state, "--apply").stdout
    assert authlint("undo", database_state).exit_code == 0


@pytest.mark.parametrize("stage", ["done", "changing"])
def test_in_a_copy_of_a_state_nothing_of_the_original_is_undone(fix, state, authlint, tmp_path, stage):
    fix(state, "--apply", "--unsafe")
    record = state / ".authlint/undo/0001/run.json"
    record.write_text(json.dumps(json.loads(record.read_text()) | {"stage": stage}))
    copy = shutil.copytree(state, tmp_path / "copy/.openclaw")
    before, pinned = files_of(state), pins(copy)
    assert authlint("undo", copy).exit_code == 0
    assert files_of(state) == before
    assert pins(copy) != pinned


@pytest.mark.parametrize("text", ["[1]", '{"titles": []}', "{"])
def test_a_damaged_record_is_named_and_nothing_is_deleted(fix, state, authlint, text):
    fix(state, "--apply")
    record = state / ".authlint/undo/0001/run.json"
    record.write_text(text)
    before = files_of(state)
    for result in (authlint("undo", state), authlint("undo", state, "--list"), fix(state, "--apply")):
        assert (result.exit_code, "0001/run.json is damaged; put back by hand" in result.stderr) == (1, True)
    assert (files_of(state), record.with_name("0").exists()) == (before, True)


def test_nothing_to_fix(fix, tmp_path):
    state = load.materialise("2026.9.6-clean", tmp_path / "home")
    shutil.rmtree(state / "agents/work", ignore_errors=True)
    assert fix(state, "--select", "session-override-exists").stdout == "Nothing to fix.\n"
    assert fix(tmp_path / "absent").exit_code == 3


@pytest.mark.parametrize("name", [name for name in load.names() if not name.startswith("2026.9")])
def test_every_fix_that_is_made_ends_its_finding_and_can_be_undone(name, authlint, tmp_path):
    home = tmp_path / "home"
    state, now = load.materialise(name, home), load.describe(name).now
    before = files_of(home)
    shown = authlint("fix", state, "--now", now, "--apply", "--unsafe")
    assert shown.exit_code == 0
    assert "it was made, but the finding is still there" not in shown.stdout
    again = authlint("fix", state, "--now", now, "--apply", "--unsafe")
    assert "0 fixes made." in again.stdout
    while authlint("undo", state).exit_code == 0:
        pass
    after = files_of(home)
    assert {path: facts[:2] for path, facts in after.items()} == {
        path: facts[:2] for path, facts in before.items()
    }


@pytest.fixture
def open_state(tmp_path):
    """A state with three files, a folder and a database that others may use."""
    state = load.materialise("2026.9.6-world-readable", tmp_path / "home")
    (state / "agents/main/agent").chmod(0o2777)
    return state


def modes_of(state):
    return {path.relative_to(state).as_posix(): path.stat().st_mode & 0o7777 for path in state.rglob("*")}


def test_rights_of_others_are_taken_away_safely_and_come_back(fix, open_state, authlint):
    before, content = modes_of(open_state), {path: data for path, (data, *_) in files_of(open_state).items()}
    named = re.findall(r"`authlint fix --apply` makes (\d+) fixes", " ".join(lint(authlint, open_state)))
    result = fix(open_state, "--apply")
    assert f"\n{named[0]} fixes made." in result.stdout
    assert "openclaw.json: mode 0644 becomes 0600" in said(result)
    assert "main/agent: mode 2777 becomes 0700" in said(result)
    changed = {path: mode for path, mode in modes_of(open_state).items() if before.get(path, mode) != mode}
    assert len(changed) == int(named[0])
    assert set(changed.values()) == {0o600, 0o700}
    assert {path: data for path, (data, *_) in files_of(open_state).items()} == content
    assert "file-private" not in str(rules_found(authlint, open_state))
    assert "openclaw.json: mode 0644\n" in authlint("undo", open_state, "--list").stdout
    assert authlint("undo", open_state).exit_code == 0
    assert {path: mode for path, mode in modes_of(open_state).items() if path in before} == before


def test_a_mode_that_somebody_has_changed_since_is_left_alone(fix, open_state, authlint):
    fix(open_state, "--apply")
    (open_state / "openclaw.json").chmod(0o640)
    before = modes_of(open_state)
    result = authlint("undo", open_state)
    assert (result.exit_code, "has got other rights since the fix; it had 0644" in result.stderr) == (1, True)
    assert modes_of(open_state) == before


def test_a_file_with_a_second_name_keeps_its_rights(fix, open_state, tmp_path):
    os.link(open_state / "openclaw.json", tmp_path / "elsewhere")
    before = modes_of(open_state)
    result = fix(open_state, "--apply")
    assert (result.exit_code, "openclaw.json is no folder, and no file with one name" in result.stderr) == (
        1,
        True,
    )
    assert {path: modes_of(open_state)[path] for path in before} == before


def test_a_record_reaches_no_file_outside_of_the_state(fix, open_state, authlint, tmp_path):
    fix(open_state, "--apply")
    secret = tmp_path / "secret"
    secret.touch(0o600)
    record = open_state / ".authlint/undo/0001/run.json"
    for source in ("../../secret#rights", f"{secret}#rights"):
        value = json.loads(record.read_text())
        value["rights"] = [{"source": source, "before": "0666", "after": "0600"}]
        record.write_text(json.dumps(value))
        assert authlint("undo", open_state).exit_code == 1
    assert secret.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("before", "after"), [("4755", "0600"), ("2644", "0600"), ("0044", "0600")])
def test_a_planted_record_gives_no_rights_that_a_fix_does_not_take(open_state, fix, authlint, before, after):
    fix(open_state, "--apply")
    record = open_state / ".authlint/undo/0001/run.json"
    value = json.loads(record.read_text())
    value["rights"] = [{"source": "openclaw.json#rights", "before": before, "after": after}]
    record.write_text(json.dumps(value))
    result = authlint("undo", open_state)
    assert (result.exit_code, "no fix takes what" in result.stderr) == (1, True)
    assert (open_state / "openclaw.json").stat().st_mode & 0o7777 == 0o600


def lint(authlint, state):
    return authlint("lint", state, "--now", NOW).stdout.split()


@pytest.mark.parametrize(
    "name",
    [
        "2026.3.24-pin-missing",
        "2026.3.24-provider-differs",
        "2026.9.6-world-readable",
        "2026.9.6-pin-missing",
    ],
)
def test_a_fix_is_counted_alike_in_a_lint_in_sarif_and_when_it_is_made(name, fix, authlint, tmp_path):
    state = load.materialise(name, tmp_path / "home")
    causes = json.loads(authlint("lint", state, "--now", NOW, "-f", "json").stdout)["causes"]
    told = {kind: sum(cause["fix"][kind] for cause in causes) for kind in ("safe", "unsafe")}
    results = json.loads(authlint("lint", state, "--now", NOW, "-f", "sarif").stdout)["runs"][0]["results"]
    listed = [one["properties"]["fix"] for one in results if "fix" in one["properties"]]
    assert sum(told.values()) == len(listed) > 0
    shown = json.loads(fix(state, "-f", "json").stdout)["fixes"]
    for kind, number in told.items():
        assert [one["safety"] for one in shown].count(kind) == number
        assert [one["safety"] for one in listed].count(kind) == number
    options = max((one["command"] for one in listed), key=len).split()[2:]
    made = json.loads(fix(state, *options, "-f", "json").stdout)["fixes"]
    assert len(made) == len(shown)
