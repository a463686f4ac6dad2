"""One JSON object or array in its text: its children, commas, lines and style, for what is added to it."""

import json
import re
from collections.abc import Sequence
from typing import NamedTuple

from linter.sources.interface import Document, Json, Member


class Style(NamedTuple):
    """The layout of a document.

    `unit` is one step of indentation, empty for a document on one line; `colon` and `comma` separate on one
    line; `bare_keys` tells whether keys stand without quotes where they can (JSON5).
    """

    newline: str
    unit: str
    colon: str
    comma: str
    bare_keys: bool

    def value(self, value: Json, indent: str | None) -> str:
        """Render a value, over several lines if `indent`, that of its first line, is given."""
        text = json.dumps(
            value,
            ensure_ascii=False,
            indent=None if indent is None else self.unit,
            separators=(self.comma if indent is None else ",", self.colon),
        )
        return text if indent is None else text.replace("\n", self.newline + indent)

    def member(self, name: str, value: Json, indent: str | None) -> str:
        """Render a member of an object in the same way."""
        bare = self.bare_keys and _IDENTIFIER.fullmatch(name)
        key = name if bare else json.dumps(name, ensure_ascii=False)
        return key + self.colon + self.value(value, indent)


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


_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*", re.ASCII)
_NEXT_INDENT = re.compile(r"\n(?:[ \t\r]*\n)*([ \t]+)[^\s\]}]")


def style_of(document: Document, opening: int, siblings: Sequence[Member]) -> Style:
    """Return the style at the object or array that opens at offset `opening` and has these children."""
    text, first_break = document.text, document.first_break
    indent = _NEXT_INDENT.match(text, first_break) if first_break >= 0 else None
    keyed = next((member for member in siblings if member.key), None)
    if keyed and keyed.key:
        colon = text[keyed.key[1] : keyed.value[0]]
    else:
        colon = ":" if text[opening - 1 : opening] == ":" else ": "
    if colon.strip() != ":" or "\n" in colon:
        colon = ": "
    return Style(
        newline="\r\n" if first_break > 0 and text[first_break - 1] == "\r" else "\n",
        unit=indent[1] if indent else "",
        colon=colon,
        comma=_comma(text, siblings) or (", " if colon.endswith(" ") else ","),
        bare_keys=bool(keyed and keyed.key and text[keyed.key[0]] not in "\"'"),
    )


def line_indent(text: str, offset: int) -> str:
    """Return the blanks that begin the line of an offset."""
    line = text[text.rfind("\n", 0, offset) + 1 : offset].removeprefix("\ufeff")
    return line[: len(line) - len(line.lstrip(" \t"))]


def _comma(text: str, siblings: Sequence[Member]) -> str:
    """Return the comma, with its blanks, between the first two children if they share a line."""
    if len(siblings) < 2:
        return ""
    second = siblings[1].key or siblings[1].value
    gap = text[siblings[0].value[1] : second[0]]
    return gap.lstrip(" \t") if gap.strip(" \t") == "," else ""
