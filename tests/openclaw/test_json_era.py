import pytest

STORE = "agents/main/agent/auth-profiles.json"
STATE = "agents/main/agent/auth-state.json"
SESSIONS = "agents/main/sessions/sessions.json"
ALICE, BOB = "openai-codex:alice@example.com", "openai-codex:bob@example.com"


def line_of(snapshot, row, field=None):
    pointer = row["at"]["pointer"] + (f"/{field}" if field else "")
    return snapshot.documents.place((row["at"]["source"], pointer)).region.start.line


def text_at(snapshot, source, pointer):
    place = snapshot.documents.place((source, pointer))
    text = snapshot.documents.get(source).text
    return text[place.region.start.offset : place.region.end.offset]


def test_a_profile_row_has_the_credential_and_its_place(state, profile):
    state.write(STORE, {"version": 1, "profiles": {ALICE: profile("alice@example.com")}})
    snapshot = state.read()
    (row,) = snapshot.tables["profiles"]
    assert (row["scope"], row["agent"], row["id"], row["type"]) == ("agent:main", "main", ALICE, "oauth")
    assert row["owner"].endswith(f"/{STORE}")
    assert text_at(snapshot, STORE, row["at"]["pointer"] + "/email") == '"alice@example.com"'
    assert snapshot.meta["era"] == "J"


def test_no_token_is_in_any_row(state, profile):
    state.write(STORE, {"profiles": {ALICE: profile("alice@example.com")}})
    assert "opaque-refresh" not in str(state.read().tables)


@pytest.mark.parametrize(
    ("fields", "misshapen"),
    [
        ({"refresh": ["r"], "access": 1}, ["access", "refresh"]),
        ({"type": "api_key", "key": {"source": "env"}, "refresh": None}, []),
        ({"type": "token", "token": 7}, ["token"]),
        ({"key": {"source": "env"}, "tokenRef": {"source": "env"}}, ["key", "tokenRef"]),
        ({}, []),
    ],
)
def test_fields_of_a_wrong_type_are_named(state, profile, fields, misshapen):
    state.write(STORE, {"profiles": {ALICE: profile(**fields)}})
    (row,) = state.read().tables["profiles"]
    assert row["misshapen"] == misshapen


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("text", "non_object"),
        ({"type": "oath", "provider": "openai"}, "invalid_type"),
        ({"type": "oauth", "provider": " "}, "missing_provider"),
        ({"mode": "apiKey", "provider": "openai", "key": "sk-made-up"}, None),
    ],
)
def test_an_entry_that_openclaw_drops_says_why(state, entry, reason):
    state.write(STORE, {"profiles": {"openai:x": entry}})
    (row,) = state.rows("profiles")
    assert row["dropped_reason"] == reason


def test_lists_beside_an_auth_state_are_embedded(state):
    state.write(STORE, {"profiles": {}, "order": {"openai-codex": [ALICE]}})
    assert state.rows("orders", embedded=False)
    state.write(STATE, {"version": 1, "order": {"openai-codex": [BOB, f" {ALICE} "]}})
    assert [row["id"] for row in state.rows("orders", embedded=True)] == [ALICE]
    assert [(row["pos"], row["id"]) for row in state.rows("orders", embedded=False)] == [(0, BOB), (1, ALICE)]


def test_auth_state_wins_per_key(state):
    state.write(
        STORE,
        {
            "profiles": {},
            "lastGood": {"openai-codex": ALICE, "anthropic": "anthropic:a"},
            "usageStats": {ALICE: {"errorCount": 1}, BOB: {"errorCount": 2}},
        },
    )
    state.write(STATE, {"lastGood": {"openai-codex": BOB}, "usageStats": {ALICE: {"errorCount": 3}}})
    assert {row["provider"]: row["id"] for row in state.rows("last_good")} == {
        "openai-codex": BOB,
        "anthropic": "anthropic:a",
    }
    assert {row["id"]: row["errorCount"] for row in state.rows("usage_stats")} == {ALICE: 3, BOB: 2}


def test_what_is_no_id_keeps_its_position(state):
    state.write(STORE, {"order": {" OpenAI-Codex ": [1, ALICE, None, "", BOB], "openai": "x", "p": []}})
    assert [(row["pos"], row["id"], row["realm"]) for row in state.rows("orders")] == [
        (1, ALICE, "openai-codex"),
        (4, BOB, "openai-codex"),
    ]
    assert [(row["provider"], row["ids"]) for row in state.rows("order_lists")] == [
        (" OpenAI-Codex ", [ALICE, BOB]),
        ("p", []),
    ]


