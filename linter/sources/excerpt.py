"""One source line of a document, with every secret masked and a caret span under a region."""

import re
from typing import NamedTuple

from linter.printable import printable_in_place
from linter.sources.interface import Document
from linter.sources.masking import MASK, Masked, masked, masked_in_torn
from linter.sources.positions import BYTE_ORDER_MARK, Region

_WIDTH = 100
_LEAD = 30  # columns kept before the caret when a line is cut
_LONG = 400  # a longer line is not read from its start; nor is it masked beyond that
_CUT = "…"
_KEY_BEFORE = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\w$]+)\s*[:=]\s*\Z""")


class Excerpt(NamedTuple):
    """A line fit to be shown, and the columns (from 0, the end exclusive) of the region in it.

    `line_number` is None in a database cell, where lines mean nothing.
    """

    line_number: int | None
    text: str
    caret_start: int
    caret_end: int


def excerpt(document: Document, region: Region) -> Excerpt:
    """Return the line that a region starts in; of a long line or a cell, the member that the region is."""
    start, end, torn = _view(document, region)
    text = document.text[start:end].rstrip()
    cut = end - region.start.offset == _LONG
    places = list(masked_in_torn(text) if torn else masked(text, cut=cut))
    caret_start = _column(places, region.start.offset - start)
    caret_end = _column(places, min(region.end.offset - start, len(text)), at_end=True)
    number = None if document.cell is not None else region.start.line
    line = printable_in_place(_covered(text, places))
    return narrowed(Excerpt(number, line, caret_start, max(caret_start, caret_end)), _WIDTH)


def _view(document: Document, region: Region) -> tuple[int, int, bool]:
    """Choose what to show: offsets of its start and end, and whether strings cannot be told apart there."""
    text, offset = document.text, region.start.offset
    start = text.rfind("\n", max(offset - _LONG, 0), offset) + 1
    begun = start > 0 or offset <= _LONG
    if start == 0 and text.startswith(BYTE_ORDER_MARK):
        start = min(1, offset)
    end = text.find("\n", offset, offset + _LONG)
    if end < 0:
        end = min(offset + _LONG, len(text))
    if document.problem is not None:
        return start if begun else offset, end, True
    if document.cell is not None or not begun or end - start > _LONG:
        return _member_start(text, offset), min(region.end.offset, end), False
    continued = text[max(start - 3, 0) : start].rstrip("\r\n").endswith("\\")  # a string, in JSON5
    return start, end, continued


def _member_start(text: str, offset: int) -> int:
    """Return where the key of the value at an offset starts; the offset itself in an array."""
    window = max(offset - _LONG, 0)
    match = _KEY_BEFORE.search(text[window:offset])
    return window + match.start() if match else offset


def _covered(text: str, places: list[Masked]) -> str:
    parts, position = [], 0
    for place in places:
        parts += [text[position : place.start], MASK]
        position = place.end
    return "".join([*parts, text[position:]])


def _column(places: list[Masked], offset: int, *, at_end: bool = False) -> int:
    """Return the column of an offset after masking; inside of a mask, that of its start or end."""
    moved = 0
    for place in places:
        if offset <= place.start:
            break
        if offset < place.end:
            return place.start + moved + (len(MASK) if at_end else 0)
        moved += len(MASK) - (place.end - place.start)
    return offset + moved


def narrowed(shown: Excerpt, width: int) -> Excerpt:
    """Cut a line to a width around its caret."""
    if len(shown.text) <= width:
        return shown
    left = max(0, min(shown.caret_start - min(_LEAD, width // 3), len(shown.text) - width))
    text = shown.text[left : left + width]
    if left:
        text = _CUT + text[1:]
    if left + width < len(shown.text):
        text = text[:-1] + _CUT
    start = shown.caret_start - left
    return Excerpt(shown.line_number, text, start, min(shown.caret_end - left, len(text)))
