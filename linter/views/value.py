"""Views as plain JSON values, and the JSON Schema of such a value, both from the types of the view."""

import json
from importlib import import_module
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from linter import reports
from linter.printable import json_text

VIEWS = {
    "trace": ("trace", "Traces"),
    "layers": ("layers", "Layers"),
    "logins": ("logins", "Logins"),
    "checklist": ("checklist", "Checklist"),
    "diff": ("diff.compared", "Diff"),
    "around": ("followed", "Around"),
    "preview": ("preview", "Preview"),
    "fix": ("fixes", "Fixes"),
    "undo": ("undone", "Undone"),
    "explain": ("explained", "Explained"),
    "rules": ("rule_list", "RuleList"),
    "baselines": ("baselines", "Baselines"),
    "tokens": ("tokens", "Tokens"),
    "fleet": ("fleet", "Fleet"),
}
"""Views by the command that shows them: the module here, and the type of what it shows."""
VERSION = 1
_PLAIN = {str: "string", bool: "boolean", int: "integer", float: "number", NoneType: "null"}


def plain(value: Any) -> Any:
    """Return what JSON can hold; a named tuple becomes an object, a report what a lint writes of it."""
    if hasattr(value, "in_order"):
        from linter.reports.interface import written  # noqa: PLC0415 - few views hold a report

        return json.loads(written(value, "json"))
    if hasattr(value, "_asdict"):
        return {name: plain(item) for name, item in value._asdict().items()}
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


def as_json(view: str, value: Any) -> str:
    """Return the text of a view for machines."""
    from linter.reports.masking import masked_value  # noqa: PLC0415 - people mostly read text

    document = {"version": VERSION, "view": view, **masked_value(plain(value))}
    return json_text(document, indent=2)


def schema_of(view: str) -> dict[str, Any]:
    """Return the JSON Schema of what `as_json` writes of a view."""
    module, kind = VIEWS[view]
    definitions: dict[str, Any] = {}
    root = _object(getattr(import_module(f"linter.views.{module}"), kind), definitions)
    head = {"version": {"const": VERSION}, "view": {"const": view}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:authlint:schema:{view}:{VERSION}",
        "title": f"authlint {view}",
        **root,
        "properties": {**head, **root["properties"]},
        "required": [*head, *root["required"]],
        "$defs": definitions,
    }


def _object(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {
        "type": "object",
        "description": " ".join((kind.__doc__ or "").split()),
        "properties": {name: _schema(hint, definitions) for name, hint in hints.items()},
        "required": list(hints),
        "additionalProperties": False,
    }


def _schema(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(one, definitions) for one in inner]}
    if origin in (tuple, list):
        return {"type": "array", "items": _schema(inner[0], definitions)}
    if origin is dict or hint is dict:
        return {"type": "object"}
    if hint is Any:
        return {}
    name = hint.__name__
    if name == "Report":
        file = Path(*reports.__path__) / "report.schema.json"
        definitions[name] = json.loads(file.read_text(encoding="utf-8"))
    elif name not in definitions:
        definitions[name] = {}
        definitions[name] = _object(hint, definitions)
    return {"$ref": f"#/$defs/{name}"}
