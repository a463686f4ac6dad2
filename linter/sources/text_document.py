"""Plain text, addressed by line: the pointer `/0` is the first line, the empty pointer is all of the text."""

from collections.abc import Sequence

from linter.sources.interface import Document, Member
from linter.sources.paths import split
from linter.sources.positions import BYTE_ORDER_MARK, Parsed


class TextDocument(Document):
    """A plain text file. With `kind='file'` and no text it stands for a file whose content is not shown."""

    def _span(self, pointer: str) -> tuple[int, int]:
        """Return where a line stands, without the white space around it; else where all text does."""
        spans, token = self._spans(), next(iter(split(pointer)), "")
        if token.isdecimal() and int(token) < len(spans):
            return spans[int(token)]
        return _stripped(self.text, 0, len(self.text))

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
