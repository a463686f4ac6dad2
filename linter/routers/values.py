"""Values that other tools wrote, as rows may hold them; anything of another type is left out."""

from typing import Any

from linter.snapshot.redact import scrub


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
