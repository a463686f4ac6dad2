"""Regular expressions that end soon on any text: a part of Python's, checked before they are used.

Python's engine tries every way in which repeated parts can share a text, which may take for ever. Here only
single letters and classes are repeated, at most once (twice in a pattern that begins with `^`), with few
alternatives: the work grows at most with the square of a text, of which only the beginning is looked at.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from re import _constants as op  # type: ignore[attr-defined] # the parts of a pattern have no public names
from re import _parser  # type: ignore[attr-defined] # as above
from typing import Any

_MOST_LETTERS = 4096
_LONGEST = 500
_MOST_WAYS = 4096
_MOST_COPIES = 100
_SINGLE = (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY)
_WAY_OUT = "; use several `matches`, or `starts_with`, `contains` and `ends_with`"


def mistake_in_pattern(pattern: str) -> str | None:
    """Return why a text is no regular expression, or none that is sure to end soon; None if it is."""
    try:
        _compiled(pattern)
    except ValueError as error:
        return str(error)
    return None


def matches(text: str, pattern: str) -> bool:
    """Tell whether a pattern is found in the first 4,096 letters. Raises ValueError for one that is none."""
    return _compiled(pattern).search(text, 0, _MOST_LETTERS) is not None


def captured(text: str, pattern: str) -> str | None:
    """Return what the first group of a pattern matches, else all of the match; None without a match."""
    found = _compiled(pattern).search(text, 0, _MOST_LETTERS)
    return found and found[1 if found.re.groups else 0]


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    if len(pattern) > _LONGEST:
        raise ValueError(f"this pattern has more than {_LONGEST} letters")
    try:
        parts = _parser.parse(pattern)
        compiled = re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"this is no regular expression: {error}") from None
    repeats, ways = _work(parts)
    anchored = pattern.startswith("^") and not any(kind is op.BRANCH for kind, _ in parts)
    if repeats > 1 + anchored:
        raise ValueError(f"this pattern repeats more than {1 + anchored} of its parts{_WAY_OUT}")
    if ways > _MOST_WAYS:
        raise ValueError(f"this pattern has too many alternatives after each other{_WAY_OUT}")
    return compiled


def _work(parts: Iterable[tuple[Any, Any]]) -> tuple[int, int]:
    """Return how many parts are repeated, and in how many ways the others can fit."""
    repeats, ways = 0, 1
    for kind, details in parts:
        inner = (0, 1)
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            inner = _repeated(*details)
        elif kind is op.SUBPATTERN:
            inner = _work(details[-1])
        elif kind is op.BRANCH:
            branches = [_work(branch) for branch in details[1]]
            inner = max(count for count, _ in branches), sum(count for _, count in branches)
        elif kind not in (*_SINGLE, op.AT):
            raise ValueError(f"this pattern looks around or back{_WAY_OUT}")
        repeats, ways = repeats + inner[0], ways * inner[1]
    return repeats, ways


def _repeated(least: int, most: int, part: Any) -> tuple[int, int]:
    repeats, ways = _work(part)
    if most == 1:
        return repeats, ways + 1
    if len(part) == 1 and part[0][0] in _SINGLE:
        return (0, 1) if least == most else (1, 1)
    if least == most <= _MOST_COPIES and (repeats, ways) == (0, 1):
        return 0, 1
    raise ValueError(f"this pattern repeats a group{_WAY_OUT}")
