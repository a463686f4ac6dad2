"""An earlier snapshot beside this one: whether they can be compared, and what each login was there."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from linter.snapshot.sides import Side, comparison, moved, profile_side, repo_side
from linter.snapshot.snapshot import Snapshot, SnapshotError
from linter.snapshot.store import is_snapshot, load
from linter.snapshot.tables import Row

_ROOM = "earlier:"
Renaming = Callable[[str], str]


def load_earlier(path: Path) -> Snapshot:
    """Load an earlier snapshot. Raises SnapshotError for anything else."""
    if not path.exists():
        raise SnapshotError(f"there is no {path}; `authlint snapshot -o FILE` makes one")
    if not is_snapshot(path):
        raise SnapshotError(f"{path} is no snapshot; `authlint snapshot -o FILE` makes one")
    return load(path)


def add_earlier(snapshot: Snapshot, earlier: Snapshot) -> None:
    """Add the comparisons with an earlier snapshot. Raises SnapshotError where nothing can be compared."""
    require_comparable(earlier, snapshot)
    snapshot.documents.house(_ROOM, earlier.documents)
    snapshot.meta["since"] = earlier.meta["now"]
    rename = renaming(earlier.meta, snapshot.meta)
    for left, right in (*_profiles(snapshot, earlier, rename), *_entries(snapshot, earlier)):
        there = right._replace(row={**right.row, "at": moved(right.row["at"], _ROOM)})
        snapshot.tables["comparisons"].append(comparison("earlier", left, there))


def _profiles(snapshot: Snapshot, earlier: Snapshot, rename: Renaming) -> Iterator[tuple[Side, Side]]:
    """Pair profiles by scope and id; after an upgrade, by what these were called before."""
    rows = [row for row in earlier.tables["profiles"] if _is_known(row)]
    before = {(row["scope"], rename(row["id"])): row for row in rows}
    before |= {(row["scope"], row["id"]): row for row in rows}
    for row in snapshot.tables["profiles"]:
        for scope in possible_scopes(row["scope"]):
            other = before.get((scope, row["id"]))
            if other is not None:
                yield profile_side(row), profile_side(other)
                break


def _entries(snapshot: Snapshot, earlier: Snapshot) -> Iterator[tuple[Side, Side]]:
    """Pair the entries of routers' repos by their key, unless that is only a position."""
    rows = [row for row in earlier.tables["repo_profiles"] if _is_known(row)]
    before = {(row["router"], row["key"]): row for row in rows}
    for row in snapshot.tables["repo_profiles"]:
        other = before.get((row["router"], row["key"]))
        if other is not None and row["key_style"] != "index":
            yield repo_side(row), repo_side(other)


def _is_known(row: Row) -> bool:
    return isinstance(row["identity"], dict)


def require_comparable(before: Snapshot, after: Snapshot) -> None:
    """Raise SnapshotError, with the way out, where every identity would seem to have changed."""
    one, other = before.meta.get("pseudonyms"), after.meta.get("pseudonyms")
    if one != other:
        raise SnapshotError(_names_differ(bool(one), bool(other)))
    if not _one_machine(before, after):
        raise SnapshotError(
            "the two are of different machines, whose states do not follow each other; "
            "`authlint lint A B` compares machines"
        )


def _names_differ(one: bool, other: bool) -> str:  # noqa: FBT001 - private, two lines away from its call
    if one and other:
        return "the two have pseudonyms that were made with different keys; save both with the same `--key`"
    which = "earlier" if one else "later"
    return (
        f"only the {which} of the two has pseudonyms, so that nobody in it can be recognised; "
        "save both with `authlint snapshot --pseudonymise` and the same key, or both without"
    )


def _one_machine(before: Snapshot, after: Snapshot) -> bool:
    """Tell whether both are of one machine: by its name, else by a chat, since machines are renamed."""
    hosts = {before.meta.get("host"), after.meta.get("host")}
    return None in hosts or len(hosts) == 1 or not _chats(before).isdisjoint(_chats(after))


def _chats(snapshot: Snapshot) -> set[tuple[str, str]]:
    return {(row["key"], row["sessionId"]) for row in snapshot.tables["sessions"] if row["sessionId"]}


_MOVED = {"shared": "agent:main", "agent:main": "shared"}
"""From 2026.8 on the shared store has what main's store had for all agents before."""


def renaming(before: Mapping[str, Any], after: Mapping[str, Any]) -> Renaming:
    """Return what turns the providers and ids of a snapshot into those of a later one, given their `meta`."""
    old, new = before["canonical"], after["canonical"]
    if not old or not new or old == new:
        return str
    word = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])")
    return lambda text: word.sub(new, text)


def possible_scopes(scope: str) -> Iterator[str]:
    """Yield the scopes in which a credential of a scope may have been, the likeliest first."""
    yield scope
    if scope in _MOVED:
        yield _MOVED[scope]
