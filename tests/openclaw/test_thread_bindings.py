import json
from base64 import urlsafe_b64encode
from hashlib import sha256

import pytest

from linter.openclaw import thread_bindings

DAY = 86_400_000
NOW = 1_795_305_600_000
FOLDER = "agents/main/sessions"
MAIN, DIRECT = "agent:main:main", "agent:main:telegram:direct:1"
BINDINGS = "plugin_state_entries"


def session(name="s-1", age=0, **fields):
    return {"sessionId": name, "updatedAt": NOW - age, **fields}


def beside(profile="openai-codex:old", **fields):
    return {"schemaVersion": 1, "threadId": "t", "authProfileId": profile, "model": "gpt-5.5", **fields}


def entry_key(key, agent="main"):
    digest = urlsafe_b64encode(sha256(key.encode()).digest()).decode().rstrip("=")
    return f"session-key:{agent}:{digest}"


def entry(key, value, **columns):
    return {
        "plugin_id": "codex",
        "namespace": "app-server-thread-bindings",
        "entry_key": key,
        "value_json": json.dumps(value),
        "created_at": 1,
        "expires_at": None,
        **columns,
    }


def bound(profile="openai:old", **fields):
    return {
        "version": 1,
        "state": "active",
        "sessionId": "s-1",
        "binding": {"threadId": "t", "authProfileId": profile},
        **fields,
    }


@pytest.fixture
def in_files(state):
    """Return a function that gives each session's bound profile, from files beside transcripts."""

    def read(sessions, **files):
        state.write(f"{FOLDER}/sessions.json", sessions)
        for name, value in files.items():
            state.write(f"{FOLDER}/{name.replace('_', '-')}.jsonl.codex-app-server.json", value)
        return {row["key"]: row["binding_profile"] for row in state.read().tables["sessions"]}

    return read


@pytest.fixture
def in_database(state):
    """Return a function that gives the same, from the shared database."""

    def read(*entries, **sessions):
        nodes = [
            {
                "session_key": key,
                "current_session_id": None,
                "entry_valid": 1,
                "archived_at": None,
                "entry_json": json.dumps(value),
            }
            for key, value in (sessions or {MAIN: session()}).items()
        ]
        tables = {"auth_profile_store": [], "auth_profile_state": [], "session_nodes": nodes}
        state.write_database("agents/main/agent/openclaw-agent.sqlite", 23, tables)
        state.write_database(
            "state/openclaw.sqlite", 18, {"config_machine_state": [], BINDINGS: list(entries)}
        )
        return {row["key"]: row["binding_profile"] for row in state.read().tables["sessions"]}

    return read


def test_the_file_beside_a_transcript_names_the_profile(in_files, state):
    assert in_files({MAIN: session()}, s_1=beside()) == {MAIN: "openai-codex:old"}
    (row,) = state.read().tables["sessions"]
    place = row["at"]["fields"]["binding_profile"]
    assert place == {
        "source": f"{FOLDER}/s-1.jsonl.codex-app-server.json",
        "pointer": "/authProfileId",
    }


@pytest.mark.parametrize(
    "content",
    ["{", "[]", {"authProfileId": "x"}, beside(authProfileId=7), beside(authProfileId=None), beside(" ")],
)
def test_a_file_without_a_thread_or_a_profile_binds_nothing(in_files, content):
    assert in_files({MAIN: session()}, s_1=content) == {MAIN: None}


def test_a_topic_has_a_transcript_of_its_own(in_files):
    assert in_files({MAIN: session()}, s_1_topic_7=beside()) == {MAIN: "openai-codex:old"}


def test_which_of_two_transcripts_a_session_goes_on_with_cannot_be_told(in_files):
    assert in_files({MAIN: session()}, s_1=beside(), s_1_topic_7=beside()) == {MAIN: None}


def test_an_earlier_session_of_a_chat_does_not_count(in_files):
    assert in_files({MAIN: session("s-2")}, s_1=beside()) == {MAIN: None}


@pytest.mark.parametrize(
    "old", [session(age=8 * DAY), session(archivedAt=1), {"sessionId": "s-1"}, {"updatedAt": NOW}]
)
def test_chats_out_of_use_are_not_read(in_files, old):
    assert in_files({MAIN: old}, s_1=beside()) == {MAIN: None}


def test_of_many_chats_the_newest_are_read(in_files, monkeypatch):
    monkeypatch.setattr(thread_bindings, "MOST_READ", 1)
    sessions = {MAIN: session("s-1", 5), DIRECT: session("s-2", 4)}
    assert in_files(sessions, s_1=beside("a:old"), s_2=beside("a:new")) == {MAIN: None, DIRECT: "a:new"}


def test_the_shared_database_names_the_profile(in_database, state):
    assert in_database(entry(entry_key(MAIN), bound())) == {MAIN: "openai:old"}
    (row,) = state.read().tables["sessions"]
    assert row["at"]["fields"]["binding_profile"]["pointer"] == "/binding/authProfileId"
    assert f"#{BINDINGS}/session-key:main:" in row["at"]["fields"]["binding_profile"]["source"]


def test_a_session_without_a_key_is_bound_by_its_id(in_database):
    assert in_database(entry("session:main:s-1", bound())) == {MAIN: "openai:old"}


@pytest.mark.parametrize(
    "other",
    [
        entry(entry_key(DIRECT), bound()),
        entry(entry_key(MAIN, "ops"), bound()),
        entry(entry_key(MAIN), bound(sessionId="s-0")),
        entry(entry_key(MAIN), bound(state="cleared")),
        entry(entry_key(MAIN), {"version": 1, "state": "cleared", "sessionId": "s-1"}),
        entry(entry_key(MAIN), bound(), expires_at=NOW - 1),
        entry(entry_key(MAIN), bound(), plugin_id="claude"),
        entry(entry_key(MAIN), bound(), namespace="something-else"),
        entry(entry_key(MAIN), bound(), value_json="{"),
        entry(entry_key(MAIN), bound(), value_json=None),
        entry(entry_key(MAIN), bound(binding=[])),
    ],
)
def test_what_binds_no_thread_of_the_session_is_left_out(in_database, other):
    assert in_database(other) == {MAIN: None}
