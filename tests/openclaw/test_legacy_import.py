import pytest

STORE = "agents/main/agent/auth-profiles.json"
LEGACY = "agents/main/agent/auth.json"
OAUTH = "credentials/oauth.json"


def login(**fields):
    return {"access": "opaque-access", "refresh": "opaque-refresh", "expires": 1_795_309_200_000, **fields}


def ids(state):
    return {row["id"]: row["at"]["source"] for row in state.read().tables["profiles"]}


def test_the_oauth_file_becomes_the_default_profile_of_its_provider(state):
    state.write(OAUTH, {"openai-codex": login(accountId="acc"), "broken": "x"})
    (row,) = state.rows("profiles")
    assert (row["scope"], row["id"], row["type"], row["accountId"]) == (
        "agent:main",
        "openai-codex:default",
        "oauth",
        "acc",
    )
    assert row["at"] == {"source": OAUTH, "pointer": "/openai-codex"}
    assert state.read().meta["era"] == "J"


def test_the_agents_own_file_goes_first(state):
    state.write(LEGACY, {"openai-codex": login(type="oauth"), "x": {"type": "?"}, "y": 1})
    state.write(OAUTH, {"openai-codex": login(), "anthropic": login()})
    assert ids(state) == {"openai-codex:default": LEGACY, "anthropic:default": OAUTH}


@pytest.mark.parametrize("store", [{"version": 1, "profiles": {}}, "{"])
def test_beside_a_store_nothing_is_imported(state, store):
    state.write(STORE, store)
    state.write(LEGACY, {"openai-codex": login(type="oauth")})
    state.write(OAUTH, {"openai-codex": login()})
    assert ids(state) == {}


def test_a_store_under_the_older_name_is_none(state):
    state.write(LEGACY, {"profiles": {"openai-codex": login(type="oauth")}})
    assert ids(state) == {}
