"""What is foretold of an upgrade is what real migrations made of states (fixtures/oracle/upgrades.py)."""

import gzip
import json

import pytest

from fixtures import load
from fixtures.oracle.upgrades import RECORD, differences, foretold, lay_out, read, states
from linter.openclaw.whatif.unpredictable import UnpredictableError
from linter.openclaw.whatif.upgrade import upgrade
from linter.snapshot.tables import new_row

RECORDED = [json.loads(line) for line in gzip.decompress(RECORD.read_bytes()).splitlines()]


@pytest.mark.parametrize(
    ("version", "seed", "found"), RECORDED, ids=[f"{one[0]}-{one[1]}" for one in RECORDED]
)
def test_the_real_migration_makes_what_is_foretold(version, seed, found, tmp_path):
    lay_out(states(version, seed), tmp_path / ".openclaw")
    assert [*differences(foretold(read(tmp_path)), found)] == []


@pytest.fixture
def state(tmp_path):
    """Return a function that reads a recorded state."""

    def make(name):
        load.materialise(name, tmp_path / name)
        return read(tmp_path / name)

    return make


def reason(snapshot, version="2026.9.6"):
    with pytest.raises(UnpredictableError) as caught:
        upgrade(snapshot, version)
    return str(caught.value)


def test_only_the_newest_release_is_known(state):
    assert "go to 2026.9.6" in reason(state("2026.3.24-clean"), "2026.8.2")
    newer = state("2026.9.6-clean")
    newer.meta["version"] = "2026.9.7"
    assert "newer than 2026.9.6" in reason(newer)


def test_a_state_of_that_release_stays_as_it_is(state):
    snapshot, untouched = state("2026.9.6-logged-out"), state("2026.9.6-logged-out")
    upgrade(snapshot, "2026.9.6")
    assert snapshot.tables == untouched.tables


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("2026.5.7-store-cut", "auth-profiles.json cannot be read"),
        ("2026.3.24-sessions-cut", "sessions.json cannot be read"),
        ("2026.8.2-legacy-file", "was never taken over whole"),
    ],
)
def test_a_state_that_is_not_whole_is_refused(name, told, state):
    assert told in reason(state(name))


@pytest.mark.parametrize(
    ("table", "columns", "told"),
    [
        (
            "profiles",
            {"type": "oauth", "ref_state": "unresolved", "id": "openai:a"},
            "openai:a keeps its tokens",
        ),
        (
            "last_good",
            {"id": "personal:" + ":".join(["00000000-0000-4000-8000-000000000001"] * 2)},
            "a personal account",
        ),
        (
            "files",
            {"role": "legacy-oauth", "exists": True, "path": "oauth.json"},
            "oauth.json was never taken over",
        ),
    ],
)
def test_what_the_migration_does_elsewhere_is_refused(table, columns, told, state):
    snapshot = state("2026.5.7-clean")
    snapshot.tables[table].append(new_row(table, **columns))
    assert told in reason(snapshot)


@pytest.mark.parametrize(
    ("ids", "declared", "left"),
    [
        (
            ["openai-codex:gone", "openai-codex:alice@example.com"],
            ["openai-codex:alice@example.com"],
            ["openai:alice@example.com"],
        ),
        (["openai-codex:gone"], [], None),
        (["openai-codex:gone"], ["openai-codex:alice@example.com", "openai-codex:bob@example.com"], None),
        (
            ["openai-codex:gone", "openai-codex:gone", "openai-codex:bob@example.com"],
            [],
            ["openai:bob@example.com"],
        ),
        ([], [], []),
    ],
    ids=["one is declared", "none is stored", "two are declared", "one is stored", "none is wanted"],
)
def test_lists_of_the_configuration_that_name_nothing_are_mended(ids, declared, left, state):
    snapshot = state("2026.5.7-clean")
    tables = snapshot.tables
    tables["config_profiles"] = [
        new_row("config_profiles", id=name, realm="openai-codex", mode="oauth") for name in declared
    ]
    at = {"source": "openclaw.json", "pointer": "/auth/order/openai-codex"}
    columns = {"layer": "config", "provider": "openai-codex", "realm": "openai-codex"}
    tables["order_lists"].append(new_row("order_lists", at=at, ids=ids, **columns))
    upgrade(snapshot, "2026.9.6")
    found = {row["provider"]: row["ids"] for row in tables["order_lists"] if row["layer"] == "config"}
    assert found.get("openai") == left
