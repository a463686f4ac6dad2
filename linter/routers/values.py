"""Values that other tools wrote, as rows may hold them; anything of another type is left out."""

import re
from collections.abc import Iterator
from typing import Any

from linter.snapshot.redact import has_token, scrub

_SECRET = re.compile(
    r"token|secret|passw|passphrase|cookie|authorization|bearer|(?:api|private)[_-]?key"
    r"|^(?:access|refresh|jwt|credential|auth)$",
    re.IGNORECASE,
)
_ABOUT_ONE = re.compile(r"(?:hash|fingerprint|digest|sha256|id|type|name|at|expires|expiry)$", re.IGNORECASE)
_SHORTEST = 6  # letters of a secret


def secrets_in(value: Any, name: str = "") -> Iterator[str]:
    """Yield the texts and numbers of a parsed file that are secrets by their name or shape."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from secrets_in(child, str(key))
    elif isinstance(value, list):
        for child in value:
            yield from secrets_in(child, name)
    elif isinstance(value, str | int) and len(text := str(value)) >= _SHORTEST:
        named = _SECRET.search(name) and not _ABOUT_ONE.search(name)
        if named or has_token(text):
            yield text


def shown_text(value: Any) -> str | None:
    """Return a public text, trimmed, and masked where it looks like a secret all the same; else None."""
    return scrub(value.strip()) if isinstance(value, str) and value.strip() else None


def texts(value: Any) -> list[str]:
    """Return the texts of a list; other elements, and anything but a list, are left out."""
    return [scrub(item.strip()) for item in elements(value) if isinstance(item, str)]


def elements(value: Any) -> list[Any]:
    """Return a list; an empty one for anything else."""
    return value if isinstance(value, list) else []


def number(value: Any) -> float | None:
    """Return a number; None for anything else, true and false included."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def count(value: Any) -> int | None:
    """Return a whole number; None for anything else, true and false included."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None
