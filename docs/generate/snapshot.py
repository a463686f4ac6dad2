"""The page of the snapshot's tables, made from their JSON Schema."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from linter.snapshot import tables

_SCHEMA = Path(tables.__file__).with_name("schema.json")
_WORDS = {
    "string": "text",
    "integer": "number",
    "boolean": "true or false",
    "array": "list",
    "object": "object",
}
_INTRODUCTION = """\
The rules see a state as tables of plain rows. Names in OpenClaw's own spelling (`authProfileOverride`) are
values as they are stored, so they may have any type; names `written_so` are derived by authlint. Times are
milliseconds since the epoch. Every row holds every column of its table, null where nothing is known. No table
holds a secret."""


def snapshot_page() -> str:
    """Return the page."""
    schema = json.loads(_SCHEMA.read_bytes())
    listed = [name for name, table in schema["properties"].items() if table.get("type") == "array"]
    parts = [
        "<!-- Generated from linter/snapshot/schema.json by `python -m docs.generate`. -->",
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
        f"| `{name}` | {_type(column)} | {_cell(_meaning(name, column))} |" for name, column in _members(row)
    ]
    return "\n".join(["| column | type | |", "|---|---|---|", *lines]) if lines else ""


def _members(row: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for described in (row, *row.get("anyOf", ()), *row.get("allOf", ())):
        yield from described.get("properties", {}).items()


def _meaning(name: str, column: Mapping[str, Any]) -> str:
    described = str(column.get("description", ""))
    if name not in tables.REFERENCES or described:
        return described
    table, key = tables.REFERENCES[name]
    return f"`{key}` of [{table}](#{table})"


def _type(column: Mapping[str, Any]) -> str:
    for alternatives in (column.get("anyOf"), column.get("oneOf")):
        if alternatives:
            return " or ".join(_type(one) for one in alternatives)
    if "$ref" in column:
        name = column["$ref"].rpartition("/")[2]
        return f"[{name}](#{name})"
    if "const" in column:
        return f"`{json.dumps(column['const'])}`"
    if "enum" in column:
        return ", ".join(f"`{value}`" for value in column["enum"])
    kinds = column.get("type", [])
    named = [_WORDS.get(kind, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)]
    return " or ".join(named) or "any"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")
