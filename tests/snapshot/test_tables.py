"""Which column is missing where: between tables/*.yaml, what is generated from them, and the readers."""

import json
import random

import pytest

from docs.generate.tables import FOLDER, table_files
from fixtures import load
from fixtures import load as recorded
from linter.engine.evaluate import evaluate
from linter.engine.settings import Settings
from linter.openclaw.location import locate
from linter.snapshot.tables import (
    _TABLES,
    IDENTITY,
    REFERENCES,
    columns,
    columns_of,
    empty_tables,
    new_row,
    schema,
    settle,
)
from linter.usecases.snapshot import take_snapshot

STATES = [
    "2026.3.24-skill-overtaken",
    "2026.5.7-codex-cli",
    "2026.6.6-broken-entries",
    "2026.9.6-rate-limited",
]


def test_what_is_generated_from_the_description_is_up_to_date():
    stale = [path.name for path, text in table_files().items() if path.read_text(encoding="utf-8") != text]
    assert not stale, f"{stale}: run python -m docs.generate"


def rows_of(name, home):
    home.mkdir()
    state = recorded.materialise(name, home)
    workspaces = [home / "workspace"] if (home / "workspace").is_dir() else []
    location = locate(state, environ={}, home=home, workspaces=workspaces)
    return take_snapshot(location, recorded.describe(name).now).tables


@pytest.mark.parametrize("name", [name for name in STATES if name in recorded.names()])
def test_readers_fill_the_columns_that_are_described_and_no_others(name, tmp_path):
    wrong = set()
    for table, rows in rows_of(name, tmp_path / "home").items():
        described = set(columns(table))
        for row in rows:
            wrong |= {f"tables/{table}.yaml does not describe `{it}`" for it in set(row) - described}
            wrong |= {f"no reader fills `{it}` of tables/{table}.yaml" for it in described - set(row)}
    assert not wrong, "\n".join(sorted(wrong))


def test_a_new_row_has_every_column_and_shares_nothing_with_the_next():
    for table in IDENTITY:
        row, other = new_row(table), new_row(table)
        assert set(row) == set(columns(table))
        assert not [
            name for name, value in row.items() if isinstance(value, list | dict) and value is other[name]
        ]


def test_what_names_a_row_is_a_column():
    for table, key in IDENTITY.items():
        assert set(key) <= set(columns(table)), table
    assert all(name in columns(table) for table, name in REFERENCES.values())


def test_what_a_column_names_is_a_column_of_a_table_or_a_word_that_others_use_too():
    kinds = [
        column["of"]
        for described in [*schema()["properties"].values(), *schema()["$defs"].values()]
        for column in described.get("items", described)["properties"].values()
        if "of" in column
    ]
    for kind in set(kinds):
        table, _, name = kind.partition(".")
        assert name in columns(table) if name else kinds.count(kind) > 1, kind


def test_pseudonyms_know_where_people_are_named():
    assert columns_of("account", "user") >= {"account_id", "user_id", "accountId", "sub", "header_account"}
    assert columns_of("secret") == {"access", "refresh", "idToken", "token", "key", "apiKey", "api_key"}
    assert columns_of("identity", "claims") >= {"identity", "right_identity", "claims"}


def test_every_file_of_the_description_is_a_table():
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {"meta", "sources", *IDENTITY}


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


@pytest.mark.parametrize("table", [name for name in IDENTITY if _TABLES[name]["numbers"]])
def test_no_value_breaks_a_rule(table, snapshots, pack):
    choice = random.Random(table)
    for snapshot in snapshots:
        root = json.loads(json.dumps(snapshot.root()))
        for row in root[table]:
            for column in _TABLES[table]["numbers"]:
                row[column] = choice.choice(ODD)
        settle({table: root[table]})
        assert evaluate(pack, root, Settings()).problems == ()
