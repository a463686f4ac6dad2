import pytest

ALICE = "openai-codex:alice@example.com"


def places(row):
    fields = row["at"].get("fields", {})
    return {name: (place["source"], place["pointer"]) for name, place in fields.items()}


def test_comments_and_trailing_commas_are_fine(state):
    state.write(
        "openclaw.json", '{ // logins\n auth: {profiles: {"a:b": {provider: \'a\', mode: "oauth",}}} }'
    )
    snapshot = state.read()
    (row,) = snapshot.tables["config_profiles"]
    assert (row["id"], row["provider"], row["declared_type"]) == ("a:b", "a", "oauth")
    assert snapshot.documents.place(tuple(row["at"].values())).region.start.line == 2


def test_an_included_value_is_located_in_its_own_file(state):
    state.write("openclaw.json", {"auth": {"$include": "./parts/auth.json"}})
    state.write("parts/auth.json", {"order": {"$include": "order.json5"}, "profiles": {}})
    state.write("parts/order.json5", {"openai-codex": [ALICE]})
    (row,) = state.rows("orders")
    assert row["at"] == {"source": "parts/order.json5", "pointer": "/openai-codex/0"}


def test_included_files_merge_in_order_under_the_keys_beside_them(state):
    state.write(
        "openclaw.json",
        {"auth": {"$include": ["a.json", "b.json"], "profiles": {ALICE: {"mode": "token"}}}},
    )
    state.write("a.json", {"profiles": {ALICE: {"provider": "a", "mode": "oauth"}}, "order": {"p": ["x"]}})
    state.write("b.json", {"profiles": {ALICE: {"provider": "b"}}, "order": {"p": ["y"]}})
    snapshot = state.read()
    (row,) = snapshot.tables["config_profiles"]
    assert (row["provider"], row["mode"]) == ("b", "token")
    assert places(row)["provider"] == ("b.json", f"/profiles/{ALICE}/provider")
    assert places(row)["mode"] == ("openclaw.json", f"/auth/profiles/{ALICE}/mode")
    assert [(row["id"], row["at"]["source"], row["at"]["pointer"]) for row in snapshot.tables["orders"]] == [
        ("x", "a.json", "/order/p/0"),
        ("y", "b.json", "/order/p/0"),
    ]


@pytest.mark.parametrize(
    ("include", "problem"),
    [
        ("gone.json", "openclaw.json includes it, but it is not there"),
        ("openclaw.json", "`$include` leads back to a file that includes it"),
        ("../outside.json", "`$include` leads out of the directory of openclaw.json"),
        (7, "`$include` is neither a path nor a list of paths"),
        (["a.json", 7], "`$include` is neither a path nor a list of paths"),
    ],
)
def test_an_include_that_fails_is_reported_where_it_stands(state, include, problem):
    state.write("openclaw.json", {"auth": {"$include": include, "order": {"p": ["x"]}}})
    snapshot = state.read()
    (row,) = [row for row in snapshot.tables["files"] if row["parse_error"]]
    assert (row["parse"], row["parse_error"]) == ("error", problem)
    assert row["at"] == {"source": "openclaw.json", "pointer": "/auth/$include"}
    assert len(snapshot.tables["orders"]) == 1, "what stands beside it is still read"


def test_a_torn_include_is_a_file_that_does_not_parse(state):
    state.write("openclaw.json", {"auth": {"$include": "auth.json"}})
    state.write("auth.json", '{"order": {"p": [')
    assert state.file("auth.json")["parse"] == "error"
    assert state.file("auth.json")["role"] == "config", "and no store in the wrong folder"


def test_an_agent_takes_its_own_model_or_the_default(state):
    state.write(
        "openclaw.json",
        {
            "agents": {
                "defaults": {"model": {"primary": "fast"}, "models": {"openai/gpt-5.4": {"alias": "Fast"}}},
                "list": [{"id": "main"}, {"id": "ops", "model": "openai/gpt-5.4@openai:bob@example.com"}],
            }
        },
    )
    main, ops = state.rows("agents")
    assert (main["model"], main["model_provider"], main["model_suffix"]) == ("openai/gpt-5.4", "openai", None)
    assert ops["model_suffix"] == "openai:bob@example.com"
    assert ops["at"]["fields"]["model_suffix"]["pointer"] == "/agents/list/1/model"
    assert main["at"]["fields"]["model"]["pointer"] == "/agents/defaults/model/primary"


def test_the_runtime_is_that_of_the_model(state):
    models = {"openai/x": {"agentRuntime": {"id": "codex"}}}
    state.write("openclaw.json", {"agents": {"defaults": {"model": "openai/x", "models": models}}})
    assert [row["runtime"] for row in state.rows("agents")] == ["codex"]


@pytest.mark.parametrize(
    ("cooldowns", "hours"),
    [
        ({}, None),
        ({"billingMaxHours": 48}, 48),
        ({"billingMaxHours": 0.5, "billingBackoffHours": 6}, 6),
        ({"billingBackoffHoursByProvider": {"openai": 72}, "billingMaxHours": 24}, 72),
        ({"authPermanentMaxMinutes": 3000}, 50),
        ({"billingMaxHours": -1, "billingBackoffHours": "48", "authPermanentMaxMinutes": True}, None),
        ({"billingMaxHours": 1e300}, None),
        ("soon", None),
    ],
)
def test_the_longest_time_that_a_profile_may_be_disabled(state, cooldowns, hours):
    state.write("openclaw.json", {"auth": {"cooldowns": cooldowns}})
    assert state.read().meta["disabled_cap"] == (None if hours is None else hours * 3_600_000)


def test_how_a_provider_is_to_log_in_is_read_without_its_key(state, profile):
    state.write("agents/main/agent/auth-profiles.json", {"profiles": {ALICE: profile()}})
    key = "sk-invented-000000000000000000000000"
    providers = {
        " OpenAI-Codex ": {"auth": "api-key", "apiKey": key},
        "openai": {"apiKey": ALICE},
        "local": {"baseUrl": "http://127.0.0.1"},
        "vault": {"apiKey": {"source": "env", "id": "KEY"}},
    }
    state.write("openclaw.json", {"models": {"providers": providers}})
    rows = state.rows("model_providers")
    assert [(row["realm"], row["auth"], _kind(row["apiKey"]), row["profile"]) for row in rows] == [
        ("openai-codex", "api-key", "api-key", None),
        ("openai", None, "opaque", ALICE),
        ("local", None, None, None),
        ("vault", None, "reference", None),
    ]
    assert key not in str(rows)


def _kind(secret):
    return secret and secret["kind"]
