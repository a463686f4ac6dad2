"""Which pairs are compared."""

from itertools import count

import pytest

from linter.snapshot.comparisons import fill_comparisons
from linter.snapshot.credential import credential_columns
from linter.snapshot.tables import empty_tables

NOW = 1_790_000_000_000
places = count()


def login(refresh="r-1", account="acct-a", **fields):
    raw = {"type": "oauth", "provider": "openai-codex", "refresh": refresh, "accountId": account, **fields}
    return credential_columns(raw, NOW)


def place():
    return {"source": "given", "pointer": f"/{next(places)}"}


@pytest.fixture
def tables():
    return empty_tables()


@pytest.fixture
def profile(tables):
    def add(name, scope="agent:main", at=None, owner=None, **fields):
        agent = scope.removeprefix("agent:") if scope != "shared" else None
        row = {"at": at or place(), "scope": scope, "agent": agent, "id": name, "owner": owner or scope}
        tables["profiles"].append(row | login(**fields))
        return tables["profiles"][-1]

    return add


@pytest.fixture
def repo(tables):
    def add(key, router="skill", **fields):
        credential = login(**fields)
        credential["api_key"] = credential.pop("key")
        tables["repo_profiles"].append({"at": place(), "router": router, "key": key, **credential})

    return add


@pytest.fixture
def slot(tables):
    def add(name, router="skill", agent="main", at=None, *, present=True, **fields):
        row = {"at": at or place(), "router": router, "agent": agent, "id": name, "present": present}
        tables["slots"].append(row | {"mirror": f"{router} {name}"} | login(**fields))

    return add


def pairs(tables, kind, heir="agent:main"):
    fill_comparisons(tables, heir)
    rows = [row for row in tables["comparisons"] if row["kind"] == kind]
    return sorted((row["left"], row["right"], row["verdict"]) for row in rows)


def test_a_slot_is_compared_with_the_entries_of_its_own_router(tables, slot, repo):
    slot("p:default")
    repo("p:a")
    repo("p:default")
    repo("p:a", router="other")
    assert pairs(tables, "slot-repo") == [("slot p:default of main", "skill p:a", "EXACT")]


def test_an_empty_place_is_compared_with_nothing(tables, slot, repo):
    slot("p:default", present=False)
    repo("p:a")
    assert pairs(tables, "slot-repo") == []


def test_a_local_profile_is_compared_with_the_one_it_would_inherit(tables, profile):
    profile("p:a")
    profile("p:a", "agent:ops", refresh="r-2")
    profile("p:b", "agent:ops", refresh="r-3")
    assert pairs(tables, "local-inherited") == [("agent:ops p:a", "agent:main p:a", "UNKNOWN")]


def test_a_shared_store_is_what_is_inherited_where_there_is_one(tables, profile):
    profile("p:a", "shared")
    profile("p:a", "agent:main")
    profile("p:a", "agent:ops")
    lefts = [left for left, _, _ in pairs(tables, "local-inherited", "shared")]
    assert lefts == ["agent:main p:a", "agent:ops p:a"]


def test_a_profile_is_compared_with_the_entry_of_its_id_unless_that_is_the_slot(tables, profile, repo, slot):
    profile("p:a", refresh="r-2")
    default = profile("p:default")
    slot("p:default", at=default["at"])
    repo("p:a", account="acct-b")
    repo("p:default")
    assert pairs(tables, "store-repo") == [("agent:main p:a", "skill p:a", "DIFFERENT")]


def test_mirrored_slots_are_compared_with_the_first(tables, slot):
    slot("p:default")
    slot("p:default", agent="ops", refresh="r-2", account="acct-b")
    slot("p:default", agent="idle", present=False)
    slot("auth.json", agent=None)
    expected = [("slot p:default of main", "slot p:default of ops", "DIFFERENT")]
    assert pairs(tables, "slot-slot") == expected


def test_the_cli_is_compared_with_default_and_with_holders_of_its_tokens(tables, profile):
    tables["codex_cli"].append({"at": place(), "home": "~/.codex", **login()})
    profile("openai-codex:default", refresh="r-2", account="acct-b")
    profile("openai-codex:a")
    profile("openai-codex:b", refresh="r-3")
    assert pairs(tables, "cli-profile") == [
        ("codex-cli ~/.codex", "agent:main openai-codex:a", "EXACT"),
        ("codex-cli ~/.codex", "agent:main openai-codex:default", "DIFFERENT"),
    ]


def test_holders_of_one_token_are_pairs_and_a_known_identity_is_in_each(tables, profile, repo):
    profile("p:a", account=None)
    profile("p:b", account="acct-b")
    profile("p:c", account="acct-c")
    repo("p:d", account="acct-b")
    assert pairs(tables, "pair") == [
        ("agent:main p:b", "agent:main p:a", "EXACT"),
        ("agent:main p:b", "agent:main p:c", "SHARED_TOKEN"),
        ("agent:main p:b", "skill p:d", "EXACT"),
    ]


def test_a_slot_and_its_entry_are_no_pair(tables, profile, repo, slot):
    default = profile("p:default")
    slot("p:default", at=default["at"])
    repo("p:a")
    repo("p:b")
    assert pairs(tables, "pair") == [("skill p:a", "skill p:b", "EXACT")]


def test_one_store_under_two_names_is_one_holder(tables, profile):
    profile("p:a", owner="/real")
    profile("p:a", "agent:ops", owner="/real")
    fill_comparisons(tables, "agent:main")
    assert tables["comparisons"] == []


def test_pairs_grow_with_rows_even_when_all_hold_one_token(tables, profile, repo):
    for number in range(200):
        profile(f"p:{number}")
        repo(f"q:{number}")
    assert len(pairs(tables, "pair")) == 399
