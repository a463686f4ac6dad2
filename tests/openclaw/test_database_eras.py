import json

import pytest

from linter.openclaw.selection.derive import derive

ALICE, BOB = "openai:alice@example.com", "openai:bob@example.com"
AGENT_DB = "agents/main/agent/openclaw-agent.sqlite"
STATE_DB = "state/openclaw.sqlite"


def text_of(value):
    return value if isinstance(value, str | bytes) else json.dumps(value)


def auth_tables(store=None, routing=None):
    tables = {"auth_profile_store": [], "auth_profile_state": []}
    if store is not None:
        row = {"store_key": "primary", "store_json": text_of(store), "updated_at": 1}
        tables["auth_profile_store"] = [row]
    if routing is not None:
        row = {"state_key": "primary", "state_json": text_of(routing), "updated_at": 1}
        tables["auth_profile_state"] = [row]
    return tables


def session_tables(entries, **columns):
    extra = {"entry_valid": 1, "archived_at": None} | columns
    rows = [
        {"session_key": key, "current_session_id": "sid", "entry_json": text_of(entry), **extra}
        for key, entry in entries.items()
    ]
    return {"session_nodes": rows}


def machine_state(**cells):
    names = {"owner": "auth.sharedStore", "store": "authProfiles.store", "routing": "authProfiles.state"}
    rows = [
        {"state_key": names[name], "value_json": text_of(value), "updated_at_ms": 1}
        for name, value in cells.items()
    ]
    return {"config_machine_state": rows}


@pytest.fixture
def shared(state, profile):
    """A state of era S: alice is shared, bob is work's own."""
    owner, store = {"location": "state-db"}, {"profiles": {ALICE: profile("alice", provider="openai")}}
    state.write_database(
        STATE_DB, 18, machine_state(owner=owner, store=store, routing={"order": {"openai": [ALICE]}})
    )
    state.write_database(AGENT_DB, 23, auth_tables() | session_tables({"agent:main:main": {"updatedAt": 5}}))
    own = auth_tables({"profiles": {BOB: profile("bob", provider="openai")}}, {"lastGood": {"openai": BOB}})
    state.write_database("agents/work/agent/openclaw-agent.sqlite", 23, own | session_tables({"global": {}}))
    return state


def test_era_h_reads_agent_databases_and_session_files(state, profile):
    store = {"profiles": {ALICE: profile("alice", provider="openai")}, "order": {"openai": [BOB]}}
    state.write_database(AGENT_DB, 1, auth_tables(store, {"order": {"openai": [ALICE]}}))
    state.write("agents/main/sessions/sessions.json", {"agent:main:main": {"authProfileOverride": ALICE}})
    snapshot = state.read()
    tables = snapshot.tables
    assert (snapshot.meta["era"], snapshot.meta["canonical"]) == ("H", "openai")
    assert [row["scope"] for row in tables["profiles"]] == ["agent:main"]
    assert [(row["id"], row["embedded"]) for row in tables["orders"]] == [(BOB, True), (ALICE, False)]
    assert [row["authProfileOverride"] for row in tables["sessions"]] == [ALICE]


def test_era_s_reads_the_shared_store_and_each_agents_own(shared):
    snapshot = shared.read()
    tables = snapshot.tables
    assert (snapshot.meta["era"], snapshot.meta["shared_store"]) == ("S", "state-db")
    assert {row["id"]: row["scope"] for row in tables["profiles"]} == {ALICE: "shared", BOB: "agent:work"}
    assert [(row["layer"], row["agent"]) for row in tables["orders"]] == [("shared", None)]
    assert {row["id"]: row["own_profiles"] for row in tables["agents"]} == {"main": 0, "work": 1}
    assert {row["key"]: row["agent"] for row in tables["sessions"]} == {
        "agent:main:main": "main",
        "global": "work",
    }
    counts = {row["path"]: row["profile_count"] for row in tables["files"] if row["parse"] == "ok"}
    assert counts == {STATE_DB: 1, AGENT_DB: 0, "agents/work/agent/openclaw-agent.sqlite": 1}


def test_a_cell_is_a_document_of_its_own(shared):
    snapshot = shared.read()
    (row,) = [row for row in snapshot.tables["profiles"] if row["id"] == ALICE]
    assert row["at"]["source"] == f"{STATE_DB}#config_machine_state/authProfiles.store/value_json"
    place = snapshot.documents.place((row["at"]["source"], row["at"]["pointer"] + "/email"))
    assert (place.kind, place.shown, place.region.start.line) == ("cell", STATE_DB, 1)
    assert place.region.start.column > 1


