"""Lengths of time as rule files and configurations write them."""

from typing import Any

_UNITS = {"ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000, "d": 86_400_000}


def milliseconds(value: Any) -> Any:
    """Turn `7 d`, `24 h`, `5 min`, `30 s` or `10 ms` into milliseconds; return anything else as it is."""
    if not isinstance(value, str):
        return value
    amount, _, unit = value.strip().partition(" ")
    if unit not in _UNITS or not amount.replace(".", "", 1).isdecimal():
        return value
    return round(float(amount) * _UNITS[unit])
