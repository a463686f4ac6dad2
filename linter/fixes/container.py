"""One JSON object or array in its text: where children, commas and lines are."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from linter.fixes.style import Style
from linter.sources.interface import Json

_TRIVIA = re.compile(r"//[^\r\n\u2028\u2029]*|/\*.*?\*/|[\s\ufeff]+", re.DOTALL)


class Conflict(Exception):  # noqa: N818 - it is an answer about the edits, not an error of the program
    """Why the edits cannot be made."""


class Replacement(NamedTuple):
    """`text` takes the place of the characters from `start` up to `end` (offsets in code points, from 0)."""

    start: int
    end: int
    text: str


class New(NamedTuple):
    """A child to be added: a member if it has a name, else an element."""

    name: str | None
    value: Json


class Container(NamedTuple):
    """An object or array from `start` to `end`; `children` has the offsets of each, key included."""

    text: str
    start: int
    end: int
    children: Sequence[tuple[int, int]]
    style: Style

    def comma_after(self, index: int) -> int:
        """Return the offset of the comma behind a child, -1 if there is none."""
        offset = self.children[index][1]
        while trivia := _TRIVIA.match(self.text, offset, self.end):
            offset = trivia.end()
        return offset if self.text[offset] == "," else -1

    def after(self, index: int) -> int:
        """Return the offset behind a child and its comma."""
        return max(self.children[index][1], self.comma_after(index) + 1)

    def indent(self, offset: int) -> str | None:
        """Return the indentation before an offset, `None` if something else stands before it."""
        line = self.text.rfind("\n", 0, offset) + 1
        blanks = self.text[line:offset]
        return blanks if line > self.start and not blanks.strip(" \t") else None

    def is_blank(self, start: int, end: int) -> bool:
        """Tell whether there are only blanks and commas between two offsets."""
        return not self.text[start:end].strip(" \t\r\n,")

    def render(self, items: Sequence[New], indent: str | None) -> str:
        """Return new children with commas between them, each on a line of its own if `indent` is given."""
        style = self.style
        between = style.comma if indent is None else f",{style.newline}{indent}"
        return between.join(
            style.value(item.value, indent if style.unit else None)
            if item.name is None
            else style.member(item.name, item.value, indent if style.unit else None)
            for item in items
        )
