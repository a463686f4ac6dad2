"""Where logins lie that no OpenClaw of this version looks for, and whether they are missed."""

import json
import os
import sqlite3

import pytest

from linter.openclaw.incomplete import mark_incomplete
from linter.openclaw.selection.derive import derive

STORE = "agents/main/agent/auth-profiles.json"


def spares(state, **options):
    snapshot = state.read(**options)
    mark_incomplete(snapshot.tables, snapshot.meta["era"], snapshot.meta["auth_owner"])
    derive(snapshot)
    return [
        (row["path"], row["place"], row["agent"], row["id"], row["missed"])
        for row in snapshot.tables["spare_logins"]
    ]


def shared_database(state, name, store, location="state-db", *, version=18):
    rows = {"auth.sharedStore": {"location": location}, "authProfiles.store": store}
    cells = [
        {"state_key": key, "value_json": json.dumps(value), "updated_at_ms": 1} for key, value in rows.items()
    ]
    return state.write_database(name, version, {"config_machine_state": cells})


def agent_database(state, name, store):
    row = {"store_key": "primary", "store_json": json.dumps(store), "updated_at": 1}
    return state.write_database(
        name, 23, {"auth_profile_store": [row], "auth_profile_state": [], "session_nodes": []}
    )


@pytest.fixture
def declared(state):
    state.write("openclaw.json", {"auth": {"profiles": {"openai-codex:a": {}, "openai:a": {}}}})
    return state


@pytest.mark.parametrize(
    ("name", "place", "agent"),
    [
        ("agents/main/auth-profiles.json", "too-high", "main"),
        ("agents/ops/auth-profiles.json", "too-high", "ops"),
        ("auth-profiles.json", "too-high", "main"),
        ("agent/auth-profiles.json", "too-high", "main"),
        ("agents/Ops/agent/auth-profiles.json", "misnamed", "ops"),
        (f"{STORE}.bak", "archive", "main"),
        ("agent.legacy-1795302000000-ab/auth-profiles.json", "archive", "main"),
    ],
)
def test_a_login_that_something_names_is_missed_wherever_else_it_lies(declared, profile, name, place, agent):
    (declared.dir / "agents/ops/agent").mkdir(parents=True)
    (declared.dir / "agents/main/agent").mkdir(parents=True)
    declared.write(name, {"profiles": {"openai-codex:a": profile("a")}})
    assert spares(declared) == [(name, place, agent, "openai-codex:a", True)]


def test_what_is_older_than_agents_belongs_to_the_default_agent(state, profile):
    state.write("openclaw.json", {"agents": {"list": [{"id": "main"}, {"id": "ops", "default": True}]}})
    state.write("agent/auth-profiles.json", {"profiles": {"openai-codex:a": profile("a")}})
    assert [(place, agent, missed) for _, place, agent, _, missed in spares(state)] == [
        ("too-high", "ops", True)
    ]


def test_what_was_moved_aside_is_not_missed_beside_a_store_with_logins(declared, profile):
    declared.write(STORE, {"profiles": {"openai-codex:b": profile("b")}})
    declared.write(f"{STORE}.bak", {"profiles": {"openai-codex:a": profile("a")}})
    assert [missed for *_, missed in spares(declared)] == [False]
    declared.write("agents/main/auth-profiles.json", {"profiles": {"openai-codex:a": profile("a")}})
    assert [place for _, place, _, _, missed in spares(declared) if missed] == ["too-high"]


def test_what_was_moved_aside_is_not_missed_beside_a_store_that_is_itself_missed(declared, profile):
    declared.write(f"{STORE}.bak", {"profiles": {"openai-codex:a": profile("a")}})
    shared_database(
        declared, "state/openclaw.sqlite", {"profiles": {"openai:a": profile("a")}}, "legacy-main"
    )
    assert [(place, missed) for _, place, _, _, missed in spares(declared)] == [
        ("shared-row", True),
        ("archive", False),
    ]


def test_of_what_was_moved_aside_only_the_latest_is_missed(declared, profile):
    first, last = f"{STORE}.bak", "agents/main.bak/agent/auth-profiles.json"
    for age, name in enumerate((last, first)):
        written = declared.write(name, {"profiles": {"openai-codex:a": profile("a")}})
        os.utime(written, (9000 - age, 9000 - age))
    assert [(path, missed) for path, _, _, _, missed in spares(declared)] == [(first, False), (last, True)]


def test_an_archive_is_read_too_where_a_login_is_named_and_gone(declared, profile):
    declared.write(STORE, {"profiles": {"openai:a": profile("a"), "openai-codex:a": profile("a")}})
    declared.write(f"{STORE}.bak", {"profiles": {"openai-codex:b": profile("b")}})
    assert spares(declared) == []
    declared.write("openclaw.json", {"auth": {"order": {"openai-codex": ["openai-codex:b"]}}})
    assert [(id_, missed) for *_, id_, missed in spares(declared)] == [("openai-codex:b", False)]


