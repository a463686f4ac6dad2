"""The description of the tables, `tables/*.yaml`, as the files that the program reads: schema and empty rows.

A file of tables/ is one table: what a row is (`about`), its `group`, the columns that name a row (`key`) and
every column. A column has a `type` (`?`: may be null) and, where there is more to say: `values` (no others
occur), `usual` (others may occur), `of` (what it names: only names of one kind can be equal), `raw` (it
stands in a file as it is, so that fixes may change it), `default` (in a row for which nothing is said),
`since` (the version that brought it) and `about`. Rows of several machines belong together that are equal in
`shared`; those of them that differ in `apart` are counted apart. Files of tables/parts/ describe what columns
are made of.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tables"
SNAPSHOT = ROOT / "linter" / "snapshot"
GROUPS = ("state", "routers", "evidence", "derived", "machines")
"""Where a table comes from, in the order in which tables stand in a snapshot."""

_TYPES: dict[str, list[str]] = {
    "text": ["string"],
    "flag": ["boolean"],
    "int": ["integer"],
    "number": ["number"],
    "time": ["number"],
    "list": ["array"],
    "texts": ["array"],
    "object": ["object"],
    "any": [],
}
_LOWER = ("realm", "agents.id")
"""Kinds of names that are kept in lower case."""

_EMPTY: dict[str, Any] = {"flag": False, "list": [], "texts": [], "object": {}}
_KEPT = ("values", "usual", "of", "raw", "since", "optional", "pattern")
_SAID = frozenset({"about", "type", "default", *_KEPT})
_OF_COLUMNS = ("properties", "row")

_HEAD = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:authlint:schema:snapshot:1",
    "title": "authlint snapshot",
    "description": "The tables over which rules are evaluated. Times are milliseconds since the epoch. No "
    "table holds a secret. Of a column, `raw` says that it stands in a file as it is, `of` what it names, "
    "`usual` which values are known.",
    "type": "object",
}


def table_files() -> dict[Path, str]:
    """Return the generated files with their texts."""
    parts = {name: _columns(table) for name, table in _described(FOLDER / "parts")}
    tables = dict(_described(FOLDER))
    listed = sorted(
        (name for name in tables if name != "meta"), key=lambda name: (_group(name, tables), name)
    )
    columns = {name: {**_columns(tables[name]), **_parts(tables[name], parts)} for name in ["meta", *listed]}
    properties = {"meta": {**_about(tables["meta"]), **_object(columns["meta"])}}
    for name in listed:
        table = tables[name]
        head = {"type": "array", **_about(table), "group": table["group"], "key": table.get("key", ["id"])}
        properties[name] = {**head, "items": _object(columns[name])}
    shapes = {
        name: {**_about(table), **_object(parts[name])}
        for name, table in _described(FOLDER / "parts")
        if name != "credential"
    }
    rows = {
        name: {
            "key": tables[name]["key"],
            "derived": tables[name]["group"] == "derived",
            **{word: tables[name][word] for word in ("shared", "apart") if word in tables[name]},
            "numbers": dict(_numbers(columns[name])),
            "row": {column: _default(said) for column, said in columns[name].items()},
        }
        for name in listed
        if name != "sources"
    }
    return {
        SNAPSHOT / "schema.json": one_column_a_line(
            {**_HEAD, "additionalProperties": False, "properties": properties, "$defs": shapes}
        )
        + "\n",
        SNAPSHOT / "tables.json": one_column_a_line(rows) + "\n",
    }


def _numbers(columns: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the columns that may hold numbers, with their type; the empty text where they hold anything."""
    for name, said in columns.items():
        word = said["type"].rstrip("?")
        kind = next((kind for kind in _TYPES.get(word, ()) if kind in ("integer", "number")), "")
        if kind or word == "any":
            yield name, kind


def _described(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(folder.glob("*.yaml")):
        yield path.stem, YAML(typ="safe").load(path)


def _group(name: str, tables: Mapping[str, Any]) -> int:
    return GROUPS.index(tables[name]["group"])


def _columns(table: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    for name, said in table["columns"].items():
        unknown = said.keys() - _SAID
        if unknown:
            raise ValueError(f"column {name}: nothing is known of {', '.join(sorted(map(str, unknown)))}")
    columns: dict[str, dict[str, Any]] = table["columns"]
    return columns


def _parts(table: Mapping[str, Any], parts: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the columns that a table shares with others, some under another name."""
    renamed = table.get("renamed", {})
    return {
        renamed.get(name, name): said for part in table.get("parts", ()) for name, said in parts[part].items()
    }


def _about(table: Mapping[str, Any]) -> dict[str, str]:
    return {"description": table["about"]}


def _object(columns: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _column(said) for name, said in columns.items()},
    }


def _column(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of a column, with what else is said of it."""
    word, nullable = said["type"].rstrip("?"), said["type"].endswith("?")
    schema: dict[str, Any] = {}
    if word not in _TYPES:
        reference = {"$ref": f"#/$defs/{word}"}
        schema |= {"anyOf": [reference, {"type": "null"}]} if nullable else reference
    elif word != "any":
        kinds = _TYPES[word] + (["null"] if nullable else [])
        schema["type"] = kinds[0] if len(kinds) == 1 else kinds
    if word == "texts":
        schema["items"] = {"type": "string"}
    if word == "time":
        schema["time"] = True
    if "values" in said:
        schema["enum"] = said["values"] + ([None] if nullable else [])
    schema |= {name: said[name] for name in _KEPT if name in said and name != "values"}
    schema |= {"lower": True} if said.get("of") in _LOWER else {}
    return schema | ({"description": said["about"]} if "about" in said else {})


def _default(said: Mapping[str, Any]) -> Any:
    nothing = None if said["type"].endswith("?") else _EMPTY.get(said["type"])
    return said.get("default", nothing)


def one_column_a_line(value: Any, *, columns: bool = False) -> str:
    """Return JSON with a column a line, so that two who add columns to different tables do not meet."""
    if not columns and not _has_columns(value):
        return json.dumps(value, ensure_ascii=False)
    members = [
        f"{json.dumps(name)}: {one_column_a_line(item, columns=name in _OF_COLUMNS)}"
        for name, item in value.items()
    ]
    return "{\n" + ",\n".join(members) + "\n}"


def _has_columns(value: Any) -> bool:
    return isinstance(value, dict) and any(
        name in _OF_COLUMNS or _has_columns(item) for name, item in value.items()
    )
