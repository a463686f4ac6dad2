"""Edits of one document, JSON, JSON5 or plain text, as the smallest text replacements.

Pointers and indices of all edits mean the document as it is, before any of them.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from linter.engine.finding import Edit
from linter.fixes.children import change_children
from linter.fixes.container import Conflict, Container, New, Replacement, line_indent, style_of
from linter.sources.interface import Document, Member
from linter.sources.paths import split


class _Changes(NamedTuple):
    """What becomes of the children of one container."""

    removed: set[str]
    added: dict[str, Edit]
    inserted: list[Edit]


def replacements(document: Document, edits: Sequence[Edit]) -> tuple[Replacement, ...]:
    """Return what the edits change in the text, in its order, without overlap.

    Removing what is not there and setting what is there already change nothing. Raises `Conflict` if the
    place of an edit is gone, or if two edits contradict each other.
    """
    found: list[Replacement] = []
    containers: dict[str, _Changes] = {}
    for edit in edits:
        if edit.action == "set" and exists(document, edit.pointer):
            found.append(_set(document, edit))
            continue
        if not edit.pointer:
            raise Conflict(f"{document.shown} cannot be removed as a whole")
        parent, _, _ = edit.pointer.rpartition("/")
        changes = containers.setdefault(parent, _Changes(set(), {}, []))
        if edit.action == "insert":
            changes.inserted.append(edit)
        elif edit.action == "remove":
            changes.removed.add(_name(edit))
        elif changes.added.setdefault(_name(edit), edit) != edit:
            raise Conflict(f"{edit.pointer} would get two values")
    for pointer, changes in containers.items():
        found += _change(document, pointer, changes)
    return _merged(document.text, found)


def apply(text: str, changes: Iterable[Replacement]) -> str:
    """Return the text with the replacements made."""
    parts, done = [], 0
    for change in changes:
        parts += [text[done : change.start], change.text]
        done = change.end
    return "".join([*parts, text[done:]])


def exists(document: Document, pointer: str) -> bool:
    """Tell whether there is a value at a pointer: what does not exist has the region of its parent."""
    return not pointer or document.region(pointer) != document.region(pointer.rpartition("/")[0])


def _set(document: Document, edit: Edit) -> Replacement:
    text, (start, end) = document.text, document.region(edit.pointer)
    old = text[start.offset : end.offset]
    style = style_of(document, start.offset, ())
    on_one_line = not style.unit or (old[:1] in "[{" and old[1:-1].strip() and "\n" not in old)
    new = style.value(edit.value, None if on_one_line else line_indent(text, start.offset))
    return Replacement(start.offset, end.offset, new)


def _change(document: Document, pointer: str, changes: _Changes) -> list[Replacement]:
    if not exists(document, pointer):
        if changes.added or changes.inserted:
            raise Conflict(f"{document.shown} has no {pointer} any more")
        return []
    start, end = (position.offset for position in document.region(pointer))
    opening = document.text[start : start + 1]
    children = document.members(pointer)
    wanted = "[" if changes.inserted else "{" if changes.added else opening
    if opening not in ("[", "{") or opening != wanted:
        kind = "an array" if wanted == "[" else "an object"
        raise Conflict(f"{pointer or 'the top'} of {document.shown} is not {kind}")
    container = Container(
        document.text,
        start,
        end,
        [((child.key or child.value)[0], child.value[1]) for child in children],
        style_of(document, start, children),
    )
    removed = {index for index, child in enumerate(children) if str(child.name) in changes.removed}
    added = {len(children): [New(name, edit.value) for name, edit in changes.added.items()]}
    for edit in changes.inserted:
        added.setdefault(_index(edit, children), []).append(New(None, edit.value))
    return change_children(container, removed, added)


def _name(edit: Edit) -> str:
    return split(edit.pointer)[-1]


def _index(edit: Edit, children: Sequence[Member]) -> int:
    name = _name(edit)
    if name == "-":
        return len(children)
    if not name.isdigit() or int(name) > len(children):
        raise Conflict(f"{edit.pointer} is not a place in an array of {len(children)}")
    return int(name)


def _merged(text: str, found: list[Replacement]) -> tuple[Replacement, ...]:
    """Join replacements that touch, and leave out those that change nothing."""
    result: list[Replacement] = []
    for change in sorted(dict.fromkeys(found), key=lambda change: (change.start, change.end)):
        if result and change.start < result[-1].end:
            raise Conflict("two edits of the fix touch the same value")
        if result and change.start == result[-1].end:
            result[-1] = Replacement(result[-1].start, change.end, result[-1].text + change.text)
        else:
            result.append(change)
    return tuple(change for change in result if text[change.start : change.end] != change.text)


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