def test_a_session_node_is_a_document_when_it_is_asked_for(shared):
    snapshot = shared.read()
    (row,) = [row for row in snapshot.tables["sessions"] if row["key"] == "agent:main:main"]
    assert row["at"]["source"] not in {document.id for document in snapshot.documents}
    place = snapshot.documents.place((row["at"]["source"], "/updatedAt"))
    assert snapshot.documents.get(row["at"]["source"]).text[place.region.start.offset] == "5"
    assert snapshot.documents.get(f"{AGENT_DB}#session_nodes/none/entry_json") is None


def test_a_session_row_takes_what_only_the_database_knows(state):
    nodes = session_tables({"agent:main:main": {}}, entry_valid=-1, archived_at=7)
    state.write_database(AGENT_DB, 23, auth_tables() | nodes)
    (row,) = state.rows("sessions")
    assert (row["sessionId"], row["entry_valid"], row["archived"]) == ("sid", -1, True)


@pytest.mark.parametrize(
    ("owner", "location", "scopes"),
    [
        ({"location": "state-db"}, "state-db", {"shared", "agent:main"}),
        ({"location": "legacy-main"}, "legacy-main", {"agent:main"}),
        (None, "legacy-main", {"agent:main"}),
        ({"location": "moon"}, None, {"shared", "agent:main"}),
        ("torn {", None, {"shared", "agent:main"}),
    ],
)
def test_who_owns_the_shared_store_decides_whether_it_counts(state, profile, owner, location, scopes):
    store = {"profiles": {ALICE: profile("alice", provider="openai")}}
    cells = {"store": store} if owner is None else {"owner": owner, "store": store}
    state.write_database(STATE_DB, 18, machine_state(**cells))
    state.write_database(AGENT_DB, 23, auth_tables(store) | session_tables({"global": {}}))
    snapshot = state.read()
    assert snapshot.meta["shared_store"] == location
    assert {row["scope"] for row in snapshot.tables["profiles"]} == scopes
    faults = [row for row in snapshot.tables["files"] if row["parse"] == "error"]
    assert len(faults) == (location is None)


def test_an_owner_that_is_not_known_is_shown_where_it_stands(state):
    state.write_database(STATE_DB, 18, machine_state(owner={"location": "moon"}))
    row = state.file(STATE_DB)
    assert row["at"]["pointer"] == "/location"
    assert row["at"]["source"].endswith("auth.sharedStore/value_json")


def test_a_torn_cell_is_a_row_of_files_and_the_rest_is_read(state):
    nodes = session_tables({"agent:main:main": "{torn", "agent:main:cron:1": {}})
    state.write_database(AGENT_DB, 23, auth_tables("[1]", {"order": {"openai": [ALICE]}}) | nodes)
    snapshot = state.read()
    rows = {row["path"]: row for row in snapshot.tables["files"] if "#" in row["path"]}
    torn = rows[f"{AGENT_DB}#session_nodes/agent:main:main/entry_json"]
    assert (torn["parse"], torn["agent"]) == ("error", "main")
    assert snapshot.documents.place(tuple(torn["at"].values())).kind == "cell"
    assert rows[f"{AGENT_DB}#auth_profile_store/primary/store_json"]["parse"] == "error"
    assert len(snapshot.tables["sessions"]) == 2
    assert len(snapshot.tables["orders"]) == 1


@pytest.mark.parametrize(
    ("path", "version", "tables", "era", "detail"),
    [
        (AGENT_DB, 24, auth_tables() | session_tables({"global": {}}), "unknown", "schema 24"),
        (STATE_DB, 19, machine_state(owner={"location": "state-db"}), "unknown", "schema 19"),
        (AGENT_DB, 1, {"other": []}, "J", "no table auth_profile_store"),
        (AGENT_DB, 23, auth_tables(), "S", "no table session_nodes"),
        (STATE_DB, 13, {"other": []}, "S", "no table config_machine_state"),
    ],
)
def test_a_layout_that_is_not_known_says_so(state, path, version, tables, era, detail):
    state.write_database(path, version, tables)
    snapshot = state.read()
    (row,) = [row for row in snapshot.tables["files"] if row["path"] == path]
    assert (row["schema_known"], row["schema_version"]) == (False, version)
    assert detail in row["schema_detail"]
    assert snapshot.meta["era"] == era


@pytest.mark.parametrize("path", [AGENT_DB, STATE_DB])
def test_a_damaged_database_makes_the_era_unknown(state, path):
    state.write(path, "SQLite format 3\0" + "garbage" * 1000)
    assert state.read().meta["era"] == "unknown"
    assert state.file(path)["parse"] == "error"


