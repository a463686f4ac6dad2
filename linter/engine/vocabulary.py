"""What the engine is told about the tables it joins."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple


class Vocabulary(NamedTuple):
    """The tables that rules may name.

    `columns`: gives, per table and for `meta`, the columns; a dotted name (`identity.seat`) says that
    `identity` is an object with known members. It is called only when rules are compiled.
    `identity`: per table, the columns that name a row for good, outermost first.
    `references`: columns that hold the key of another table's row, for example `agent` -> (`agents`, `id`).
    """

    columns: Callable[[], Mapping[str, Collection[str]]]
    identity: Mapping[str, tuple[str, ...]]
    references: Mapping[str, tuple[str, str]]


def columns_of_schema(schema: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Return the columns of each table that a JSON Schema of the root object describes."""
    definitions = schema.get("$defs", {})
    result = {}
    for table, described in schema["properties"].items():
        if described.get("type") == "array":
            result[table] = frozenset(_members(described["items"], definitions))
        elif "properties" in described:
            result[table] = frozenset(_members(described, definitions))
    return result


def singular(table: str) -> str:
    """Return the word for one row of a table: `sessions` -> `session`."""
    if table.endswith("ies"):
        return table.removesuffix("ies") + "y"
    return table.removesuffix("s")


def _members(described: Mapping[str, Any], definitions: Mapping[str, Any]) -> list[str]:
    names = []
    for alternative in (described, *described.get("anyOf", ())):
        resolved = definitions.get(alternative.get("$ref", "").rpartition("/")[2], alternative)
        for name, member in resolved.get("properties", {}).items():
            names += [name, *(f"{name}.{inner}" for inner in _members(member, definitions))]
    return names
