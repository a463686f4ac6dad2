from linter.snapshot.scope import limit
from linter.snapshot.tables import empty_tables

CODEX = frozenset({"openai", "openai-codex"})


def kept(table, *rows):
    tables = empty_tables()
    tables[table] = list(rows)
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