def test_files_of_an_older_layout_make_no_rows_beside_databases(shared, profile):
    shared.write("agents/main/agent/auth-profiles.json", {"profiles": {"openai:old": profile("old")}})
    shared.write("agents/main/sessions/sessions.json", {"agent:main:old": {}})
    tables = shared.read().tables
    assert {row["id"] for row in tables["profiles"]} == {ALICE, BOB}
    assert "agent:main:old" not in {row["key"] for row in tables["sessions"]}
    roles = {row["role"]: row for row in tables["files"]}
    assert roles["store"]["profile_count"] == 1
    assert roles["sessions"]["parse"] == "none"


def test_an_agent_that_was_not_migrated_has_no_store_yet(shared, profile):
    shared.write("agents/late/agent/auth-profiles.json", {"profiles": {"openai:late": profile("late")}})
    tables = shared.read().tables
    assert {row["id"]: row["has_store"] for row in tables["agents"]}["late"] is False


def test_a_registered_database_inside_the_state_makes_an_agent(state):
    registry = {"agent_databases": [{"agent_id": "Ops\0", "path": "elsewhere/openclaw-agent.sqlite"}]}
    foreign = {"agent_id": "gone", "path": "/live/openclaw-agent.sqlite"}
    registry["agent_databases"].append(foreign)
    state.write_database(STATE_DB, 18, machine_state(owner={"location": "state-db"}) | registry)
    state.write_database(
        "elsewhere/openclaw-agent.sqlite", 23, auth_tables() | session_tables({"global": {}})
    )
    assert {row["id"]: row["agent_dir"] for row in state.rows("agents")} == {"ops": "elsewhere"}


def test_reading_leaves_the_databases_as_they_were(shared):
    before = {path: path.stat().st_mtime_ns for path in shared.dir.rglob("*")}
    shared.read()
    assert {path: path.stat().st_mtime_ns for path in shared.dir.rglob("*")} == before


def test_what_was_taken_over_is_read_from_the_receipts(shared):
    receipt = {
        "source_key": "auth-profile-v2:1",
        "migration_kind": "auth-profile-json-to-sqlite-v2",
        "source_path": "/home/alice/.openclaw/agents/work/agent/auth-profiles.json",
        "target_table": "auth_profile_store",
        "source_record_count": 2,
        "status": "completed",
        "imported_at": 1,
    }
    others = [
        {**receipt, "source_key": "auth-profile-v2:2", "target_table": "auth_profile_state"},
        {**receipt, "source_key": "auth-profile-v2:3", "status": "imported", "source_record_count": None},
    ]
    shared.write_database(STATE_DB, 18, machine_state() | {"migration_sources": [receipt, *others]})
    rows = shared.read().tables["migrations"]
    assert [(row["key"][-1], row["agent"], row["completed"], row["records"]) for row in rows] == [
        ("1", "work", True, 2),
        ("3", "work", False, None),
    ]
    assert rows[0]["at"]["source"] == STATE_DB


@pytest.mark.parametrize(
    ("agents", "owner"),
    [
        ({"list": [{"id": "boss"}, {"id": "ops"}]}, "main"),
        ({"list": [{"id": "boss"}]}, "boss"),
        ({"list": [{"id": "boss", "default": True}, {"id": "ops"}]}, "boss"),
        ({"list": [{"id": "boss", "default": True}, {"id": "ops", "default": True}]}, "main"),
        ({"ownership": "explicit", "entries": {"boss": {"default": True}, "ops": {}}}, "main"),
        ({"defaults": {"authInheritance": {"agentId": " Ops "}}, "list": [{"id": "boss"}]}, "ops"),
    ],
)
def test_where_no_store_is_shared_the_configuration_says_whose_is_inherited(state, profile, agents, owner):
    state.write("openclaw.json", {"agents": agents})
    state.write_database(STATE_DB, 18, machine_state(owner={"location": "legacy-main"}))
    for name in ("main", "boss", "ops"):
        store = auth_tables({"profiles": {f"openai:{name}": profile(name, provider="openai")}})
        path = f"agents/{name}/agent/openclaw-agent.sqlite"
        state.write_database(path, 23, store | session_tables({}))
    state.write_database("agents/x/agent/openclaw-agent.sqlite", 23, auth_tables() | session_tables({}))
    snapshot = state.read(agents=frozenset({"x"}))
    derive(snapshot)
    assert snapshot.meta["auth_owner"] == owner
    assert [(row["id"], row["origin"]) for row in snapshot.tables["visible_profiles"]] == [
        (f"openai:{owner}", "main")
    ]
