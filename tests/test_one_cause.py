"""One thing that goes wrong in a state is told once, where it went wrong, and not by all that follows."""

import json
import sqlite3
from contextlib import closing

import pytest

import linter
from fixtures import load

NOW = 1795305600000
JSON, AGENT_DATABASES, SHARED = "2026.5.7-clean", "2026.6.6-clean", "2026.9.6-clean"
STORE = "agents/main/agent/auth-profiles.json"
AGENT_DB, STATE_DB = "agents/main/agent/openclaw-agent.sqlite", "state/openclaw.sqlite"
CELLS = {
    AGENT_DB: ("auth_profile_store", "store_key", "primary", "store_json"),
    STATE_DB: ("config_machine_state", "state_key", "authProfiles.store", "value_json"),
}


@pytest.fixture
def findings(tmp_path, monkeypatch, cache_home):
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_home))

    def lint(name, change):
        state = load.materialise(name, tmp_path)
        change(state)
        found = linter.lint(state, now=NOW).findings
        return sorted((one.rule, one.severity) for one in found if one.severity != "note")

    return lint


def written(path, text):
    return lambda state: (state / path).write_text(text)


def cell(path, change):
    """Return a change of the text of a credential cell; None deletes its row."""

    def apply(state):
        table, key, name, column = CELLS[path]
        with closing(sqlite3.connect(state / path)) as database:
            ((text,),) = database.execute(f"SELECT {column} FROM {table} WHERE {key} = ?", (name,))
            if change is None:
                database.execute(f"DELETE FROM {table} WHERE {key} = ?", (name,))
            else:
                database.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (change(text), name))
            database.commit()

    return apply


def with_profile(change):
    """Return a change of bob's entry in a store, as text."""

    def changed(text):
        store = json.loads(text)
        (name,) = (id_ for id_ in store["profiles"] if "bob" in id_)
        store["profiles"][name] = change(store["profiles"][name])
        return json.dumps(store)

    return changed


def edited(path, change):
    return lambda state: (state / path).write_text(change((state / path).read_text()))


def linked_nowhere(path):
    def change(state):
        (state / path).unlink()
        (state / path).symlink_to("/nonexistent/volume/file")

    return change


def dropped_table(state):
    with closing(sqlite3.connect(state / AGENT_DB)) as database:
        database.execute("DROP TABLE auth_profile_store")
        database.commit()


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (JSON, written(STORE, "[]")),
        (JSON, written(STORE, '{"version": 1, "profiles": "none"}')),
        (JSON, linked_nowhere(STORE)),
        (JSON, linked_nowhere("openclaw.json")),
        (AGENT_DATABASES, cell(AGENT_DB, lambda _: "[]")),
        (AGENT_DATABASES, written(AGENT_DB, "")),
        (SHARED, cell(STATE_DB, lambda _: '"text"')),
        (SHARED, written(AGENT_DB, "")),
        (SHARED, linked_nowhere(STATE_DB)),
        (AGENT_DATABASES, linked_nowhere(AGENT_DB)),
    ],
)
def test_a_store_that_cannot_be_used_is_one_finding(findings, name, change):
    assert findings(name, change) == [("file-parses", "error")]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (AGENT_DATABASES, dropped_table),
        (AGENT_DATABASES, cell(AGENT_DB, lambda text: text.replace('"version":1', '"version":2'))),
        (SHARED, cell(STATE_DB, lambda text: text.replace('"version":1', '"version":2'))),
    ],
)
def test_a_layout_that_is_not_known_is_one_finding(findings, name, change):
    assert findings(name, change) == [("store-schema-unknown", "warning")]


@pytest.mark.parametrize(("name", "path"), [(AGENT_DATABASES, AGENT_DB), (SHARED, STATE_DB)])
def test_logins_that_a_migration_lost_are_one_finding(findings, name, path):
    assert findings(name, cell(path, None)) == [("store-migration-required", "error")]


@pytest.mark.parametrize(("name", "store"), [(JSON, edited), (AGENT_DATABASES, cell), (SHARED, cell)])
def test_an_entry_that_openclaw_drops_is_told_where_it_is_stored_and_where_it_is_pinned(
    findings, name, store
):
    path = {JSON: STORE, AGENT_DATABASES: AGENT_DB, SHARED: STATE_DB}[name]
    assert findings(name, store(path, with_profile(lambda entry: {**entry, "type": "oauthh"}))) == [
        ("profile-shape", "error"),
        ("session-override-exists", "error"),
        *([("whole-copy-elsewhere", "warning")] if name != JSON else []),  # in the file that was migrated
    ]


def test_a_refresh_token_under_another_name_is_one_finding(findings):
    def renamed(entry):
        return {"refreshToken" if name == "refresh" else name: value for name, value in entry.items()}

    assert findings(JSON, edited(STORE, with_profile(renamed))) == [("profile-field-names", "error")]


def linked_to_mains(path, change):
    """Return a change that makes an agent's store a link to main's, in which something is wrong."""

    def apply(state):
        own = state / path.replace("main", "work")
        own.unlink()
        own.symlink_to(state / path)
        change(state)

    return apply


@pytest.mark.parametrize(
    ("name", "path", "store"), [(JSON, STORE, edited), (AGENT_DATABASES, AGENT_DB, cell)]
)
def test_a_store_that_two_agents_share_by_a_link_is_one_store(findings, name, path, store):
    seconds = store(path, with_profile(lambda entry: {**entry, "expires": 1796083200}))
    rules = [rule for rule, _ in findings(name, linked_to_mains(path, seconds))]
    assert rules.count("token-expires-unit") == 1
    assert "refresh-token-unique" not in rules


@pytest.mark.parametrize(
    ("version", "expected"), [("2026.6.4", False), ("2026.6.6", True), ("2026.9.6", True)]
)
def test_files_that_the_version_in_use_no_longer_reads_wait_for_a_migration(findings, version, expected):
    found = findings(JSON, edited("openclaw.json", lambda text: text.replace('"2026.5.7"', f'"{version}"')))
    assert (("store-migration-required", "error") in found) == expected
