"""What an upgrade of OpenClaw calls by another name: the provider of Codex logins, and main's store."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Renaming = Callable[[str], str]

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
