"""Views as plain JSON values, and the JSON Schema of such a value, both from the types of the view."""

from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from linter.printable import json_text

_PLAIN = {str: "string", bool: "boolean", int: "integer", float: "number", NoneType: "null"}
VERSION = 1


def plain(value: Any) -> Any:
    """Return what JSON can hold; a named tuple becomes an object."""
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


def schema_of(view: str, kind: type) -> dict[str, Any]:
    """Return the JSON Schema of what `as_json` writes of a view."""
    definitions: dict[str, Any] = {}
    root = _object(kind, definitions)
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
    if hint.__name__ not in definitions:
        definitions[hint.__name__] = {}
        definitions[hint.__name__] = _object(hint, definitions)
    return {"$ref": f"#/$defs/{hint.__name__}"}
