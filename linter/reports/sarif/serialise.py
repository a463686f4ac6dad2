"""From sarif_om objects to plain values, by the names in their attrs metadata.

The library's own serialiser leaves out whatever equals a default, so that a result with `level` warning is
read as whatever level its rule has. Here only what was never set is left out.
"""

from typing import Any

import attr
import sarif_om

_RENAMED = {(sarif_om.Suppression, "state"): "status"}
"""The library follows a draft of SARIF 2.1.0; this is the one name that the standard changed."""

_UNSET = -1


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
