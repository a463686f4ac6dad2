"""The JSON Schema of snapshots, which says all that is known of each table and column.

`schema.json` and `tables.json` are generated from `tables/*.yaml`. Beside the words of JSON Schema a column
has `raw` (it stands in a file as it is), `of` (what it names), `usual` (values that are known), `time` (in ms
since the epoch) and `since` (the version that brought it).
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

Schema = Mapping[str, Any]


@cache
def schema() -> dict[str, Any]:
    """Return the schema; a row has every column of its table but those that are `optional`."""
    value: dict[str, Any] = json.loads(Path(__file__).with_name("schema.json").read_bytes())
    for row in _rows(value):
        row["required"] = [name for name, column in row["properties"].items() if "optional" not in column]
    value["required"] = list(value["properties"])
    return value


def columns(table: str) -> Mapping[str, Schema]:
    """Return what is said of each column of a table, or of `meta`."""
    described = schema()["properties"][table]
    found: Mapping[str, Schema] = described.get("items", described)["properties"]
    return found


def columns_of(*words: str) -> frozenset[str]:
    """Return the names of the columns, wherever they are, that are `of` one of some kinds, or of one type."""
    return frozenset(
        name
        for row in _rows(schema())
        for name, column in row["properties"].items()
        if column.get("of") in words or _reference(column) in words
    )


def _rows(value: Schema) -> Iterator[dict[str, Any]]:
    for described in value["properties"].values():
        yield described.get("items", described)
    yield from value["$defs"].values()


def _reference(column: Schema) -> str:
    reference: str = column.get("anyOf", (column,))[0].get("$ref", "")
    return reference.rpartition("/")[2]
