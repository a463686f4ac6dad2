"""Which logins are broken, and where a whole copy of each lies."""

import base64
import json

import pytest

from fixtures.oracle.generate import HOUR, NOW
from linter.openclaw.incomplete import list_unread
from linter.snapshot.broken_logins import fill_broken_logins
from linter.snapshot.credential import credential_columns
from linter.snapshot.grants import fill_grants
from linter.snapshot.sides import fault_of
from linter.snapshot.tables import empty_tables, new_row

ID = "openai-codex:alice@example.com"
WHOLE = {
    "type": "oauth",
    "provider": "openai-codex",
    "email": "alice@example.com",
    "access": "access-alice",
    "refresh": "rt_FAKE_alice",
    "expires": NOW + HOUR,
}
CUT = {name: value for name, value in WHOLE.items() if name != "refresh"}
FENCE = "openclaw-oauth-refresh-fence:v1:" + "a" * 32 + ":failed:{}:" + "0" * 64
LOCKED = WHOLE | {"access": FENCE.format("access"), "refresh": FENCE.format("refresh"), "expires": 1}


@pytest.fixture
def tables():
    return empty_tables()


@pytest.fixture
def add(tables):
    def add(table, id_=ID, raw=WHOLE, scope="agent:main", **columns):
        name = {"repo_profiles": "key"}.get(table, "id")
        place = {"source": f"{table} {scope}", "pointer": f"/profiles/{id_}"}
        columns |= {"at": place, "agent": scope.partition(":")[2] or None, "scope": scope, name: id_}
        row = new_row(table) | credential_columns(raw, NOW) | columns
        tables[table].append(row)
        return row

    return add


def found(tables, heir="agent:main"):
    list_unread(tables, "main")
    fill_grants(tables)
    fill_broken_logins(tables, heir, NOW)
    return [(row["id"], row["fault"], row["copy"]) for row in tables["broken_logins"]]


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (WHOLE, None),
        (WHOLE | {"expires": NOW - HOUR}, None),
        (CUT, "cut"),
        (WHOLE | {"refresh": WHOLE["access"]}, "cut"),
        (LOCKED, "locked"),
        ({"type": "oauth", "provider": "openai-codex"}, "empty"),
        ({"type": "api_key", "provider": "openai", "key": ""}, "empty"),
        ({"type": "api_key", "provider": "openai", "keyRef": {"source": "env", "id": "A"}}, None),
        (CUT | {"oauthRef": {"id": "0" * 32}}, None),
    ],
)
def test_a_fault_is_what_no_refresh_ends(raw, fault):
    assert fault_of({**credential_columns(raw, NOW), "dropped_reason": None}) == fault


def test_the_freshest_whole_login_of_the_account_is_told(tables, add):
    add("profiles", raw=LOCKED)
    add("profiles", raw=WHOLE | {"expires": NOW}, scope="agent:ops")
    add("repo_profiles", "alice", router="skill")
    add("profiles", "openai-codex:bob@example.com", WHOLE | {"email": "bob@example.com"}, "agent:ops")
    assert found(tables) == [(ID, "locked", "skill alice")]
    (row,) = tables["broken_logins"]
    assert (row["by"], row["others"], row["ends_at"]) == ("email", [f"agent:ops {ID}"], NOW + HOUR)


def test_an_agents_own_entry_gives_way_to_the_inherited_one(tables, add):
    add("profiles", raw=CUT, scope="agent:ops")
    add("profiles", raw=WHOLE | {"expires": NOW - HOUR})
    add("repo_profiles", ID, router="skill")
    assert found(tables) == [(ID, "cut", f"agent:main {ID}")]
    assert tables["broken_logins"][0]["inherits"]


def test_the_freshest_one_is_told_where_nothing_is_inherited(tables, add):
    add("profiles", raw=CUT, scope="agent:ops")
    add("profiles", raw=WHOLE | {"expires": NOW - HOUR})
    add("repo_profiles", ID, router="skill")
    assert found(tables, heir="shared") == [(ID, "cut", f"skill {ID}")]


def test_a_copy_tells_who_uses_its_refresh_token(tables, add):
    add("profiles", raw=CUT)
    add("profiles", scope="agent:ops")
    assert found(tables)
    assert tables["broken_logins"][0]["users"] == [f"agent:ops {ID}"]


def test_a_backup_that_nobody_uses_can_be_put_in_place(tables, add):
    add("profiles", raw=CUT)
    add("spare_logins", path="agents/main/agent/auth-profiles.json.bak", mtime=NOW)
    found(tables)
    (row,) = tables["broken_logins"]
    assert (row["kind"], row["users"], row["entry"], row["written_at"]) == ("spare", [], True, NOW)


@pytest.mark.parametrize(
    ("copy", "is_one"),
    [
        (WHOLE, True),
        (WHOLE | {"provider": "openai"}, True),
        (WHOLE | {"provider": "anthropic"}, False),
        (WHOLE | {"email": "bob@example.com"}, False),
        (CUT, False),
        (LOCKED, False),
    ],
)
def test_only_a_whole_login_of_the_same_account_is_a_copy(tables, add, copy, is_one):
    add("profiles", raw=CUT)
    add("spare_logins", path="old", raw=copy)
    assert [copy for _, _, copy in found(tables)] == (["old"] if is_one else [None])


