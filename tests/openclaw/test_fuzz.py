"""Whatever the files hold, reading ends with rows that keep to the schema."""

import json
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ALICE = "openai-codex:alice@example.com"
STORE = "agents/main/agent/auth-profiles.json"
AGENT_DB, STATE_DB = "agents/main/agent/openclaw-agent.sqlite", "state/openclaw.sqlite"
ACCEPTED = settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

NAMES = """
openai-codex main work version profiles order lastGood usageStats type access refresh expires provider key
keyRef oauthRef id location path agents list entries defaults model primary agentDir workspace session store
auth
$include secrets providers agentRuntime models meta lastTouchedVersion authProfileOverride updatedAt sessionId
cooldownUntil failureCounts setup agent:main:main
"""
names = st.sampled_from(NAMES.split())
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    names,
    st.sampled_from(
        ["oauth", "api_key", "~", "~/x", "../..", "x\0y", "/" + "n" * 300, "openclaw.json", "{agentId}"]
    ),
)
storable = scalars.filter(lambda value: not isinstance(value, int) or abs(value) < 2**63)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(names | st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=15,
)


def shaped(**parts):
    """Objects with the members that matter, most of which are something else than they should be."""
    return values | st.fixed_dictionaries({}, optional={name: values | part for name, part in parts.items()})


profiles = st.dictionaries(
    st.just(ALICE), shaped(type=st.just("oauth"), oauthRef=values, key=values), max_size=2
)
stores = shaped(profiles=profiles, order=values, lastGood=values, usageStats=values, version=st.integers())
entries = shaped(authProfileOverride=values, updatedAt=values, model=values, sessionId=values)
sessions = values | st.dictionaries(st.sampled_from(["agent:main:main", "agent::", "cron:", ":"]), entries)
agent = shaped(id=values, agentDir=values, workspace=values, model=values)
configs = shaped(
    auth=shaped(profiles=values, order=values),
    agents=shaped(
        list=st.lists(agent, max_size=3), entries=st.dictionaries(names, agent, max_size=2), defaults=values
    ),
    session=shaped(store=scalars, mainKey=scalars),
    secrets=shaped(providers=values),
)


torn = st.builds(lambda value, end: json.dumps(value)[:-end], configs, st.integers(1, 9))


@pytest.fixture
def fresh(state):
    """Return a function that empties the state directory: examples share it."""

    def empty():
        shutil.rmtree(state.dir)
        state.dir.mkdir(mode=0o700)
        state.write(STORE, {})
        return state

    return empty


@pytest.mark.parametrize(
    "name", ["n" * 300, "x/" * 3000, "a\0b", "~", "../" * 50, "\ud800", "", " ", ".", "/dev/null"]
)
def test_any_path_in_the_configuration(state, name):
    entry = {"id": name, "agentDir": name, "workspace": name}
    state.write(
        "openclaw.json",
        {
            "agents": {"list": [entry], "entries": {name: entry}, "defaults": {"workspace": name}},
            "session": {"store": name},
            "auth": {"$include": name},
            "secrets": {"providers": {"p": {"path": name}}},
        },
    )
    state.write(
        STORE, {"profiles": {ALICE: {"type": "api_key", "keyRef": {"source": "file", "provider": "p"}}}}
    )
    state.read()


@ACCEPTED
@given(config=configs, store=stores, routing=stores, listed=sessions, legacy=values)
def test_any_json_in_any_file(fresh, config, store, routing, listed, legacy):
    state = fresh()
    state.write("openclaw.json", config)
    state.write(STORE, store)
    state.write("agents/main/agent/auth-state.json", routing)
    state.write("agents/main/agent/auth.json", legacy)
    state.write("agents/main/sessions/sessions.json", listed)
    state.write("credentials/oauth.json", legacy)
    state.write("credentials/auth-profiles/0123456789abcdef0123456789abcdef.json", legacy)
    state.read()


@ACCEPTED
@given(store=stores, routing=stores, owner=shaped(location=scalars), entry=entries, odd=storable)
def test_any_json_in_any_cell(fresh, store, routing, owner, entry, odd):
    state = fresh()
    cells = {"auth.sharedStore": owner, "authProfiles.store": store, "authProfiles.state": routing, odd: odd}
    rows = [
        {"state_key": key, "value_json": json.dumps(value), "updated_at_ms": odd}
        for key, value in cells.items()
    ]
    registry = [{"agent_id": odd, "path": odd}, {"agent_id": "main", "path": odd}]
    state.write_database(STATE_DB, 18, {"config_machine_state": rows, "agent_databases": registry})
    node = {"session_key": odd, "entry_json": json.dumps(entry), "entry_valid": odd, "archived_at": odd}
    state.write_database(
        AGENT_DB,
        23,
        {
            "auth_profile_store": [
                {"store_key": "primary", "store_json": json.dumps(store), "updated_at": odd}
            ],
            "auth_profile_state": [{"state_key": "primary", "state_json": json.dumps(routing)}],
            "session_nodes": [node],
            "schema_meta": [{"meta_key": "primary", "app_version": odd}],
        },
    )
    state.write(STORE, store)
    state.read()


@ACCEPTED
@given(text=st.text(max_size=40) | torn)
def test_any_text_in_any_file(fresh, text):
    state = fresh()
    for name in ("openclaw.json", STORE, "agents/main/sessions/sessions.json", "credentials/oauth.json"):
        state.write(name, text)
    state.read()
