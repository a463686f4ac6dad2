"""Lengths of time as rule files and configurations write them."""

import re
from typing import Any

_UNITS = {"ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000, "d": 86_400_000}
_WORDS = "ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?"
_MEANT = rf"(?i)\s*[+-]?[\d.,]+\s*({_WORDS})\s*"


def milliseconds(value: Any) -> Any:
    """Turn `7 d`, `24 h`, `5 min`, `30 s` or `10 ms` into milliseconds; return anything else as it is."""
    if not isinstance(value, str):
        return value
    amount, _, unit = value.strip().partition(" ")
    if unit not in _UNITS or not amount.replace(".", "", 1).isdecimal():
        return value
    return round(float(amount) * _UNITS[unit])


def mistake_in_duration(value: Any) -> str | None:
    """Return why a text that is meant as a length of time is none, for example `5 mins` or `-1 h`."""
    if isinstance(value, str) and re.fullmatch(_MEANT, value) and milliseconds(value) == value:
        return f"`{value}` is no length of time: write a number, a space and one of {', '.join(_UNITS)}"
    return None
