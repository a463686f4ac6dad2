"""The schema of rule files for editors: the engine's, with the words and the tables of authlint in it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docs.generate.tables import ROOT, one_column_a_line
from linter.configuration.rule_pack import WORDS
from linter.engine.structure import RULE_SCHEMA
from linter.snapshot.tables import UNREAD

FILE = ROOT / "linter" / "configuration" / "rule.schema.json"

_EXPRESSION = {"$ref": "#/$defs/expression"}


def rule_schema(snapshot: Mapping[str, Any]) -> dict[Path, str]:
    """Return the file with its text; `snapshot` is the schema of snapshots."""
    schema = json.loads(json.dumps(RULE_SCHEMA.value))
    schema["$id"] = "urn:authlint:schema:rule:1"
    properties, definitions = schema["properties"], schema["$defs"]
    layer = properties["layer"]
    properties["layer"] = {
        "description": layer["description"],
        "anyOf": [{"enum": list(WORDS["layer"])}, {"type": "string", "pattern": layer["pattern"]}],
    }
    for key, kind in (("symptoms", "symptom"), ("checklist", "checklist"), ("eras", "era")):
        properties[key]["items"] = {"enum": list(WORDS[kind])}
    table, what, _ = UNREAD
    kinds = snapshot["properties"][table]["items"]["properties"][what]["enum"]
    properties["unless_unread"] |= {
        "items": {"enum": kinds},
        "properties": dict.fromkeys(kinds, _EXPRESSION),
        "additionalProperties": False,
    }
    tables = {name: table for name, table in snapshot["properties"].items() if name != "sources"}
    names = [name for name in tables if name != "meta"]
    columns = sorted({column for name in names for column in tables[name]["items"]["properties"]})
    definitions["table"] = {"anyOf": [{"enum": names}, _EXPRESSION]}
    definitions["binding"]["examples"] = names  # what editors offer for the short form
    definitions["match"]["properties"] = dict.fromkeys(columns, _EXPRESSION)
    for kind in ("binding", "candidate", "counted"):
        definitions[kind]["properties"]["in"] = {"$ref": "#/$defs/table"}
    definitions["tables"] = {
        **definitions["tables"],
        "additionalProperties": False,
        "properties": {
            **definitions["tables"]["properties"],
            **{name: _table(table) for name, table in tables.items()},
        },
    }
    return {FILE: one_column_a_line(schema) + "\n"}


def _table(table: Mapping[str, Any]) -> dict[str, Any]:
    described = {"description": table["description"]}
    if "items" in table:
        return {**described, "type": "array", "items": _row(table["items"])}
    return {**described, **_row(table)}


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    cells = {name: _cell(column) for name, column in row["properties"].items()}
    return {"type": "object", "additionalProperties": False, "properties": cells}


def _cell(column: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an editor may know of a value in an example; what is in an object is the rule checker's."""
    kept = {name: column[name] for name in ("type", "enum", "description") if name in column}
    if "usual" in column:
        kept["examples"] = column["usual"]
    return kept or {"description": "see docs/snapshot.md"}
