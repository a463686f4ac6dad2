"""How a JSON text is laid out, so that what is added looks like what is there."""

import json
import re
from collections.abc import Sequence
from typing import NamedTuple

from linter.sources.interface import Document, Json, Member

_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*", re.ASCII)
_NEXT_INDENT = re.compile(r"\n(?:[ \t\r]*\n)*([ \t]+)[^\s\]}]")


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


def style_of(document: Document, opening: int, siblings: Sequence[Member]) -> Style:
    """Return the style at the object or array that opens at offset `opening` and has these children."""
    text, (start, end) = document.text, document.region("")
    first_break = text.find("\n", start.offset, end.offset)
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
