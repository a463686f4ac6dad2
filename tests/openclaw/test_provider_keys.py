"""Whether a turn on a configured model can sign in, and where nobody can know."""

from pathlib import Path

import pytest

from linter.openclaw.location import locate
from linter.openclaw.reading import Reading
from linter.openclaw.selection.derive import derive
from linter.routers.environment import read_environment

SERVICE = ".config/systemd/user/openclaw-gateway.service"


@pytest.fixture
def login_of(state):
    """Return what main's primary model signs in with, and the agents that store a profile for it."""

    def login_of(model, config=None, agent="main"):
        state.write("openclaw.json", {"agents": {"defaults": {"model": model}}, **(config or {})})
        snapshot = state.read()
        location = locate(state.dir, environ={}, home=Path("/nonexistent"))
        read_environment(Reading(snapshot, location, None))
        derive(snapshot)
        (row,) = [
            row for row in snapshot.tables["model_uses"] if (row["agent"], row["use"]) == (agent, "primary")
        ]
        return row["login"], row["holders"]

    return login_of


def test_a_stored_profile_comes_first(state, login_of, profile):
    state.write("agents/main/agent/auth-profiles.json", {"profiles": {"openai-codex:a": profile("a")}})
    assert login_of("openai-codex/gpt-5.4") == ("stored", ["main"])


def test_without_any_and_without_a_variable_there_is_none(login_of):
    assert login_of("openai-codex/gpt-5.4") == ("none", [])


@pytest.mark.parametrize("provider", ["anthropic", "xai", "google", "openrouter", "zai"])
def test_a_key_in_an_environment_that_is_not_known_is_unseen(login_of, provider):
    assert login_of(f"{provider}/model")[0] == "unseen"


@pytest.mark.parametrize(
    "provider", ["ollama", "lmstudio", "vllm", "amazon-bedrock", "google-vertex", "my-own"]
)
def test_what_may_need_no_login_is_not_judged(login_of, provider):
    assert login_of(f"{provider}/model")[0] is None


@pytest.mark.parametrize(
    "config",
    [
        {"models": {"providers": {"xai": {"apiKey": "made-up"}}}},
        {"models": {"providers": {"xai": {"baseUrl": "http://127.0.0.1:8080"}}}},
    ],
)
def test_the_configuration_may_say_how_to_sign_in(login_of, config):
    assert login_of("xai/model", config)[0] == "config"


def test_a_key_in_the_configuration_or_the_states_env_file_is_one(state, login_of):
    assert login_of("xai/model", {"env": {"XAI_API_KEY": "made-up"}})[0] == "environment"
    assert login_of("xai/model", {"env": {"vars": {"XAI_API_KEY": "made-up"}}})[0] == "environment"
    assert login_of("xai/model", {"env": {"XAI_API_KEY": ""}})[0] == "unseen"
    state.write(".env", "XAI_API_KEY=made-up\n")
    assert login_of("xai/model")[0] == "environment"
    assert login_of("anthropic/model")[0] == "unseen"


def test_the_service_of_the_gateway_shows_its_whole_environment_unless_it_names_a_file(state, login_of):
    unit = state.dir.parent / SERVICE
    unit.parent.mkdir(parents=True)
    unit.write_text("[Service]\nEnvironment=XAI_API_KEY=made-up\n")
    assert login_of("xai/model")[0] == "environment"
    assert login_of("anthropic/model")[0] == "none"
    unit.write_text("[Service]\nEnvironmentFile=%h/gateway.env\n")
    assert login_of("anthropic/model")[0] == "unseen"


def test_an_agent_that_is_not_configured_is_not_judged_beside_those_that_are(state, login_of):
    (state.dir / "agents/main/agent").mkdir(parents=True)
    state.write("agents/exec/agent/auth-profiles.json", {"profiles": {}})
    config = {"agents": {"defaults": {"model": "openai-codex/gpt-5.4"}, "list": [{"id": "exec"}]}}
    assert login_of("", config)[0] is None
    assert login_of("", config, agent="exec")[0] == "none"


def test_a_broken_entry_is_no_missing_login(state, login_of):
    broken = {"type": "oauth", "provider": "openai-codex"}
    state.write("agents/main/agent/auth-profiles.json", {"profiles": {"openai-codex:a": broken}})
    assert login_of("openai-codex/gpt-5.4") == (None, ["main"])


def test_keys_of_the_login_shell_cannot_be_seen(state, login_of):
    state.write(f"../{SERVICE}", "[Service]\nEnvironment=PATH=/bin\n")
    assert login_of("xai/model")[0] == "none"
    assert login_of("xai/model", {"env": {"shellEnv": {"enabled": True}}})[0] == "unseen"
    assert login_of("xai/model", {"env": {"shellEnv": {"enabled": False}}})[0] == "none"


def test_codex_with_the_clis_login_needs_none_of_openclaws(state, login_of):
    codex = {"plugins": {"entries": {"codex": {"config": {"appServer": {"homeScope": "user"}}}}}}
    agent = {
        "list": [{"id": "main", "agentRuntime": {"id": "codex"}}],
        "defaults": {"model": "openai/gpt-5.5"},
    }
    state.write_database("agents/main/agent/openclaw-agent.sqlite", 1, {"auth_profile_store": []})
    assert login_of("", {"agents": agent})[0] == "unseen"
    assert login_of("", {"agents": agent, **codex})[0] is None