def test_a_login_that_is_in_force_too_is_not_missed(declared, profile):
    for name in (STORE, "agents/main/auth-profiles.json"):
        declared.write(name, {"profiles": {"openai-codex:a": profile("a")}})
    assert [missed for *_, missed in spares(declared)] == [False]


def test_what_cannot_sign_in_is_not_missed(declared):
    broken = {"type": "oauth", "provider": "openai-codex", "idToken": "x", "access": ""}
    declared.write("agents/main/auth-profiles.json", {"profiles": {"openai-codex:a": broken, "odd": 1}})
    assert spares(declared) == []


def test_a_broken_store_hides_whether_a_login_is_missed(declared, profile):
    declared.write(STORE, "{")
    declared.write(f"{STORE}.bak", {"profiles": {"openai-codex:a": profile("a")}})
    assert [missed for *_, missed in spares(declared)] == [False]


def test_the_shared_row_is_spare_while_mains_row_is_in_force(declared, profile):
    store = {"version": 1, "profiles": {"openai:a": profile("a", provider="openai")}}
    shared_database(declared, "state/openclaw.sqlite", store, "legacy-main")
    agent_database(declared, "agents/main/agent/openclaw-agent.sqlite", {"profiles": {}})
    assert spares(declared) == [("state/openclaw.sqlite", "shared-row", None, "openai:a", True)]
    agent_database(declared, "agents/main/agent/openclaw-agent.sqlite", store)
    assert [missed for *_, missed in spares(declared)] == [False]
    shared_database(declared, "state/openclaw.sqlite", store, "state-db")
    assert spares(declared) == []


@pytest.mark.parametrize("name", ["moved-schema19-20261121", "bak-schema15", "2026-11-21.bak"])
def test_a_database_that_was_moved_aside_is_read_where_its_place_is_empty(declared, profile, name):
    store = {"version": 1, "profiles": {"openai:a": profile("a", provider="openai")}}
    moved = f"state/openclaw.sqlite.{name}"
    shared_database(declared, moved, store)
    shared_database(declared, "state/openclaw.sqlite", {"profiles": {}})
    assert spares(declared) == [(moved, "archive", None, "openai:a", True)]
    shared_database(declared, "state/openclaw.sqlite", store)
    assert spares(declared) == [(moved, "archive", None, "openai:a", False)]  # for the sake of openai-codex:a


def test_an_agents_moved_database_is_read_with_what_its_log_holds(declared, profile):
    path = agent_database(declared, "agents/main/agent/openclaw-agent.sqlite.bak", {"profiles": {}})
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    store = json.dumps({"profiles": {"openai:a": profile("a", provider="openai")}})
    connection.execute("UPDATE auth_profile_store SET store_json = ?", [store])
    connection.commit()
    shared_database(declared, "state/openclaw.sqlite", {"profiles": {}})
    assert [row[1:] for row in spares(declared)] == [("archive", "main", "openai:a", True)]
    connection.close()


def test_a_moved_database_that_is_none_holds_nothing(declared):
    declared.write("state/openclaw.sqlite.bak", "SQLite format 3\0 and then nothing")
    shared_database(declared, "state/openclaw.sqlite", {"profiles": {}})
    assert spares(declared) == []


def test_the_oldest_layout_names_logins_by_their_provider(declared, profile):
    declared.write(f"{STORE}", {"profiles": {"openai-codex:b": profile("b")}})
    declared.write(
        "credentials/oauth.json", {"anthropic": {"access": "made-up", "refresh": "made-up"}, "odd": {}}
    )
    assert spares(declared) == [("credentials/oauth.json", "old-layout", "main", "anthropic:default", False)]
    declared.write("openclaw.json", {"auth": {"order": {"anthropic": ["anthropic:default"]}}})
    assert [missed for *_, missed in spares(declared)] == [True]


def test_the_folder_that_an_agent_had_before_is_searched(state, profile):
    state.write("openclaw.json", {"agents": {"list": [{"id": "main", "agentDir": "elsewhere"}]}})
    state.write(STORE, {"profiles": {"openai-codex:a": profile("a")}})
    assert spares(state) == [(STORE, "moved-agent", "main", "openai-codex:a", True)]


@pytest.mark.parametrize(("version", "found"), [(18, True), (None, False)])
def test_the_login_of_an_agents_codex_home_is_missed_from_2026_8_on(state, version, found):
    state.write("openclaw.json", {"auth": {"profiles": {"openai:default": {}}}})
    if version:
        shared_database(state, "state/openclaw.sqlite", {"profiles": {}}, version=version)
    name = "agents/main/agent/codex-home/auth.json"
    state.write(name, {"tokens": {"access_token": "FAKE", "refresh_token": "rt_FAKE", "account_id": "x"}})
    row = (name, "codex-home", "main", "openai:default", True)
    assert spares(state) == ([row] if found else [])
