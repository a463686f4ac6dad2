"""Edits of files and database entries, made on the raw rows that were read from there."""

from collections.abc import Iterable

from linter.engine.edits import restricted
from linter.engine.finding import Edit
from linter.openclaw.whatif.unpredictable import UnpredictableError
from linter.snapshot.tables import Row, Tables

_RAW = ("files", "sessions", "last_good", "usage_stats", "config_profiles", "profiles", "preference")


def make_edits(tables: Tables, edits: Iterable[Edit]) -> None:
    """Make edits. Raises UnpredictableError for one that no row shows."""
    for edit in edits:
        parent, _, column = edit.pointer.rpartition("/")
        row = _row(tables, edit.source, parent, column)
        if row is not None:
            kept = restricted(row[column], edit.value) if edit.action == "restrict" else edit.value
            row[column] = None if edit.action == "remove" else kept
        elif edit.action == "remove" and _remove(tables, edit):
            continue
        else:
            raise UnpredictableError(f"no table shows {edit.source} {edit.pointer}, which a fix changes")


def _row(tables: Tables, source: str, pointer: str, column: str) -> Row | None:
    for name in _RAW:
        for row in tables[name]:
            if (row["at"]["source"], row["at"]["pointer"]) == (source, pointer) and column in row:
                return row
    return None


def _remove(tables: Tables, edit: Edit) -> bool:
    """Drop the row that stands at a place, from an order list, too."""
    place = edit.source, edit.pointer
    for name in (*_RAW, "orders", "order_lists"):
        gone = [row for row in tables[name] if (row["at"]["source"], row["at"]["pointer"]) == place]
        if gone:
            tables[name][:] = [row for row in tables[name] if row not in gone]
            if name == "orders":
                _shorten(tables, gone[0])
            return True
    return False


def _shorten(tables: Tables, gone: Row) -> None:
    parent = gone["at"]["pointer"].rpartition("/")[0]
    for row in tables["order_lists"]:
        if (row["at"]["source"], row["at"]["pointer"]) == (gone["at"]["source"], parent):
            ids = [*row["ids"]]
            ids.remove(gone["id"])
            row["ids"] = ids
