"""From sarif_om objects to plain values, by the names in their attrs metadata.

The library's own serialiser leaves out whatever equals a default, so that a result with `level` warning is
read as whatever level its rule has. Here only what was never set is left out.
"""

from typing import Any

import attr
import sarif_om

from linter.printable import json_text

_RENAMED = {(sarif_om.Suppression, "state"): "status"}
"""The library follows a draft of SARIF 2.1.0; this is the one name that the standard changed."""

_UNSET = -1
_LISTS = frozenset({"runs", "rules", "results", "taxonomies", "artifacts"})


def plain(value: Any) -> Any:
    """Return dicts, lists and scalars; members that are `None` or the library's sentinel -1 are left out."""
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if not attr.has(type(value)):
        return value
    result = {}
    for field in attr.fields(type(value)):
        item = getattr(value, field.name)
        if item is None or (item == _UNSET and field.default == _UNSET):
            continue
        name = _RENAMED.get((type(value), field.name)) or field.metadata["schema_property_name"]
        result[name] = plain(item)
    return result


def laid_out(value: Any, indent: str = "") -> str:
    """Return a plain log as JSON with a line for each rule and each result.

    So a difference between two logs can be read, and only the few members around the lists are laid out in
    Python, which takes ten times as long as writing the rest.
    """
    if not isinstance(value, dict) or not (_LISTS | {"driver"}) & value.keys():
        return json_text(value)
    inner, members = indent + "  ", []
    for name, item in value.items():
        if name in _LISTS and item:
            lines = ",\n".join(f"{inner}  {laid_out(one, inner + '  ')}" for one in item)
            members.append(f"{inner}{json_text(name)}: [\n{lines}\n{inner}]")
        else:
            members.append(f"{inner}{json_text(name)}: {laid_out(item, inner)}")
    return "{\n" + ",\n".join(members) + f"\n{indent}}}"
