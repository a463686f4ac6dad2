"""Edits of a plain text file: a line, or all of the text, set to another."""

from collections.abc import Sequence
from itertools import pairwise

from linter.engine.finding import Edit
from linter.fixes.container import Conflict, Replacement
from linter.sources.interface import Document


def text_replacements(document: Document, edits: Sequence[Edit]) -> tuple[Replacement, ...]:
    """Return what the edits change in the text; white space around what is set stays.

    Raises `Conflict` for what cannot be done to text, or if two edits contradict each other.
    """
    found: dict[tuple[int, int], Replacement] = {}
    for edit in edits:
        if edit.action != "set" or not isinstance(edit.value, str):
            raise Conflict(f"{document.shown} is plain text, of which a line can only be set to another")
        start, end = (position.offset for position in document.region(edit.pointer))
        wanted = Replacement(start, end, edit.value)
        if found.setdefault((start, end), wanted) != wanted:
            raise Conflict(f"{document.shown} would get two values")
    result = sorted(one for one in found.values() if document.text[one.start : one.end] != one.text)
    if any(first.end > second.start for first, second in pairwise(result)):
        raise Conflict("two edits of the fix touch the same line")
    return tuple(result)
