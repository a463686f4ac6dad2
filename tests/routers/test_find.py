"""Where routers are looked for."""

import pytest

from linter.routers.interface import RouterError

KIT = {"provider": "openai-codex", "accounts": [{"profileId": "a"}]}


def tools(snapshot):
    return [row["id"] for row in snapshot.tables["routers"]]


def test_a_router_file_is_read_where_it_is_named(home):
    path = home.write("elsewhere/oauth-pool-config.json", KIT)
    assert tools(home.read(router_files=(path,))) == ["switching-kit"]


def test_a_router_is_found_once_however_it_is_reached(home):
    path = home.write(".openclaw/workspace/ops/state/oauth-pool-config.json", KIT)
    (home.root / "link").symlink_to(home.state / "workspace")
    home.store()
    assert tools(home.read(router_files=(path,), workspaces=(home.root / "link",))) == ["switching-kit"]


def test_a_named_workspace_is_searched(home):
    home.write("project/ops/state/oauth-pool-config.json", KIT)
    assert tools(home.read(workspaces=(home.root / "project",))) == ["switching-kit"]


@pytest.mark.parametrize(
    ("name", "message"), [("notes.json", "is no router file"), ("registry.json", "there is no ")]
)
def test_a_named_file_that_is_none_is_refused(home, name, message):
    with pytest.raises(RouterError, match=message):
        home.read(router_files=(home.root / name,))


def test_a_link_that_leads_nowhere_is_a_router_file_all_the_same(home):
    home.store()
    (home.state / "codex-oauth-profiles.json").symlink_to("/nonexistent/repo.json")
    (row,) = (row for row in home.read().tables["files"] if row["role"] == "repo")
    assert (row["exists"], row["parse"]) == (False, "error")


def test_without_any_router_all_tables_stay_empty(home):
    home.store()
    snapshot = home.read()
    for table in (
        "routers",
        "router_accounts",
        "leases",
        "repo_profiles",
        "slots",
        "preference",
        "codex_cli",
    ):
        assert snapshot.tables[table] == []
