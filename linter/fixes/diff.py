"""What a fix changes, for people: a unified diff with secrets masked and long lines cut to the change."""

from bisect import bisect_left
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from linter.fixes.container import Replacement
from linter.fixes.edit import apply
from linter.fixes.plan import FileChange
from linter.sources.excerpt import excerpt
from linter.sources.interface import Document
from linter.sources.positions import Position, Region
from linter.sources.text_document import TextDocument
from linter.sources.tree_document import TreeDocument

_CONTEXT = 3


class _Line(NamedTuple):
    """A line of a text: where it starts, what it says, and the offset that must be shown of it."""

    start: int
    text: str
    focus: int


def diff(change: FileChange) -> Iterator[str]:
    """Yield the hunks of the diff of one file, line by line. It is no patch: secrets are gone."""
    before = change.document
    assert isinstance(before, TreeDocument | TextDocument), "only such documents are changed"
    after = type(before)(before.id, before.path, before.shown, change.after(), "", before.kind)
    moved, added = 0, 0  # characters and lines by which what follows has moved
    for start, end, inside in _windows(before.text, change.replacements):
        number = before.text.count("\n", 0, start) + 1
        changed = apply(before.text[start:end], [_shifted(one, -start) for one in inside])
        old = _lines(before.text[start:end], start, [one.start for one in inside])
        new = _lines(changed, start + moved, _starts_after(inside, moved))
        yield f"@@ -{number},{len(old)} +{number + added},{len(new)} @@"
        yield from _hunk(before, after, old, new)
        moved += len(changed) - (end - start)
        added += len(new) - len(old)


def _windows(text: str, replacements: tuple[Replacement, ...]) -> list[tuple[int, int, list[Replacement]]]:
    """Return the whole lines around replacements; windows that meet are one."""
    result: list[tuple[int, int, list[Replacement]]] = []
    for one in replacements:
        start, end = one.start, max(one.start, one.end - 1)
        for _ in range(_CONTEXT + 1):
            start = text.rfind("\n", 0, max(start, 0)) if start >= 0 else -1
            end = text.find("\n", end) + 1 or len(text)
        start += 1
        if result and start <= result[-1][1]:
            first, _, inside = result.pop()
            result.append((first, end, [*inside, one]))
        else:
            result.append((start, end, [one]))
    return result


def _shifted(replacement: Replacement, by: int) -> Replacement:
    return Replacement(replacement.start + by, replacement.end + by, replacement.text)


def _starts_after(replacements: list[Replacement], moved: int) -> list[int]:
    """Return where the replacements stand in the changed text."""
    starts = []
    for one in replacements:
        starts.append(one.start + moved)
        moved += len(one.text) - (one.end - one.start)
    return starts


def _lines(text: str, start: int, focuses: list[int]) -> list[_Line]:
    """Split a window that stands at offset `start` of its text."""
    result = []
    for line in text.removesuffix("\n").split("\n"):
        nearest = bisect_left(focuses, start)
        inside = nearest < len(focuses) and focuses[nearest] <= start + len(line)
        result.append(_Line(start, line, focuses[nearest] if inside else start))
        start += len(line) + 1
    return result


def _hunk(before: Document, after: Document, old: list[_Line], new: list[_Line]) -> Iterator[str]:
    matcher = SequenceMatcher(None, [it.text for it in old], [it.text for it in new], autojunk=False)
    for kind, first, last, first_new, last_new in matcher.get_opcodes():
        if kind == "equal":
            yield from (f" {_masked(before, line)}" for line in old[first:last])
            continue
        yield from (f"-{_masked(before, line)}" for line in old[first:last])
        yield from (f"+{_masked(after, line)}" for line in new[first_new:last_new])


def _masked(document: Document, line: _Line) -> str:
    start, end = line.focus, max(line.focus, line.start + len(line.text))
    column = start - line.start + 1
    rest = Region(Position(1, column, start), Position(1, column + end - start, end))
    return excerpt(document, rest).text
