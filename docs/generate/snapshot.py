"""The page of the snapshot's tables, made from their JSON Schema."""

from collections.abc import Iterable, Mapping
from typing import Any

from linter.snapshot import tables
from linter.snapshot.tables import schema as snapshot_schema

_WORDS = {
    "string": "text",
    "integer": "number",
    "null": "null",
    "boolean": "true or false",
    "array": "list",
    "object": "object",
}
_INTRODUCTION = """\
The rules see a state as tables of plain rows. A column that is *stored* stands in a file as it is: a fix may
change it, and in OpenClaw's own spelling (`authProfileOverride`) it may have any type. All others are derived
by authlint. Times are milliseconds since the epoch. Every row holds every column of its table, null where
nothing is known. No table holds a secret.

A table is described in one file of [tables/](../tables), from which this page, the
[schema](../linter/snapshot/schema.json) and the empty rows come; a new column stands there first."""


def snapshot_page() -> str:
    """Return the page."""
    schema = snapshot_schema()
    listed = [name for name, table in schema["properties"].items() if table.get("type") == "array"]
    parts = [
        "<!-- Generated from tables/ by `python -m docs.generate`. -->",
        "# The snapshot",
        _INTRODUCTION,
        " · ".join(f"[{name}](#{name})" for name in ("meta", *listed)),
        "## meta",
        "One object for the whole state.",
        _columns(schema["properties"]["meta"], schema),
    ]
    for name in listed:
        table = schema["properties"][name]
        row = table["items"]
        parts += [f"## {name}", _about(name, table["description"]), _columns(row, schema)]
    parts += ["# What columns are made of"]
    for name, described in schema["$defs"].items():
        parts += [f"## {name}", described.get("description", ""), _columns(described, schema)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _about(table: str, description: str) -> str:
    named = ", ".join(f"`{column}`" for column in tables.IDENTITY.get(table, ()))
    return f"{description} A row is named by {named}." if named else description


def _columns(row: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    row = schema["$defs"][row["$ref"].rpartition("/")[2]] if "$ref" in row else row
    lines = [
        f"| `{name}` | {_type(column)} | {_stored(column)} | {_cell(_meaning(name, column))} |"
        for name, column in row["properties"].items()
    ]
    return "\n".join(["| column | type | | |", "|---|---|---|---|", *lines])


def _stored(column: Mapping[str, Any]) -> str:
    return "stored" if column.get("raw") else ""


def _meaning(name: str, column: Mapping[str, Any]) -> str:
    parts = [str(column.get("description", "")).rstrip(".")]
    if name in tables.REFERENCES and not parts[0]:
        table, key = tables.REFERENCES[name]
        parts = [f"`{key}` of [{table}](#{table})"]
    if "usual" in column:
        parts.append(f"usually {_listed(column['usual'])}")
    if "since" in column:
        parts.append(f"since {column['since']}")
    return "; ".join(filter(None, parts))


def _type(column: Mapping[str, Any]) -> str:
    if "anyOf" in column:
        return " or ".join(_type(one) for one in column["anyOf"])
    if "$ref" in column:
        name = column["$ref"].rpartition("/")[2]
        return f"[{name}](#{name})"
    if "enum" in column:
        return _listed("null" if value is None else value for value in column["enum"])
    if "time" in column:
        return "time" if column["type"] == "number" else "time or null"
    kinds = column.get("type", [])
    named = [_WORDS.get(kind, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)]
    return " or ".join(named) or "any"


def _listed(values: Iterable[object]) -> str:
    return ", ".join(f"`{value}`" for value in values)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")
