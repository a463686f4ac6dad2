"""Markdown set for a terminal: the subset that rule pages use, wrapped, with a little colour."""

import re
from collections.abc import Iterator

from linter.reports.wrapping import BOLD, CYAN, DIM, Painter, command_lines, wrapped

_BLOCK = re.compile(r"^(`{3,})[^\n]*\n.*?^\1$|(?:^(?!```)[^\n]+(?:\n|\Z))+", re.DOTALL | re.MULTILINE)
_ITEM = re.compile(r"^- ", re.MULTILINE)
_CODE = re.compile(r"`+([^`]+)`+")
_STRONG = re.compile(r"\*\*([^*]+)\*\*")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_ESCAPE = re.compile(r"<!-- -->|\\([\\`*_\[\]<>#|~&$!])")
_ON = {BOLD: "\x02", CYAN: "\x03"}  # one letter each while lines are wrapped
_OFF = "\x04"


def markdown_text(markdown: str, *, width: int, colour: bool) -> str:
    """Return headings, paragraphs, lists, tables of two columns and code as text, at most `width` wide."""
    setter = _Setter(width, Painter(colour=colour), colour=colour)
    return "\n\n".join(setter.block(match[0].rstrip("\n")) for match in _BLOCK.finditer(markdown)) + "\n"


class _Setter:
    """Sets one block at a time."""

    def __init__(self, width: int, paint: Painter, *, colour: bool) -> None:
        self._width = width
        self._paint = paint
        self._colour = colour

    def block(self, text: str) -> str:
        if text.startswith("```"):
            fence, *lines, _ = text.splitlines()
            return "\n".join(self._code(fence.strip("`"), lines))
        if text.startswith("#"):
            title = self._inline(text.lstrip("# ").replace("`", ""), plain=True)
            lines = wrapped(title.upper() if re.match("## [^`]*$", text) else title, self._width)
            return "\n".join(self._paint(line, BOLD) for line in lines)
        if text.startswith("|"):
            return "\n".join(self._table(text.splitlines()))
        if text.startswith("- "):
            items = _ITEM.split(text)[1:]
            return "\n".join(self._paragraph(item, first="- ", later="  ") for item in items)
        return self._paragraph(text)

    def _code(self, language: str, lines: list[str]) -> Iterator[str]:
        for line in lines:
            if language == "sh":
                yield from command_lines(line, self._width, "    ") if line else [""]
                continue
            code, mark, _ = line.partition("  # <-")
            start = " " * (len(code) - len(code.lstrip()) + 4)
            first, *rest = wrapped(code.strip(), self._width - len(mark), start, f"{start}    ") or [start]
            yield first + (self._paint(mark, BOLD) if mark else "")
            yield from rest

    def _table(self, lines: list[str]) -> Iterator[str]:
        rows = [[cell.strip() for cell in line.strip("|").split("|", 1)] for line in lines]
        named = [(name, text) for name, text in rows if name and not name.startswith("---")]
        column = min(max(len(name) for name, _ in named) + 4, self._width // 2)
        for name, text in named:
            gap, told = column - len(name) - 2, self._paragraph(text.strip(), " " * column, " " * column)
            label = [self._paint(line, DIM) for line in wrapped(name, self._width, "  ")]
            yield "\n".join([*label, told]) if gap < 2 else label[0] + " " * gap + told[column:]

    def _paragraph(self, text: str, first: str = "", later: str = "") -> str:
        joined = "\n".join(wrapped(self._inline(text), self._width, first, later))
        for code, letter in _ON.items():
            joined = joined.replace(letter, f"\x1b[{code}m")
        return joined.replace(_OFF, "\x1b[0m")

    def _inline(self, text: str, *, plain: bool = False) -> str:
        text = _LINK.sub(r"\1", text)
        if self._colour and not plain:
            text = _CODE.sub(rf"{_ON[CYAN]}\1{_OFF}", _STRONG.sub(rf"{_ON[BOLD]}\1{_OFF}", text))
        else:
            text = _STRONG.sub(r"\1", text)
        return _ESCAPE.sub(lambda found: found[1] or "", text)