@pytest.mark.parametrize(
    ("content", "parse", "known"),
    [
        ('{"profiles": {"openai-codex:x": {"refresh": "tor', "error", True),
        ("", "empty", True),
        ("[]", "error", True),
        ('{"profiles": []}', "ok", True),
        ('{"profiles": [1]}', "error", True),
        ('{"order": [1]}', "ok", False),
        ('{"version": 2}', "ok", False),
        ('{"version": "1"}', "ok", False),
    ],
)
def test_a_store_that_cannot_be_used_is_a_file_that_says_why(state, content, parse, known):
    state.write(STORE, content)
    state.write(STATE, {"order": {"openai-codex": [ALICE]}})
    snapshot = state.read()
    (row,) = [row for row in snapshot.tables["files"] if row["path"] == STORE]
    assert (row["parse"], row["schema_known"]) == (parse, known)
    assert (row["parse_error"] is not None) == (parse != "ok")
    assert "tor" not in (row["parse_error"] or "").split()
    assert line_of(snapshot, row) == 1
    assert len(snapshot.tables["orders"]) == 1, "the rest is still read"


def test_a_field_under_its_other_name_is_located_there(state):
    state.write(
        STORE, {"profiles": {"openai:x": {"mode": "api_key", "provider": "openai", "apiKey": "sk-made-up"}}}
    )
    (row,) = state.rows("profiles")
    pointers = {name: place["pointer"] for name, place in row["at"]["fields"].items()}
    assert pointers == {"type": "/profiles/openai:x/mode", "key": "/profiles/openai:x/apiKey"}


def test_a_newer_version_makes_the_era_unknown(state):
    state.write(STORE, {"version": 2, "profiles": {}})
    assert state.read().meta["era"] == "unknown"


def test_sessions_are_read_where_the_configuration_puts_them(state):
    state.write(
        "openclaw.json", {"session": {"store": "{agentId}/s.json"}, "agents": {"list": [{"id": "Ops"}]}}
    )
    state.write("ops/s.json", {"agent:ops:main": {"sessionId": "x", "authProfileOverride": ALICE}})
    (row,) = state.rows("sessions")
    assert (row["agent"], row["kind"], row["authProfileOverride"]) == ("ops", "main", ALICE)


def test_a_session_store_of_all_agents_is_read_once(state):
    state.write(
        "openclaw.json",
        {"session": {"store": "~/all.json"}, "agents": {"list": [{"id": "main"}, {"id": "ops"}]}},
    )
    state.write("../all.json", {"agent:ops:main": {}, "agent:gone:main": {}, "global": {}})
    assert {row["key"]: row["agent"] for row in state.rows("sessions")} == {
        "agent:ops:main": "ops",
        "agent:gone:main": "main",
        "global": "main",
    }


def test_an_entry_that_is_no_object_is_no_session(state):
    state.write(SESSIONS, {"agent:main:main": "text", "agent:main:cron:1": {"authProfileOverride": {"a": 1}}})
    (row,) = state.rows("sessions")
    assert row["authProfileOverride"] == {}


@pytest.mark.parametrize(
    ("stored", "version", "canonical"),
    [
        (["openai-codex"], None, "openai-codex"),
        (["openai"], None, "openai"),
        (["openai", "openai-codex"], None, None),
        (["openai", "openai-codex"], "2026.5.7", "openai-codex"),
        (["openai-codex"], "2026.6.2", "openai"),
        ([], None, "openai-codex"),
    ],
)
def test_the_namespace_follows_version_or_logins(state, profile, stored, version, canonical):
    state.write("openclaw.json", {"meta": {"lastTouchedVersion": version}})
    state.write(STORE, {"profiles": {f"{name}:x": profile("x", provider=name) for name in stored}})
    assert state.read().meta["canonical"] == canonical


def test_the_backup_of_the_rename_tells_the_namespace(state):
    state.write(STORE, {"profiles": {}})
    state.write(STORE + ".openai-provider-unification.1795364491501.bak", {"profiles": {}})
    assert state.read().meta["canonical"] == "openai"


def test_what_a_tool_left_in_a_store_is_named_where_it_stands(state, profile):
    leftover = "codex_switcher_pending_known_profile_ids"
    state.write(STORE, {"version": 1, "profiles": {ALICE: profile()}, leftover: [ALICE]})
    row = state.file(STORE)
    assert row["leftover"] == leftover
    assert row["at"]["fields"]["leftover"] == {"source": STORE, "pointer": f"/{leftover}"}
    assert state.file(STORE)["schema_known"]
