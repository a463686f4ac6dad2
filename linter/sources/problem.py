"""What parsing a text comes to: a value, or a problem with its place."""

from typing import Any, NamedTuple

from linter.sources.lines import Lines


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
