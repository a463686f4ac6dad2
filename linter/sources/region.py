"""Positions and regions of a text."""

from typing import NamedTuple


class Position(NamedTuple):
    """A place in a text. Line and column count from 1, offset from 0, all in Unicode code points."""

    line: int
    column: int
    offset: int


class Region(NamedTuple):
    """A stretch of a text; `end` is the first position behind it."""

    start: Position
    end: Position
