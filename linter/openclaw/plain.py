"""Values of a state as rows may hold them: without secrets, and without depth."""

from functools import lru_cache
from typing import Any

from linter.snapshot.redact import scrub

public = lru_cache(maxsize=1 << 14)(scrub)
"""Return a text without anything that looks like a token. Ids recur, so answers are remembered."""


def text(value: Any) -> str | None:
    """Return a text as stored; None for anything else."""
    return public(value) if isinstance(value, str) else None


def shape(value: Any) -> Any:
    """Return a scalar as stored, and of a container only what kind it is."""
    if isinstance(value, str):
        return public(value)
    if isinstance(value, dict | list):
        return type(value)()
    return value


def members(value: Any) -> dict[str, Any]:
    """Return an object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def folded(name: str) -> str:
    """Return a provider or agent name as it is compared: trimmed, in lower case."""
    return name.strip().lower()
