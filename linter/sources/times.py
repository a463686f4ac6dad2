"""Times as programs write them, in milliseconds since the epoch."""

from datetime import UTC, datetime
from typing import Any

_MILLISECONDS_FROM = 10**11


def to_ms(value: Any) -> int | None:
    """Return a time given as RFC 3339, as seconds or as milliseconds; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, datetime):  # as TOML and YAML give it
        value = value.isoformat()
    if isinstance(value, int | float):
        return _number(value)
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return round(moment.timestamp() * 1000)
    except (ValueError, OverflowError):
        return None


def _number(value: float) -> int | None:
    if not 0 < value < float("inf"):
        return None
    return round(value if value >= _MILLISECONDS_FROM else value * 1000)
