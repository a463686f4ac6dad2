"""Places in a text: an offset as line and column, regions, and where parsing failed."""

from typing import Any, NamedTuple


class Position(NamedTuple):
    """A place in a text. Line and column count from 1, offset from 0, all in Unicode code points."""

    line: int
    column: int
    offset: int


class Region(NamedTuple):
    """A stretch of a text; `end` is the first position behind it."""

    start: Position
    end: Position


_BLOCK = 1 << 12
BYTE_ORDER_MARK = "\ufeff"


class Lines:
    """Finds line and column of offsets in one text.

    Lines end with a line feed (a carriage return before it belongs to the line). A byte order mark has an
    offset, but no column of its own: the character behind it is in column 1, where editors show it.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._first = 1 if text.startswith(BYTE_ORDER_MARK) else 0
        self._blocks: list[tuple[int, int]] | None = None

    def position(self, offset: int) -> Position:
        """Return the position at an offset, which is clamped to the text."""
        offset = min(max(offset, 0), len(self._text))
        line, start = self._marks()[offset // _BLOCK]
        block = offset - offset % _BLOCK
        line += self._text.count("\n", block, offset)
        start = max(start, self._text.rfind("\n", block, offset) + 1)
        return Position(line, max(offset - start, 0) + 1, offset)

    def region(self, start: int, end: int) -> Region:
        """Return the region between two offsets."""
        return Region(self.position(start), self.position(end))

    def _marks(self) -> list[tuple[int, int]]:
        """Per block of text: the line it begins in and where that line begins. Built once, in one pass."""
        if self._blocks is None:
            line, start = 1, self._first
            self._blocks = [(line, start)]
            for block in range(0, len(self._text), _BLOCK):
                line += self._text.count("\n", block, block + _BLOCK)
                start = max(start, self._text.rfind("\n", block, block + _BLOCK) + 1)
                self._blocks.append((line, start))
        return self._blocks


class ParseProblem(NamedTuple):
    """What is wrong and where (line and column from 1, offset from 0); never any content of the file."""

    message: str
    line: int
    column: int
    offset: int


class Parsed(NamedTuple):
    """A value, or the problem that there is instead; `empty` when the text is nothing but white space."""

    value: Any
    problem: ParseProblem | None
    empty: bool = False


def problem_at(text: str, offset: int, message: str) -> ParseProblem:
    """Return the problem at an offset of a text."""
    position = Lines(text).position(offset)
    return ParseProblem(message, position.line, position.column, position.offset)
