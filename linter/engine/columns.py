"""What is known of the columns of tables before a rule runs: their types, their values, what they name."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

EVERY = frozenset({"string", "number", "boolean", "array", "object", "null"})
"""The types of JSON values."""


class Column(NamedTuple):
    """What values a column can have.

    `values`: no others occur; `usual`: others may; `of`: what it names, where names of one kind only can be
    equal; `raw`: it stands in a file as it is; `lower`: its texts are in lower case. `members` are those of
    an object, `item` is what a list holds; both None: nothing is known.
    """

    types: frozenset[str] = EVERY
    values: tuple[Any, ...] = ()
    usual: tuple[Any, ...] = ()
    of: str = ""
    raw: bool = True
    lower: bool = False
    members: "Mapping[str, Column] | None" = None
    item: "Column | None" = None


UNKNOWN = Column()
Columns = Mapping[str, Mapping[str, Column]]
"""The columns of each table and of `meta`."""


def type_of(value: Any) -> str:
    """Return the type of a JSON value."""
    if value is None:
        return "null"
    kinds = {bool: "boolean", str: "string", list: "array", dict: "object"}
    return kinds.get(type(value), "number")


def constant(value: Any) -> Column:
    """Return what is known of a literal."""
    item = union([constant(each) for each in value]) if isinstance(value, list) and value else None
    return Column(frozenset({type_of(value)}), () if isinstance(value, list | dict) else (value,), item=item)


def union(columns: list[Column]) -> Column:
    """Return what is known of a value that is of one of several columns."""
    first = columns[0]
    if all(column == first for column in columns):
        return first
    closed = all(column.values for column in columns)
    return Column(
        types=frozenset().union(*(column.types for column in columns)),
        values=tuple(dict.fromkeys(value for column in columns for value in column.values)) if closed else (),
        of=first.of if all(column.of == first.of for column in columns) else "",
        raw=all(column.raw for column in columns),
        lower=all(column.lower for column in columns),
    )


def nullable(column: Column) -> Column:
    """Return the column where its row, or the object that it is in, may be absent."""
    values = column.values if None in column.values or not column.values else (*column.values, None)
    return column._replace(types=column.types | {"null"}, values=values)


def columns_of_schema(schema: Mapping[str, Any]) -> dict[str, dict[str, Column]]:
    """Return the columns of each table that a JSON Schema of the root object describes."""
    return {
        table: _members(described.get("items", described), schema)
        for table, described in schema["properties"].items()
        if described.get("type") == "array" or "properties" in described
    }


def _members(described: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Column]:
    return {name: _column(column, schema) for name, column in described["properties"].items()}


def _column(said: Mapping[str, Any], schema: Mapping[str, Any]) -> Column:
    alternatives = list(_alternatives(said, schema))
    kinds = {kind for one in alternatives for kind in _kinds(one)}
    members = next((one for one in alternatives if "properties" in one), None)
    item = said.get("items")
    of = said.get("of", "")
    names = Column(frozenset({"string"}), of=of, lower="lower" in said) if item else None
    return Column(
        types=frozenset({"number" if kind == "integer" else kind for kind in kinds}) or EVERY,
        values=tuple(said.get("enum", ())),
        usual=tuple(said.get("usual", ())),
        of="" if item else of,
        raw="raw" in said or "$ref" in said,
        lower="lower" in said,
        members=_members(members, schema) if members else None,
        item=names,
    )


def _alternatives(said: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for one in said.get("anyOf", (said,)):
        yield schema["$defs"][one["$ref"].rpartition("/")[2]] if "$ref" in one else one


def _kinds(said: Mapping[str, Any]) -> list[str]:
    kinds = said.get("type", [])
    return [kinds] if isinstance(kinds, str) else list(kinds)