def test_an_entry_that_says_nothing_of_its_account_is_known_by_its_id(tables, add):
    add("profiles", "openai:default", {"type": "api_key", "provider": "openai", "key": ""})
    add(
        "spare_logins", "openai:default", {"type": "api_key", "provider": "openai", "key": "sk-a"}, path="old"
    )
    found(tables)
    assert tables["broken_logins"][0]["by"] == "id"


def test_what_is_named_and_stored_nowhere_is_gone(tables, add):
    tables["orders"].append(new_row("orders", at={"source": "s", "pointer": "/0"}, id=ID))
    add("repo_profiles", ID, router="skill")
    assert found(tables) == [(ID, "gone", f"skill {ID}")]


def test_the_codex_login_is_what_a_default_was_borrowed_from(tables, add):
    for id_ in ("openai:default", "openai:work"):
        tables["orders"].append(new_row("orders", at={"source": "s", "pointer": "/0"}, id=id_))
    add("codex_cli", raw=WHOLE | {"provider": "codex-cli"}, home="~/.codex")
    assert found(tables) == [("openai:default", "gone", "codex-cli ~/.codex"), ("openai:work", "gone", None)]
    row = tables["broken_logins"][0]
    assert (row["by"], row["provider"], row["users"]) == ("borrowed", "openai", ["codex-cli ~/.codex"])


def test_what_is_stored_under_another_id_is_not_missed(tables, add):
    tables["orders"].append(new_row("orders", at={"source": "s", "pointer": "/0"}, id=ID))
    add("repo_profiles", ID, router="skill")
    add("profiles", "openai:alice@example.com", WHOLE | {"provider": "openai"})
    assert found(tables) == [(ID, "gone", None)]


def test_what_lies_in_a_store_that_is_not_in_force_is_not_gone(tables, add):
    tables["orders"].append(new_row("orders", at={"source": "s", "pointer": "/0"}, id=ID))
    add("spare_logins", path="state/openclaw.sqlite", missed=True)
    assert found(tables) == []


CLAIMS = json.dumps({"iat": (NOW - HOUR) // 1000, "exp": (NOW + HOUR) // 1000}).encode()
RECENT = WHOLE | {"access": f"e30.{base64.urlsafe_b64encode(CLAIMS).decode().rstrip('=')}.x"}


@pytest.mark.parametrize(
    ("stored", "copy", "name", "returns"),
    [
        (CUT, WHOLE, ID, True),
        (CUT, WHOLE | {"expires": NOW - HOUR}, ID, False),
        (CUT, WHOLE, "openai-codex:other", False),
        (CUT, RECENT, ID, True),
        (RECENT | {"refresh": ""}, WHOLE, ID, False),
    ],
)
def test_a_copy_returns_unless_it_has_ended_or_is_another_or_older(tables, add, stored, copy, name, returns):
    entry = add("profiles", raw=stored)["at"]
    add("spare_logins", name, copy, path="old")
    found(tables)
    (row,) = tables["broken_logins"]
    assert (row["copy"], row["returns"], row["entry_at"]) == ("old", returns, entry)
    assert row["at"]["fields"]["entry_at"] == entry


def test_a_copy_whose_token_somebody_refreshes_does_not_return(tables, add):
    add("profiles", raw=CUT)
    add("spare_logins", path="old")
    list_unread(tables, "main")
    holder = {
        "fingerprint": tables["spare_logins"][0]["refresh"]["fingerprint"],
        "holder": "codex-cli ~/.codex",
    }
    tables["grants"].append(new_row("grants", live=True, **holder))
    fill_broken_logins(tables, "agent:main", NOW)
    assert [(row["copy"], row["returns"]) for row in tables["broken_logins"]] == [("old", False)]


def test_what_is_gone_returns_to_the_store_of_its_agent_but_never_to_a_database(tables, add):
    tables["orders"].append(new_row("orders", at={"source": "s", "pointer": "/0", "fields": {}}, id=ID))
    add("spare_logins", path="old")
    other = add("profiles", "openai:b", CUT | {"email": "b@example.com", "refresh": "rt_FAKE_b"})
    found(tables)
    (row,) = tables["broken_logins"]
    assert (row["returns"], row["entry_at"]["source"]) == (True, other["at"]["source"])
    assert row["entry_at"]["pointer"] == f"/profiles/{ID}"
    tables["broken_logins"].clear()
    other["at"]["source"] = "d.sqlite#auth_profile_store/primary/store_json"
    found(tables)
    assert [(row["returns"], row["entry_at"]) for row in tables["broken_logins"]] == [(False, None)]


def test_nothing_is_gone_while_a_store_was_not_read(tables):
    tables["orders"].append(new_row("orders", at={"source": "s", "pointer": "/0"}, id=ID))
    tables["files"].append(new_row("files", role="agent-db", incomplete=True))
    assert found(tables) == []


def test_torn_tokens_say_nothing_of_whose_the_entry_is(tables, add):
    row = add("profiles")
    tables["comparisons"].append({"kind": "slot-repo", "verdict": "MIXED", "left_at": row["at"]})
    add("spare_logins", path="old")
    assert found(tables) == [(ID, "torn", "old")]


def test_a_store_that_waits_for_a_migration_may_hold_what_is_named(tables):
    tables["orders"].append(new_row("orders", at={"source": "s", "pointer": "/0"}, id=ID))
    tables["files"].append(new_row("files", role="store", waits=True))
    assert found(tables) == []
