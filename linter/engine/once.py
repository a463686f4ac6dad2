"""Functions made of the expressions of rules, kept for the next snapshot that is judged by the same rules."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from linter.engine.syntax import Node

Made = TypeVar("Made")

MOST = 4096
"""Functions that are kept: several times those of the built-in rules."""
_made: dict[tuple[Hashable, ...], tuple[Sequence[Node], Any]] = {}


def once(make: Callable[..., Made], nodes: Sequence[Node], *more: Hashable) -> Made:
    """Return what `make` makes of nodes and of `more`; of the same nodes it is made only once.

    Nodes belong to a rule, so that nothing changes them; they are kept, so that no others get their identity.
    """
    name = (make, *more, *map(id, nodes))
    found = _made.get(name)
    if found is None:
        if len(_made) >= MOST:
            _made.clear()
        found = _made[name] = nodes, make(nodes, *more)
    return found[1]
