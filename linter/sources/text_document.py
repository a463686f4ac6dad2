"""Plain text, addressed by line: the pointer `/0` is the first line, the empty pointer is all of the text."""

from collections.abc import Sequence
from pathlib import Path

from linter.sources.interface import Cell, Member
from linter.sources.lines import BYTE_ORDER_MARK, Lines
from linter.sources.paths import split
from linter.sources.problem import Parsed, ParseProblem
from linter.sources.region import Region


class TextDocument:
    """A plain text file. With `kind='file'` and no text it stands for a file whose content is not shown."""

    cell: Cell | None = None

    def __init__(
        self,
        id: str,  # noqa: A002 - the name of the property that every document has
        path: Path,
        shown: str,
        text: str,
        digest: str,
        kind: str = "text",
        problem: ParseProblem | None = None,
    ) -> None:
        self.id = id
        self.path = path
        self.shown = shown
        self.text = text
        self.digest = digest
        self.kind = kind
        self.problem = problem

    def region(self, pointer: str) -> Region:
        """Return where a line stands, without the white space around it; else where all text does."""
        lines = Lines(self.text)
        if self.problem is not None:
            return lines.region(self.problem.offset, self.problem.offset)
        spans = self._spans()
        token = next(iter(split(pointer)), "")
        if token.isdecimal() and int(token) < len(spans):
            return lines.region(*spans[int(token)])
        return lines.region(*_stripped(self.text, 0, len(self.text)))

    def members(self, pointer: str) -> Sequence[Member]:
        """Return the lines of the text."""
        if pointer or self.problem is not None:
            return ()
        return [Member(index, None, span) for index, span in enumerate(self._spans())]

    def _spans(self) -> list[tuple[int, int]]:
        spans, start = [], 0
        for line in self.text.split("\n"):
            spans.append(_stripped(self.text, start, start + len(line)))
            start += len(line) + 1
        return spans


def parse_text(text: str) -> Parsed:
    """Return the text without a byte order mark."""
    value = text.removeprefix(BYTE_ORDER_MARK)
    return Parsed(value, None, empty=not value.strip())


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    blank = " \t\r\n" + BYTE_ORDER_MARK
    while start < end and text[start] in blank:
        start += 1
    while start < end and text[end - 1] in blank:
        end -= 1
    return start, end
