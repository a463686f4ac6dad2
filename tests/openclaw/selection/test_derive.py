import pytest
from jsonschema import Draft202012Validator

from fixtures.oracle.generate import NOW, generate
from fixtures.oracle.tables import snapshot_of
from linter.openclaw.selection.derive import derive
from linter.snapshot.credential import credential_columns
from linter.snapshot.tables import schema

SCHEMA = schema()
DERIVED = ("visible_profiles", "effective_orders", "order_summaries", "selections")


@pytest.mark.parametrize("version", ["2026.3.24", "2026.6.6", "2026.9.6"])
@pytest.mark.parametrize("table", DERIVED)
def test_derived_rows_follow_the_schema(version, table):
    validator = Draft202012Validator({**SCHEMA["properties"][table], "$defs": SCHEMA["$defs"]})
    snapshot = snapshot_of(generate(version, 3))
    derive(snapshot)
    assert snapshot.tables[table]
    assert [error.message for error in validator.iter_errors(snapshot.tables[table])] == []


def test_in_an_unknown_era_nothing_is_said_about_selection():
    snapshot = snapshot_of(generate("2026.9.6", 3))
    snapshot.meta["era"] = "unknown"
    derive(snapshot)
    assert not any(snapshot.tables[table] for table in DERIVED)
    assert any(row["pin"] for row in snapshot.tables["sessions"])


def test_json_era_agents_borrow_the_codex_login():
    snapshot = snapshot_of(generate("2026.5.7", 3))
    home = credential_columns({"type": "oauth", "access": "a", "refresh": "r"}, NOW)
    snapshot.tables["codex_cli"].append({"at": {"source": "auth.json", "pointer": "/tokens"}, **home})
    derive(snapshot)
    virtual = [row for row in snapshot.tables["visible_profiles"] if row["origin"] == "virtual"]
    assert {row["id"] for row in virtual} >= {"openai-codex:codex-cli"}
    assert all(row["at"]["source"] == "auth.json" for row in virtual)
    assert not any(row["profile"] == "openai-codex:codex-cli" for row in snapshot.tables["selections"])
