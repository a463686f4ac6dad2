import json

import pytest

from linter.openclaw.agents import normalise
from linter.openclaw.location import locate
from linter.openclaw.read import read_state
from linter.openclaw.selection.derive import derive
from linter.reports.wrapping import Painter
from linter.views.trace import traces
from linter.views.trace_text import trace_text


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Main", "main"),
        (" ops ", "ops"),
        ("My Agent!", "my-agent"),
        ("", "main"),
        ("***", "main"),
        ("x" * 99, "x" * 64),
    ],
)
def test_an_id_is_normalised_as_openclaw_does(name, id_):
    assert normalise(name) == id_


def test_agents_come_from_folders_and_both_kinds_of_entries(state):
    listed = [{"id": "Ops", "default": True}, {"id": " "}, "text", {"id": "ops", "agentDir": "ignored"}]
    state.write("openclaw.json", {"agents": {"entries": {"desk": {}}, "list": listed}})
    state.write("agents/found/agent/models.json", {})
    rows = state.rows("agents")
    assert {row["id"]: row["configured"] for row in rows} == {"desk": True, "ops": True, "found": False}
    assert {row["id"]: row["workspace"] for row in rows}["ops"] == "workspace"


def test_a_state_without_any_agent_has_main(state):
    state.write("openclaw.json", {})
    assert [(row["id"], row["main"]) for row in state.rows("agents")] == [("main", True)]


@pytest.mark.parametrize(("agent_dir", "shown"), [("~/other", "~/other"), ("own/dir", "own/dir")])
def test_a_directory_of_its_own_is_followed(state, profile, agent_dir, shown):
    state.write("openclaw.json", {"agents": {"list": [{"id": "ops", "agentDir": agent_dir}]}})
    folder = agent_dir.replace("~", "..")
    state.write(f"{folder}/auth-profiles.json", {"profiles": {"openai-codex:o": profile("o")}})
    (row,) = state.rows("agents")
    assert (row["agent_dir"], row["own_profiles"]) == (shown, 1)


def test_the_environment_moves_mains_directory(tmp_path, profile, state):
    state.write("moved/auth-profiles.json", {"profiles": {"openai-codex:m": profile("m")}})
    state.write("openclaw.json", {})
    environ = {"OPENCLAW_STATE_DIR": str(state.dir), "OPENCLAW_AGENT_DIR": str(state.dir / "moved")}
    snapshot = read_state(locate(None, environ=environ, home=tmp_path), 0)
    assert [row["scope"] for row in snapshot.tables["profiles"]] == ["agent:main"]


def test_of_agents_that_are_not_wanted_only_what_others_inherit_is_read(state, profile):
    for agent in ("main", "ops", "lab"):
        state.write(f"agents/{agent}/agent/auth-profiles.json", {"profiles": {f"p:{agent}": profile(agent)}})
        state.write(f"agents/{agent}/sessions/sessions.json", {f"agent:{agent}:main": {}})
    tables = state.read(agents=["Ops"]).tables
    assert [row["id"] for row in tables["agents"]] == ["ops"]
    assert {row["agent"] for row in tables["sessions"]} == {"ops"}
    assert {row["agent"] for row in tables["profiles"]} == {"main", "ops"}


def test_an_entry_that_leads_nowhere_hides_no_other_agent(state):
    state.write("agents/work/agent/auth-profiles.json", {"profiles": {}})
    (state.dir / "agents/loop").symlink_to("loop")
    (state.dir / "agents/work/agent/loop.json").symlink_to("loop.json")
    assert "work" in [row["id"] for row in state.rows("agents")]


def test_the_home_scope_of_the_codex_plugin_is_told_with_its_place(state):
    server = {"appServer": {"homeScope": "user"}}
    state.write("openclaw.json", {"plugins": {"entries": {"codex": {"config": server}}}})
    (row,) = state.rows("agents")
    place = row["at"]["fields"]["codex_home_scope"]["pointer"]
    assert (row["codex_home_scope"], place) == (
        "user",
        "/plugins/entries/codex/config/appServer/homeScope",
    )


@pytest.mark.parametrize(
    ("pin", "runtime", "provider", "outcome"),
    [
        ("openai:a", "codex", "openai", "native"),
        ("openai:gone", "codex", "openai", "native"),  # the pin is renewed, though nothing comes of it
        ("openai:a", "openclaw", "openai", "kept"),
        ("openai:a", "codex", "anthropic", "cleared"),
    ],
)
def test_codex_turns_in_the_users_home_heed_no_order_and_no_pin(
    state, profile, pin, runtime, provider, outcome
):
    server = {"appServer": {"homeScope": "user"}}
    agent = {"id": "main", "model": f"{provider}/gpt-5.5", "agentRuntime": {"id": runtime}}
    plugins = {"entries": {"codex": {"config": server}}}
    state.write("openclaw.json", {"agents": {"list": [agent]}, "plugins": plugins})
    store = {"profiles": {"openai:a": profile("a", provider="openai")}}
    row = {"store_key": "primary", "store_json": json.dumps(store), "updated_at": 1}
    state.write_database("agents/main/agent/openclaw-agent.sqlite", 1, {"auth_profile_store": [row]})
    pinned = {"sessionId": "s", "updatedAt": 1, "authProfileOverride": pin}
    state.write("agents/main/sessions/sessions.json", {"agent:main:main": pinned})
    snapshot = state.read()
    derive(snapshot)
    (told,) = traces(snapshot.tables, snapshot.tables["sessions"])
    assert told.selection["outcome"] == outcome
    text = trace_text(told, lambda _: "", 80, Painter(colour=False))
    assert ("the login of the Codex CLI" in text) == (outcome == "native")
    assert (told.selection["profile"] == "openai:a") == (outcome == "kept")
    assert told.selection["pin_after"] == ("openai:a" if provider == "openai" else None)
