import json
import os
import shutil

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
    assert "unsafe fix: Drop the pin" in result.stdout
    assert "fix: Drop the automatic pin" in result.stdout
    assert "1 fix can be applied (--apply); 1 unsafe fix too" in result.stdout
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


def test_interactive_asks_for_each(authlint, state, monkeypatch):
    answers = iter([True, False])
    monkeypatch.setattr("typer.confirm", lambda _: next(answers))
    result = authlint("fix", state, "--now", NOW, "--interactive", "--unsafe")
    assert "1 fix made" in result.stdout
    assert sorted(pins(state).values(), key=str) == [None, "openai-codex:ghost@example.com"]
    assert "declined" in result.stdout


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


def test_in_a_database_everything_is_left_to_openclaw_and_people(fix, tmp_path):
    state = load.materialise("2026.9.6-pin-missing", tmp_path / "home")
    before = files_of(state)
    result = fix(state, "--apply", "--unsafe")
    assert "is a database, which only OpenClaw writes" in result.stdout
    assert "      openclaw models auth list --agent main" in result.stdout
    assert files_of(state) == before


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
