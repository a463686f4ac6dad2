"""Which things of two snapshots are the same thing, also where an upgrade has renamed or moved it."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from linter.snapshot.earlier import Renaming, possible_scopes, renaming

Key = tuple[str, ...]
Thing = TypeVar("Thing")


class Naming(NamedTuple):
    """What the first snapshot calls otherwise than the second.

    `moved`: main's store and the shared one may stand for each other.
    """

    rename: Renaming
    moved: bool

    @property
    def renames(self) -> bool:
        """Tell whether profile ids are called otherwise."""
        return self.rename is not str

    def spellings(self, key: Key) -> Iterator[Key]:
        """Yield what a key of the first snapshot may be in the second, the likeliest first."""
        renamed = tuple(map(self.rename, key))
        yield key
        yield renamed
        yield tuple([[*possible_scopes(part)][-1] for part in renamed]) if self.moved else renamed

    def same(self, before: str, after: str) -> bool:
        """Tell whether two texts mean the same."""
        return after in (before, self.rename(before))


def naming(before: Mapping[str, Any], after: Mapping[str, Any]) -> Naming:
    """Compare the names of two snapshots, given their `meta`."""
    return Naming(renaming(before, after), (before["era"] == "S") != (after["era"] == "S"))


def paired(
    before: Mapping[Key, Thing], after: Mapping[Key, Thing], naming: Naming
) -> Iterator[tuple[Thing | None, Thing | None]]:
    """Yield what belongs together, in the order of keys; None where a side has no such thing."""
    found: dict[Key, Key] = {}
    seen: set[Key] = set()
    for spelled in zip(*(naming.spellings(key) for key in before), strict=True):
        for key, other in zip(before, spelled, strict=True):
            if key not in seen and other in after and other not in found:
                found[other] = key
                seen.add(key)
    pairs = [(other, before.get(found.get(other, ())), thing) for other, thing in after.items()]
    gone = [(key, thing, None) for key, thing in before.items() if key not in seen]
    for _, one, two in sorted([*pairs, *gone], key=lambda pair: pair[0]):
        yield one, two
