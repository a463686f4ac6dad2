"""Session entries of a database change together or not at all, wherever the process ends."""

import os
import re
import shutil
import sqlite3
import stat
from contextlib import closing

import pytest

from fixtures import load
from linter.fixes.entries import change_entries
from linter.fixes.journal import journal_folder, runs
from linter.fixes.place import Place, RefusedError
from linter.fixes.transaction import recover, undo
from linter.openclaw import session_entries
from linter.openclaw.session_entries import Entry, read_entries
from tests.fixes.kill import CALLS, Stop, dies_at

KEYS = ["agent:main:main", "agent:main:telegram:direct:42"]


@pytest.fixture
def state(tmp_path):
    return load.materialise("2026.9.6-pin-missing", tmp_path)


def database_of(state):
    return state / "agents/main/agent/openclaw-agent.sqlite"


def content(state):
    return read_entries(database_of(state), KEYS)


def checked(state):
    with closing(sqlite3.connect(database_of(state))) as connection:
        valid = connection.execute("SELECT entry_valid FROM session_nodes").fetchall()
        return valid + connection.execute("SELECT * FROM session_canonical_validation_pending").fetchall()


def without_pins(entries):
    return {key: re.sub(r',?"authProfileOverride\w*":[^,}]*', "", text) for key, text in entries.items()}


def place_in(state):
    return lambda source: Place(state, tuple(source.partition("#")[0].split("/")))


def change(state, entries):
    shown = database_of(state).relative_to(state).as_posix()
    return change_entries(shown, entries, journal_folder(state), place_in(state), ["A fix"], 5)


def change_all(state):
    old = content(state)
    return change(state, [Entry(key, text, without_pins(old)[key]) for key, text in old.items()])


def undo_all(state):
    undo(runs(journal_folder(state))[-1], place_in(state))


def test_entries_change_and_the_run_says_what_they_were(state):
    before, marks = content(state), checked(state)
    run = change_all(state)
    assert content(state) == without_pins(before) != before
    assert checked(state) == marks == [(1,), (1,)]
    assert runs(journal_folder(state)) == [run]
    assert {entry.key: entry.before for entry in run.entries} == before
    assert read_entries(run.database_backup.path, KEYS) == before
    kept = [path for path in run.folder.path.rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}


def test_undo_changes_back_those_entries_alone(state):
    before = content(state)
    change_all(state)
    with closing(sqlite3.connect(database_of(state), isolation_level=None)) as openclaw:
        openclaw.execute("UPDATE schema_meta SET updated_at = 77")
    undo_all(state)
    assert content(state) == before
    assert checked(state) == [(1,), (1,)]
    with closing(sqlite3.connect(database_of(state))) as connection:
        assert connection.execute("SELECT updated_at FROM schema_meta").fetchall() == [(77,)]
    assert runs(journal_folder(state)) == []


def test_an_entry_that_changed_since_is_not_undone(state):
    before, run = content(state), change_all(state)
    with closing(sqlite3.connect(database_of(state), isolation_level=None)) as openclaw:
        openclaw.execute("UPDATE session_nodes SET entry_json = '{}' WHERE session_key = ?", KEYS[1:])
    with pytest.raises(RefusedError, match=r"direct:42 in .* has changed since the fix; .* kept in"):
        undo(run, place_in(state))
    assert content(state) == {KEYS[0]: without_pins(before)[KEYS[0]], KEYS[1]: "{}"}
    assert runs(journal_folder(state)) == [run]


def test_an_entry_that_changed_before_leaves_everything_alone(state):
    before = content(state)
    stale = [Entry(KEYS[0], before[KEYS[0]], without_pins(before)[KEYS[0]]), Entry(KEYS[1], "{}", "{}")]
    with pytest.raises(RefusedError, match="has changed since it was read"):
        change(state, stale)
    assert content(state) == before
    assert not list(journal_folder(state).path.iterdir())


class StopInDatabase(Stop):
    """Ends the process also before its n-th statement in a database."""

    def watch_all(self):
        super().watch_all()
        connect = sqlite3.connect

        def watched(*arguments, **options):
            connection = connect(*arguments, **options)
            connection.set_trace_callback(lambda _: self.count())
            return connection

        sqlite3.connect = watched


def outcomes_of(state_as_recorded, tmp_path, prepare, action):
    """Yield what a state holds after an action was killed at its 1st, 2nd, ... call, and taken back."""
    number = 0
    while True:
        number += 1
        state = tmp_path / str(number)
        database_of(state).parent.mkdir(parents=True)
        shutil.copyfile(database_of(state_as_recorded), database_of(state))
        given = prepare(state)
        if not dies_at(number, lambda given=given: action(given), StopInDatabase):
            return
        assert content(state) in (content(state_as_recorded), without_pins(content(state_as_recorded)))
        recover(journal_folder(state), place_in(state))
        assert checked(state) == [(1,), (1,)]
        yield content(state)


@pytest.mark.usefixtures("unsynced")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_anywhere_a_change_is_made_or_not(state, tmp_path):
    old, new = content(state), without_pins(content(state))
    outcomes = list(outcomes_of(state, tmp_path / "change", lambda state: state, change_all))
    assert all(outcome in (old, new) for outcome in outcomes)
    assert outcomes == sorted(outcomes, key=lambda outcome: outcome == new)
    assert outcomes.count(old) > len(CALLS)
    assert outcomes.count(new) >= 1


@pytest.mark.usefixtures("unsynced")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_anywhere_an_undo_is_made_or_not(state, tmp_path):
    old, new = content(state), without_pins(content(state))

    def changed(state):
        change_all(state)
        return state

    outcomes = list(outcomes_of(state, tmp_path / "undo", changed, undo_all))
    assert all(outcome in (old, new) for outcome in outcomes)
    assert outcomes.count(old) > len(CALLS)


def test_the_database_module_is_not_loaded_before_it_is_needed():
    assert "sqlite3" not in vars(session_entries)
