"""Who holds which refresh token, and who would use it."""

import pytest

from linter.snapshot.credential import credential_columns
from linter.snapshot.grants import fill_grants
from linter.snapshot.tables import empty_tables


def login(refresh="r-1", **fields):
    return credential_columns({"type": "oauth", "refresh": refresh, **fields}, 0)


@pytest.fixture
def tables():
    return empty_tables()


@pytest.fixture
def profile(tables):
    def add(name, scope="agent:main", **fields):
        row = {
            "at": {"source": scope, "pointer": f"/profiles/{name}"},
            "scope": scope,
            "agent": scope.removeprefix("agent:") if scope != "shared" else None,
            "id": name,
            "owner": f"/store {scope}",
            "dropped_reason": fields.pop("dropped_reason", None),
            "setup_replacement": fields.pop("setup_replacement", False),
        }
        tables["profiles"].append(row | login(**fields))
        return tables["profiles"][-1]

    return add


def live(tables):
    fill_grants(tables)
    return {row["holder"]: row["live"] for row in tables["grants"]}


def test_a_profile_would_be_refreshed_where_it_lies(tables, profile):
    profile("p:a")
    assert live(tables) == {"agent:main p:a": True}


def test_a_profile_that_is_dropped_or_not_activated_would_not(tables, profile):
    profile("p:a", dropped_reason="invalid_type")
    profile("p:b", setup_replacement=True)
    profile("p:c", type="token")
    assert not any(live(tables).values())


def test_a_local_copy_of_a_shared_login_is_refreshed_where_it_is_shared(tables, profile):
    profile("p:a", "shared")
    profile("p:a", "agent:ops")
    profile("p:b", "agent:ops")
    assert live(tables) == {"shared p:a": True, "agent:ops p:a": False, "agent:ops p:b": True}


def test_what_stands_for_a_token_is_no_grant(tables, profile):
    profile("p:a", refresh={"source": "env", "id": "X"})
    profile("p:b", refresh="")
    profile("p:c", refresh="oauth:openai")
    assert live(tables) == {}


def test_a_repo_holds_a_live_grant_only_if_its_tool_refreshes_and_no_slot_has_it(tables, profile):
    default = profile("p:default", refresh="r-slot")
    for router, refreshes in (("quiet", False), ("busy", True)):
        tables["routers"].append({"id": router, "refreshes": refreshes})
        for key in ("slot", "other"):
            at = {"source": router, "pointer": f"/{key}"}
            row = {**login(f"r-{key}"), "at": at, "router": router, "key": key}
            tables["repo_profiles"].append(row)
        tables["slots"].append({"at": default["at"], "router": router, "id": "p:default", **login("r-slot")})
    found = live(tables)
    assert found.pop("agent:main p:default") is True
    assert found == {"quiet slot": False, "quiet other": False, "busy slot": False, "busy other": True}
    assert [row["kind"] for row in tables["grants"]] == ["slot", "repo", "repo", "repo", "repo"]


def test_the_cli_holds_a_grant(tables):
    tables["codex_cli"].append({"at": {"source": "auth.json", "pointer": ""}, "home": "~/.codex", **login()})
    assert live(tables) == {"codex-cli ~/.codex": True}
