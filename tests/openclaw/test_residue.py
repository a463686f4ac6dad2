import json

import pytest

STORE = "agents/main/agent/auth-profiles.json"


@pytest.fixture
def store(state, profile):
    state.write(STORE, {"profiles": {"openai-codex:a": profile("a")}})
    return state


@pytest.mark.parametrize(
    "name",
    [
        f"{STORE}.sqlite-import.1795364491512.bak",
        f"{STORE}.migrated-2026-11-22T16-21-48.391Z-28b28d3b-9c2b-46f0-b8f0-7a057dcbce5c",
        f"{STORE}.bak",
        "agents/main/agent/auth-profiles.json~",
        "agents/main/sessions/sessions.json.1795364491512.bak",
        "agents/main/session-sqlite-import-archive/legacy-store.sessions.json.imported-1795364510603",
        "openclaw.json.bak.1",
        "credentials/oauth.json.bak",
        "state/openclaw.sqlite.bak",
    ],
)
def test_a_backup_says_whether_it_holds_tokens(store, name):
    store.write(name, '{"x": {"refresh": "made-up"}}', mode=0o644)
    row = store.file(name)
    assert (row["role"], row["secret"], row["mode"], row["parse"]) == ("archive", True, 0o644, "none")
    store.write(name, '{"x": {"refresh": ""}, "refreshed": "never"}')
    assert store.file(name)["secret"] is False


@pytest.mark.parametrize(
    "name", [f"{STORE}.lock", "agents/main/agent/models.json", "agents/main/sessions/x.jsonl"]
)
def test_other_files_are_none(store, name):
    store.write(name, '{"refresh": "made-up"}')
    assert store.rows("files", path=name) == []


def test_legacy_files_say_how_many_logins_they_hold(store):
    store.write("agents/main/agent/auth.json", {"openai-codex": {"access": "x"}, "odd": 1})
    store.write("credentials/oauth.json", {"openai-codex": {"access": "x"}, "anthropic": {}})
    rows = {row["role"]: row["profile_count"] for row in store.rows("files")}
    assert (rows["legacy-auth"], rows["legacy-oauth"]) == (1, 2)


def test_modes_of_files_and_directories_are_told(store):
    (store.dir / "agents/main/agent").chmod(0o770)
    (store.dir / STORE).chmod(0o640)
    rows = {row["path"]: row for row in store.rows("files")}
    assert rows[STORE]["mode_text"] == "0640"
    assert (rows["agents/main/agent"]["role"], rows["agents/main/agent"]["mode"]) == ("directory", 0o770)
    assert rows["."]["owner_ok"] is True


def test_the_files_beside_a_database_are_told(store):
    store.write_database("agents/main/agent/openclaw-agent.sqlite", 1, {"auth_profile_store": []})
    store.write("agents/main/agent/openclaw-agent.sqlite-shm", "", mode=0o644)
    rows = store.rows("files", role="agent-db")
    assert {row["path"][-4:]: row["mode"] for row in rows} == {"lite": 0o600, "-shm": 0o644}


def test_a_symbolic_link_is_told_apart_from_its_target(store, tmp_path):
    target = tmp_path / "elsewhere.json"
    (store.dir / STORE).rename(target)
    (store.dir / STORE).symlink_to(target)
    row = store.file(STORE)
    assert (row["symlink"], row["realpath"]) == (True, str(target.resolve()))
    target.unlink()
    row = store.file(STORE)
    assert (row["exists"], row["parse_error"]) == (False, "the link leads nowhere")


class TestStoresThatAreNotInUse:
    AGENT_DB = "agents/main/agent/openclaw-agent.sqlite"

    def database(self, state, name, refresh):
        entry = {"type": "oauth", "provider": "openai", "refresh": refresh}
        cell = json.dumps({"profiles": {"openai:a": entry}})
        row = {"store_key": "primary", "store_json": cell, "updated_at": 77}
        state.write_database(name, 1, {"auth_profile_store": [row], "auth_profile_state": []})

    def test_an_older_store_tells_which_logins_differ(self, state, profile):
        self.database(state, self.AGENT_DB, refresh="new")
        same, other = profile("a", refresh="new"), profile("a", refresh="old")
        state.write(STORE, {"profiles": {"openai:a": same, "openai:b": other}})
        assert state.file(STORE)["differs"] == []
        state.write(STORE, {"profiles": {"openai:a": other}})
        assert state.file(STORE)["differs"] == ["openai:a"]
        assert state.file(STORE)["stored_at"] == state.file(STORE)["mtime"]
        assert state.file(self.AGENT_DB)["stored_at"] == 77

    def test_a_second_directory_is_compared_with_the_one_in_use(self, state, profile):
        state.write("openclaw.json", {"agents": {"list": [{"id": "main", "agentDir": "own"}]}})
        self.database(state, "own/openclaw-agent.sqlite", refresh="new")
        self.database(state, self.AGENT_DB, refresh="old")
        state.write(STORE, {"profiles": {"openai:a": profile("a", refresh="older")}})
        rows = {row["path"]: row["differs"] for row in state.rows("files", agent="main")}
        assert rows[self.AGENT_DB] == rows[STORE] == ["openai:a"]
        assert rows["own/openclaw-agent.sqlite"] == []
        assert len(state.rows("profiles")) == 1

    def test_shared_credentials_without_their_role_are_compared_with_mains(self, state):
        self.database(state, self.AGENT_DB, refresh="new")
        cell = '{"profiles": {"openai:a": {"type": "oauth", "provider": "openai", "refresh": "old"}}}'
        row = {"state_key": "authProfiles.store", "value_json": cell, "updated_at_ms": 1}
        state.write_database("state/openclaw.sqlite", 18, {"config_machine_state": [row]})
        assert state.file("state/openclaw.sqlite")["differs"] == ["openai:a"]
