"""The states in fixtures/routers, read from the state directory to the comparisons."""

from pathlib import Path

import pytest

from fixtures.load import describe, materialise
from linter.openclaw.location import locate
from linter.openclaw.read import read_state
from linter.routers.find import known_places
from linter.routers.read import read_routers
from linter.snapshot.comparisons import fill_comparisons

ROUTERS = Path(__file__).parents[2] / "fixtures" / "routers"
STATES = sorted(f"{path.parent.parent.name}/{path.parent.name}" for path in ROUTERS.glob("*/*/fixture.yaml"))


@pytest.fixture
def read(tmp_path):
    def run(name):
        state = materialise(f"../routers/{name}", tmp_path)
        location = locate(state, environ={}, home=tmp_path)
        snapshot = read_state(location, describe(f"../routers/{name}").now)
        read_routers(snapshot, location)
        fill_comparisons(snapshot.tables, "agent:main")
        return snapshot

    return run


def selected(snapshot):
    """Return what the selected entry of each router is to the slot."""
    chosen = {row["id"]: row["selected_key"] for row in snapshot.tables["routers"]}
    return [
        row["verdict"]
        for row in snapshot.tables["comparisons"]
        if row["kind"] == "slot-repo" and chosen[row["router"]] == row["right_id"]
    ]


def test_every_tool_that_is_read_has_a_healthy_state():
    read = {place.tool for place in known_places() if place.reader and not place.copies}
    assert {f"{tool}/healthy" for tool in read - {"oc-multi-auth"}} <= set(STATES)


@pytest.mark.parametrize("name", STATES)
def test_a_router_is_found_and_nothing_but_what_is_said_is_wrong_with_its_files(read, name):
    snapshot = read(name)
    assert len(snapshot.tables["routers"]) == (2 if name.endswith("/two-bases") else 1)
    expected = {one.source for one in describe(f"../routers/{name}").expect if one.rule.startswith("file-")}
    assert {row["path"] for row in snapshot.tables["files"] if row["parse"] == "error"} == expected
    expected = {one.source for one in describe(f"../routers/{name}").expect if one.rule.startswith("store-")}
    assert {row["path"] for row in snapshot.tables["files"] if not row["schema_known"]} == expected


@pytest.mark.parametrize("name", [name for name in STATES if name.endswith("/healthy")])
def test_a_healthy_router_selects_what_is_in_its_slot(read, name):
    snapshot = read(name)
    (router,) = snapshot.tables["routers"]
    assert describe(f"../routers/{name}").expect == ()
    state = "none" if router["kind"] == "pool" else "ok"
    assert (router["selection_state"], router["config_problem"]) == (state, None)
    assert all(verdict == "EXACT" or name.startswith("cc-switch/") for verdict in selected(snapshot))
    assert len(selected(snapshot)) == len(snapshot.tables["slots"])
    assert all(
        account["seen_by"] for account in snapshot.tables["router_accounts"] if router["managed_agents"]
    )


@pytest.mark.parametrize("name", [name for name in STATES if name.endswith("/refreshed")])
def test_a_refresh_of_the_slot_is_no_change_of_the_account(read, name):
    assert selected(read(name)) == ["STALE_COPY"]
