"""The fields of bound rows that a rule reads, for people who ask why there is a finding."""

from collections.abc import Mapping, Sequence
from typing import Any

from linter.engine.scope import Environment

_SMALL = 20
_SCALARS = (str, int, float, bool)
_HIDDEN = object()


def mentioned(environment: Environment, mentions: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return the mentioned columns by binding; of a secret only its fingerprint and kind, no large values."""
    result = {}
    for binding, columns in mentions.items():
        row = environment.get(binding)
        if isinstance(row, dict):
            shown = {column: _shown(_follow(row, column)) for column in columns}
            result[binding] = {column: value for column, value in shown.items() if value is not _HIDDEN}
    return result


def _follow(row: Any, column: str) -> Any:
    if "." not in column:
        return row.get(column)
    for name in column.split("."):
        row = row.get(name) if isinstance(row, dict) else None
    return row


def _shown(value: Any) -> Any:
    if value is None or isinstance(value, _SCALARS):
        return value
    if isinstance(value, dict) and "fingerprint" in value and "kind" in value:
        return {"fingerprint": value["fingerprint"], "kind": value["kind"]}
    if isinstance(value, list) and len(value) <= _SMALL and all(isinstance(item, _SCALARS) for item in value):
        return value
    return _HIDDEN
