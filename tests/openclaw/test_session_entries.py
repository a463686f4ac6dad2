"""Session entries are rewritten as OpenClaw's own writer would leave them, or not at all."""

import os
import sqlite3
import stat
from contextlib import closing

import pytest

from fixtures import load
from linter.openclaw.session_entries import Entry, EntryError, back_up, read_entries, rewrite

MAIN, CHAT = "agent:main:main", "agent:main:telegram:direct:42"
VERSIONS = ["2026.8.2", "2026.9.6"]


@pytest.fixture(params=VERSIONS)
def database(request, tmp_path):
    state = load.materialise(f"{request.param}-pin-missing", tmp_path)
    return state / "agents/main/agent/openclaw-agent.sqlite"


@pytest.fixture
def newest(tmp_path):
    state = load.materialise("2026.9.6-pin-missing", tmp_path / "newest")
    return state / "agents/main/agent/openclaw-agent.sqlite"


def ask(database, sql, *parameters):
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        return connection.execute(sql, parameters).fetchall()


def rows(database):
    """Return every column of every session but the entry, and what waits for a check."""
    columns = [
        name for _, name, *_ in ask(database, "PRAGMA table_info(session_nodes)") if name != "entry_json"
    ]
    found = ask(database, f"SELECT {', '.join(columns)} FROM session_nodes ORDER BY session_key")
    pending = "session_canonical_validation_pending"
    if ask(database, "SELECT 1 FROM sqlite_master WHERE name = ?", pending):
        found += ask(database, f"SELECT * FROM {pending}")
    return found


def entry(database, key=MAIN, after='{"sessionId":"new"}'):
    return Entry(key, read_entries(database, [key])[key], after)


def test_only_the_entry_changes_and_the_row_stays_checked(database):
    before, mode = rows(database), stat.S_IMODE(database.stat().st_mode)
    other = read_entries(database, [CHAT])
    rewrite(database, [entry(database)])
    assert read_entries(database, [MAIN, CHAT]) == {MAIN: '{"sessionId":"new"}', **other}
    assert rows(database) == before
    assert stat.S_IMODE(database.stat().st_mode) == mode
    assert sorted(path.name for path in database.parent.glob("*sqlite*")) == [database.name]


def test_several_entries_change_together_or_none(database):
    stale = Entry(CHAT, "{}", '{"sessionId":"new"}')
    before = read_entries(database, [MAIN, CHAT]), rows(database)
    with pytest.raises(EntryError, match=f"{CHAT} in .* has changed since it was read"):
        rewrite(database, [entry(database), stale])
    assert (read_entries(database, [MAIN, CHAT]), rows(database)) == before
    rewrite(database, [entry(database), entry(database, CHAT)])
    assert set(read_entries(database, [MAIN, CHAT]).values()) == {'{"sessionId":"new"}'}
    assert rows(database) == before[1]


def test_a_session_that_is_gone_is_refused(database):
    with pytest.raises(EntryError, match=r"agent:main:gone in .* has changed"):
        rewrite(database, [Entry("agent:main:gone", "{}", "{}")])
    assert read_entries(database, ["agent:main:gone"]) == {}


def test_a_row_that_waits_for_repair_is_refused(database):
    ask(database, "UPDATE session_nodes SET updated_at = updated_at + 1 WHERE session_key = ?", MAIN)
    before = rows(database)
    with pytest.raises(EntryError, match="waits for OpenClaw's own repair"):
        rewrite(database, [entry(database)])
    assert rows(database) == before


def test_a_row_that_waits_for_its_check_still_waits_for_it(newest):
    ask(newest, "INSERT INTO session_canonical_validation_pending VALUES (?)", MAIN)
    rewrite(newest, [entry(newest), entry(newest, CHAT)])
    assert ask(newest, "SELECT * FROM session_canonical_validation_pending") == [(MAIN,)]


def test_a_newer_schema_is_refused(newest):
    ask(newest, "PRAGMA user_version = 99")
    before = newest.read_bytes()
    with pytest.raises(EntryError, match="schema 99"):
        rewrite(newest, [entry(newest)])
    assert newest.read_bytes() == before


def test_a_database_that_rewrites_what_is_written_is_refused(newest):
    ask(
        newest,
        "CREATE TRIGGER other AFTER UPDATE OF entry_valid ON session_nodes WHEN NEW.entry_valid = 1"
        " BEGIN UPDATE session_nodes SET entry_valid = -1 WHERE session_key = NEW.session_key; END",
    )
    before = read_entries(newest, [MAIN])
    with pytest.raises(EntryError, match="does not keep what is written"):
        rewrite(newest, [entry(newest)])
    assert read_entries(newest, [MAIN]) == before


def test_a_database_that_another_process_writes_is_refused(newest, monkeypatch):
    monkeypatch.setattr("linter.openclaw.session_entries._PATIENCE", 0.05)
    wanted = entry(newest)
    other = sqlite3.connect(newest, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(EntryError, match="another process keeps it busy"):
        rewrite(newest, [wanted])
    other.execute("ROLLBACK")
    other.close()
    rewrite(newest, [wanted])


@pytest.mark.parametrize("content", [None, b"", b"no database", b"SQLite format 3\0" + bytes(200)])
def test_what_is_no_database_of_sessions_is_refused_and_not_made(tmp_path, content):
    path = tmp_path / "openclaw-agent.sqlite"
    if content is not None:
        path.write_bytes(content)
    for action in (lambda: rewrite(path, [Entry(MAIN, "{}", "{}")]), lambda: read_entries(path, [MAIN])):
        with pytest.raises(EntryError, match="SQLite reports"):
            action()
    assert (path.read_bytes() if path.exists() else None) == content


def test_names_with_signs_of_a_url_are_taken_as_they_are(newest, tmp_path):
    odd = tmp_path / "a?mode=ro#b %41.sqlite"
    odd.write_bytes(newest.read_bytes())
    rewrite(odd, [entry(odd)])
    assert read_entries(odd, [MAIN]) == {MAIN: '{"sessionId":"new"}'}


def test_a_backup_has_what_is_only_in_the_log(newest, tmp_path):
    writer = sqlite3.connect(newest)
    assert writer.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    writer.execute("UPDATE session_nodes SET entry_json = 'late' WHERE session_key = ?", (MAIN,))
    writer.commit()
    copy = tmp_path / "copy"
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL, 0o600))
    back_up(newest, copy)
    writer.close()
    assert read_entries(copy, [MAIN]) == {MAIN: "late"}
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
