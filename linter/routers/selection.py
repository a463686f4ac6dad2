"""Which entry a stored selection means."""

from collections.abc import Sequence
from typing import Any

from linter.snapshot.compare import compare
from linter.snapshot.tables import Row


def resolve(kind: str, selection: Any, keys: Sequence[str]) -> tuple[str | None, str]:
    """Return (key, state) of a selection among the keys of a router's entries, in their order.

    The state is `ok`, `missing`, `out-of-range` for an index, `ambiguous`, or `none` without a selection.
    """
    if selection is None or selection == "":
        return None, "none"
    if kind == "index":
        whole = isinstance(selection, int) and not isinstance(selection, bool)
        return (keys[selection], "ok") if whole and 0 <= selection < len(keys) else (None, "out-of-range")
    count = sum(key == selection for key in keys)
    return (selection, "ok") if count == 1 else (None, "ambiguous" if count else "missing")


def derive(slot: Row, repos: Sequence[Row]) -> tuple[str | None, str]:
    """Return the one entry that a slot is a copy of: with the same tokens, else of another generation.

    The slot's own id is no candidate: it would match itself and hide the login that it holds.
    """
    verdicts = [(compare(slot, row).verdict, row["key"]) for row in repos if row["key"] != slot["id"]]
    for wanted in ("EXACT", "STALE_COPY"):
        keys = [key for verdict, key in verdicts if verdict == wanted]
        if keys:
            return (keys[0], "ok") if len(keys) == 1 else (None, "ambiguous")
    return None, "none"
