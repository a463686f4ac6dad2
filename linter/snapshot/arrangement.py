"""The order of rows in a saved snapshot."""

from typing import Any

from linter.snapshot.tables import IDENTITY, Row

_BY_POSITION = {
    "orders": ("layer", "agent", "provider", "pos"),
    "effective_orders": ("agent", "provider", "pos"),
}
_AS_STORED = frozenset({"profiles", "repo_profiles", "visible_profiles", "grants", "comparisons"})


def arranged(name: str, rows: list[Row]) -> list[Row]:
    """Return the rows of a table by the columns that name them, or by their position in an order.

    So a database that gives its sessions in another order makes no other snapshot. Logins stay as they are
    stored: where nothing else decides, OpenClaw tries them in that order, and of two that contradict each
    other a finding names the first.
    """
    if name in _AS_STORED:
        return rows
    if columns := _BY_POSITION.get(name):  # what has no position stays as it was found, like the logins
        return sorted(rows, key=lambda row: [_sortable(row[column]) for column in columns])

    def key(row: Row) -> tuple[Any, ...]:
        at = row["at"]
        return *(_sortable(row.get(column)) for column in IDENTITY[name]), at["source"], at["pointer"]

    return sorted(rows, key=key)


def _sortable(value: Any) -> tuple[int, Any]:
    """Return what a value sorts by: numbers before texts, and null last."""
    if isinstance(value, int | float):
        return 0, value
    return (2, "") if value is None else (1, str(value))
