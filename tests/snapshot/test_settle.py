"""Whatever stands in a column of numbers, rows can be worked with, and no value of a row breaks a rule."""

import json
import random

import pytest

from fixtures import load
from linter.engine.evaluate import evaluate
from linter.engine.settings import Settings
from linter.openclaw.location import locate
from linter.snapshot.settle import _numeric, settle
from linter.snapshot.tables import IDENTITY, empty_tables, new_row
from linter.usecases.snapshot import take_snapshot

ODD = ("text", "", True, [], {}, -1, 0.5, 2**63 - 1, None)


@pytest.mark.parametrize(
    ("value", "number", "stored"),
    [
        (5, 5, 5),
        (0.5, 0.5, 0.5),
        (True, None, True),
        ("5", None, "5"),
        ([], None, []),
        (10**400, None, None),
        (-(2**64), -(2.0**64), -(2.0**64)),
        (float("inf"), None, None),
        (float("nan"), None, None),
    ],
)
def test_a_number_that_is_none_is_as_if_it_were_not_there(value, number, stored):
    tables = empty_tables()
    tables["files"].append(new_row("files", path="a", mtime=value))
    tables["sessions"].append(new_row("sessions", agent="main", key="k", updatedAt=value))
    settle(tables)
    assert tables["files"][0]["mtime"] == number
    assert tables["sessions"][0]["updatedAt"] == stored
    assert tables["sessions"][0]["updatedAt"].__class__ is stored.__class__


def test_a_whole_number_is_whole():
    tables = empty_tables()
    tables["orders"] += [new_row("orders", pos=value) for value in (1, 1.5, "1", None)]
    settle(tables)
    assert [row["pos"] for row in tables["orders"]] == [1, None, None, None]


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory):
    found = []
    for name in ("2026.3.24-pin-missing", "2026.3.24-skill-refreshed", "2026.9.6-broken-entries"):
        home = tmp_path_factory.mktemp("home")
        state = load.materialise(name, home)
        location = locate(
            state,
            environ={},
            home=home,
            workspaces=[folder for folder in [home / "workspace"] if folder.is_dir()],
        )
        found.append(take_snapshot(location, load.describe(name).now))
    return found


@pytest.mark.parametrize("table", [name for name in IDENTITY if _numeric(name)])
def test_no_value_breaks_a_rule(table, snapshots, pack):
    choice = random.Random(table)
    for snapshot in snapshots:
        root = json.loads(json.dumps(snapshot.root()))
        for row in root[table]:
            for column in _numeric(table):
                row[column] = choice.choice(ODD)
        settle({table: root[table]})
        assert evaluate(pack, root, Settings()).problems == ()
