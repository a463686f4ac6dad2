"""Logins against those of an earlier snapshot: which are paired, and what is refused."""

import pytest

from linter.snapshot.credential import credential_columns
from linter.snapshot.earlier import add_earlier, possible_scopes, renaming
from linter.snapshot.snapshot import Snapshot, SnapshotError
from linter.snapshot.tables import empty_tables
from linter.sources.documents import Documents

NOW = 1_795_305_600_000


def login(refresh, account, email=None):
    raw = {"type": "oauth", "provider": "openai", "refresh": refresh, "accountId": account, "email": email}
    return credential_columns(raw, NOW)


def profile(scope, name, refresh="r-1", account="acct-a"):
    agent = None if scope == "shared" else scope.removeprefix("agent:")
    at = {"source": f"{scope} store", "pointer": f"/profiles/{name}"}
    return {"at": at, "scope": scope, "agent": agent, "id": name, **login(refresh, account)}


def entry(key, account, style="alias"):
    at = {"source": "repo", "pointer": f"/{key}"}
    return {"at": at, **login(f"r-{account}", account), "router": "kit", "key": key, "key_style": style}


def snapshot(*profiles, entries=(), sessions=(), **meta):
    tables = empty_tables()
    tables["profiles"].extend(profiles)
    tables["repo_profiles"].extend(entries)
    tables["sessions"].extend({"key": key, "sessionId": name} for key, name in sessions)
    base = {"now": NOW, "canonical": "openai", "host": "a1", "pseudonyms": None, "since": None}
    return Snapshot({**base, **meta}, tables, Documents())


def pairs(today, before):
    add_earlier(today, before)
    return [(row["left"], row["right"], row["verdict"]) for row in today.tables["comparisons"]]


def test_a_profile_is_compared_with_the_one_of_its_scope_and_id():
    before = snapshot(profile("agent:main", "openai:a"), profile("agent:ops", "openai:a", "r-2", "acct-b"))
    today = snapshot(profile("agent:ops", "openai:a", "r-3", "acct-c"), profile("agent:ops", "openai:new"))
    assert pairs(today, before) == [("agent:ops openai:a", "agent:ops openai:a", "DIFFERENT")]


def test_the_place_of_the_earlier_login_lies_in_a_room_of_its_own():
    today = snapshot(profile("shared", "openai:a"))
    add_earlier(today, snapshot(profile("shared", "openai:a"), now=NOW - 1))
    (row,) = today.tables["comparisons"]
    assert row["left_at"] == {"source": "shared store", "pointer": "/profiles/openai:a"}
    assert row["right_at"] == {"source": "earlier:shared store", "pointer": "/profiles/openai:a"}
    assert today.meta["since"] == NOW - 1


def test_after_an_upgrade_an_id_and_a_store_are_known_by_what_they_were_called():
    before = snapshot(profile("agent:main", "openai-codex:a"), canonical="openai-codex")
    today = snapshot(profile("shared", "openai:a", "r-2", "acct-b"))
    assert pairs(today, before) == [("shared openai:a", "agent:main openai-codex:a", "DIFFERENT")]


def test_an_id_that_existed_then_goes_before_one_that_was_renamed():
    before = snapshot(
        profile("agent:main", "openai-codex:a", account="acct-a"),
        profile("agent:main", "openai:a", "r-2", "acct-b"),
        canonical="openai-codex",
    )
    today = snapshot(profile("agent:main", "openai:a", account="acct-a"))
    assert pairs(today, before) == [("agent:main openai:a", "agent:main openai:a", "DIFFERENT")]


def test_an_entry_of_a_repo_is_compared_unless_its_key_is_a_position():
    before = snapshot(entries=[entry("work", "acct-a"), entry("0", "acct-a", "index")])
    today = snapshot(entries=[entry("work", "acct-b"), entry("0", "acct-b", "index")])
    assert pairs(today, before) == [("kit work", "kit work", "DIFFERENT")]


def test_an_earlier_login_without_an_identity_says_nothing():
    before = snapshot({**profile("shared", "openai:a"), "identity": None})
    assert pairs(snapshot(profile("shared", "openai:a")), before) == []


def test_snapshots_of_two_machines_are_refused():
    with pytest.raises(SnapshotError, match="different machines"):
        add_earlier(snapshot(host="b2"), snapshot())


def test_a_machine_that_was_renamed_is_known_by_a_chat():
    chats = [("agent:main:main", "s-1")]
    add_earlier(snapshot(host="b2", sessions=chats), snapshot(sessions=chats))
    with pytest.raises(SnapshotError):
        add_earlier(snapshot(host="b2", sessions=[("agent:main:main", "s-2")]), snapshot(sessions=chats))


def test_a_machine_without_a_name_is_taken_at_its_word():
    add_earlier(snapshot(host="b2"), snapshot(host=None))


@pytest.mark.parametrize(
    ("before", "today", "said"),
    [
        ("k1", None, "only the earlier of the two has pseudonyms"),
        (None, "k1", "only the later of the two has pseudonyms"),
        ("k1", "k2", "different keys"),
    ],
)
def test_names_that_cannot_be_compared_are_refused(before, today, said):
    with pytest.raises(SnapshotError, match=said):
        add_earlier(snapshot(pseudonyms=today), snapshot(pseudonyms=before))


def test_pseudonyms_of_one_key_can_be_compared():
    before = snapshot(profile("shared", "openai:a"), pseudonyms="k1")
    assert pairs(snapshot(profile("shared", "openai:a"), pseudonyms="k1"), before) == [
        ("shared openai:a", "shared openai:a", "EXACT")
    ]


@pytest.mark.parametrize(
    ("text", "renamed"),
    [
        ("openai-codex", "openai"),
        ("openai-codex:alice@example.com", "openai:alice@example.com"),
        ("openai-codex/gpt-5.4", "openai/gpt-5.4"),
        ("my-openai-codex:a", "my-openai-codex:a"),
        ("openai:a", "openai:a"),
    ],
)
def test_the_provider_is_renamed_as_a_whole_word(text, renamed):
    assert renaming({"canonical": "openai-codex"}, {"canonical": "openai"})(text) == renamed


@pytest.mark.parametrize("pair", [("openai", "openai"), (None, "openai"), ("openai-codex", None)])
def test_nothing_is_renamed_where_the_name_stayed_or_is_not_known(pair):
    before, after = ({"canonical": name} for name in pair)
    assert renaming(before, after)("openai-codex:a") == "openai-codex:a"


def test_only_mains_store_and_the_shared_one_take_each_others_place():
    assert [*possible_scopes("shared")] == ["shared", "agent:main"]
    assert [*possible_scopes("agent:ops")] == ["agent:ops"]
