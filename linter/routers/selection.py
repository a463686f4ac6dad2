"""Which entry a stored selection means."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from linter.openclaw.plain import members
from linter.snapshot.compare import compare
from linter.snapshot.secrets import decode_claims
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import Row
from linter.sources.paths import split
from linter.sources.positions import BYTE_ORDER_MARK


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


def guarded(
    snapshot: Snapshot,
    evaluate: Callable[[str, Row], Any],
    recipes: Sequence[str],
    stored: Any,
    slots: Sequence[Row],
) -> str | None:
    """Return whether a stored hash is that of the login in the first slot: `ok`, `differs`, None if unknown.

    A recipe gives the hash from the raw login `slot`, its `access` and `refresh` token, its stored `account`
    and the one that its tokens claim (`claimed`). The tokens are read again for that; the verdict leaves.
    """
    if not isinstance(stored, str) or not stored.strip() or not slots or not slots[0]["present"]:
        return None
    raw = _raw_value(snapshot, slots[0]["at"])
    raw = members(raw.get("tokens")) or raw
    access, refresh = _text(raw, "access", "access_token", "token"), _text(raw, "refresh", "refresh_token")
    if not (access or refresh):
        return None
    claims = [decode_claims(token) for token in (access, _text(raw, "idToken", "id_token")) if token]
    names = {
        "slot": raw,
        "access": access,
        "refresh": refresh,
        "account": _text(raw, "accountId", "account_id"),
        "claimed": next((one["account_id"] for one in claims if one and one["account_id"]), ""),
    }
    return "ok" if stored.strip().lower() in [evaluate(recipe, names) for recipe in recipes] else "differs"


def _raw_value(snapshot: Snapshot, at: Row) -> Row:
    document = snapshot.documents.get(at["source"])
    if document is None:
        return {}
    try:
        value: Any = json.loads(document.text.removeprefix(BYTE_ORDER_MARK))
        for name in split(at["pointer"]):
            value = value[name]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return members(value)


def _text(raw: Row, *names: str) -> str:
    return next((raw[name] for name in names if isinstance(raw.get(name), str) and raw[name]), "")
