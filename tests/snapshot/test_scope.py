from linter.snapshot.scope import choose_providers, keep_agents, limit
from linter.snapshot.tables import empty_tables

CODEX = frozenset({"openai", "openai-codex"})


def kept(table, *rows, **others):
    tables = {**empty_tables(), **others}
    tables[table] = [{"agent": "main", **row} for row in rows]
    limit(tables, CODEX)
    return [row["id"] if "id" in row else row["pin"] for row in tables[table]]


def test_rows_of_other_providers_are_dropped():
    assert kept("profiles", {"realm": "anthropic", "id": "anthropic:me"}) == []
    assert kept("usage_stats", {"id": "inline-api-key:openai"}) == []


def test_a_codex_id_under_a_wrong_provider_stays():
    assert kept("profiles", {"realm": "anthropic", "id": "openai-codex:a"}) == ["openai-codex:a"]
    assert kept("sessions", {"pin": "openai:a", "pin_realm": "anthropic"}) == ["openai:a"]


def test_sessions_without_a_pin_stay():
    assert kept("sessions", {"pin": None, "pin_realm": None}, {"pin": "google:x", "pin_realm": "google"}) == [
        None
    ]


def test_a_session_that_has_left_an_inspected_provider_stays():
    agents = [{"id": "main", "model_provider": "openai"}]
    assert kept("sessions", {"pin": "google:x", "pin_realm": "google"}, agents=agents) == ["google:x"]


def test_of_an_agent_its_own_rows_stay_and_what_it_inherits():
    tables = empty_tables()
    tables["agents"] = [{"id": "main"}, {"id": "ops"}]
    for table in ("sessions", "profiles"):
        tables[table] = [{"agent": agent} for agent in ("main", "ops", "work", "boss")]
    tables["profiles"].append({"agent": None})
    tables["files"] = [{"path": "openclaw.json", "agent": None}]
    keep_agents(tables, {"ops"}, "boss")
    assert tables["agents"] == [{"id": "ops"}]
    assert [row["agent"] for row in tables["sessions"]] == ["ops"]
    assert [row["agent"] for row in tables["profiles"]] == ["main", "ops", "boss", None]
    assert len(tables["files"]) == 1


def chosen(*wanted):
    tables = empty_tables()
    tables["profiles"] = [{"realm": realm} for realm in ("openai", "xai", "google", None)]
    tables["model_uses"] = [{"provider": "anthropic"}, {"provider": None}]
    tables["sessions"] = [
        {"live": True, "session_provider": "deepseek"},
        {"live": False, "session_provider": "zai"},
    ]
    tables["config_profiles"] = [{"realm": "groq"}]
    tables["order_lists"] = [{"realm": "xai"}]
    meta = {"providers": ["openai"]}
    choose_providers(meta, tables, wanted)
    return meta


def test_all_providers_that_are_in_use_are_judged_and_those_only_stored_are_named():
    assert chosen() == {
        "providers": ["anthropic", "deepseek", "groq", "openai", "xai"],
        "left_out": ["google"],
    }


def test_chosen_providers_alone_are_judged():
    assert chosen("openai", "xai") == {
        "providers": ["openai", "xai"],
        "left_out": ["anthropic", "deepseek", "google", "groq"],
    }
