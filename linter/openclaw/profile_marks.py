"""Profile ids by the marks under which OpenClaw writes them down: hashes, one kind a release line and place.

A mark is one of the id, not of the account that the id stood for at that time.
"""

from collections.abc import Callable, Mapping
from hashlib import sha256

from linter.snapshot.tables import Tables

_NAMED_IN = {
    "profiles": "id",
    "config_profiles": "id",
    "orders": "id",
    "sessions": "authProfileOverride",
    "last_good": "id",
    "usage_stats": "id",
}
_BITS = 0xFFFFFFFF
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

Mark = Callable[[str], str]


def log_mark(name: str) -> str:
    """Return how run logs name a profile: `sha256:` and 12 hex digits."""
    return f"sha256:{sha256(name.encode()).hexdigest()[:12]}"


def replay_mark(name: str) -> str:
    """Return how transcripts name a profile from 2026.5.22 up to 2026.6: 16 hex digits of the SHA-256."""
    return sha256(name.encode()).hexdigest()[:16]


def short_mark(name: str) -> str:
    """Return how transcripts name a profile from 2026.7.1 on: `shortHash` of the package @openclaw/ai.

    Two 32-bit hashes over the UTF-16 code units, mixed with each other, in base 36 without leading zeros.
    """
    first, second = 0xDEADBEEF, 0x41C6CE57
    data = name.encode("utf-16-le", "surrogatepass")
    for low, high in zip(data[::2], data[1::2], strict=True):
        unit = low | high << 8
        first = (first ^ unit) * 2654435761 & _BITS
        second = (second ^ unit) * 1597334677 & _BITS
    first = _mixed(first, 16, 2246822507) ^ _mixed(second, 13, 3266489909)
    second = _mixed(second, 16, 2246822507) ^ _mixed(first, 13, 3266489909)
    return _base36(second) + _base36(first)


def ids_by_mark(tables: Tables, *marks: Mark) -> Mapping[str, str]:
    """Return the ids that anything in the state names, by each of their marks."""
    named = (row[column] for table, column in _NAMED_IN.items() for row in tables[table])
    names = {name for name in named if isinstance(name, str)}
    return {mark(name): name for name in names for mark in marks}


def _mixed(value: int, shift: int, factor: int) -> int:
    return (value ^ value >> shift) * factor & _BITS


def _base36(value: int) -> str:
    digits = ""
    while value or not digits:
        value, digit = divmod(value, 36)
        digits = _DIGITS[digit] + digits
    return digits
