"""Logins compared with what an earlier snapshot had under the same id: comparisons of the kind `earlier`."""

from collections.abc import Iterator
from pathlib import Path

from linter.snapshot.comparable import require_comparable
from linter.snapshot.renaming import Renaming, possible_scopes, renaming
from linter.snapshot.rooms import moved
from linter.snapshot.sides import Side, comparison, profile_side, repo_side
from linter.snapshot.snapshot import Snapshot, SnapshotError
from linter.snapshot.store import is_snapshot, load
from linter.snapshot.tables import Row

_ROOM = "earlier:"


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
