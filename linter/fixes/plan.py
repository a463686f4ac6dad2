"""From a structural fix to the text replacements that make it, or the reason why it is not made."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from linter.engine.finding import Edit, Fix
from linter.fixes.container import Conflict, Replacement
from linter.fixes.edit import apply, replacements
from linter.fixes.text_edit import text_replacements
from linter.sources.documents import Documents
from linter.sources.interface import Document
from linter.sources.text_document import TextDocument


class FileChange(NamedTuple):
    """What a fix changes in one file. It holds only for the text whose digest the document has."""

    document: Document
    replacements: tuple[Replacement, ...]

    def after(self) -> str:
        """Return the changed text."""
        return apply(self.document.text, self.replacements)

    def data(self) -> bytes:
        """Return the bytes of the changed file."""
        return self.after().encode()


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes that make a fix; all of them together or none."""

    fix: Fix
    files: tuple[FileChange, ...]


@dataclass(frozen=True, slots=True)
class SkippedFix:
    """A fix that is not made by editing files, and why."""

    fix: Fix
    reason: str


def plan(fix: Fix, documents: Documents) -> Plan | SkippedFix:
    """Plan a fix on the documents as they were read."""
    if fix.safety == "advice":
        return SkippedFix(fix, fix.reason or "a person has to decide")
    if not fix.edits:
        return SkippedFix(fix, "it is a command to run" if fix.commands else "it has no edits")
    try:
        files = changes_of(fix.edits, documents)
    except Conflict as conflict:
        return SkippedFix(fix, str(conflict))
    return Plan(fix, files) if files else SkippedFix(fix, "there is nothing left to change")


def changes_of(edits: Iterable[Edit], documents: Documents) -> tuple[FileChange, ...]:
    """Return what edits change, by file. Raises Conflict when one cannot be made."""
    files = []
    for source, of_source in _by_source(edits).items():
        document = _editable(source, documents)
        text = isinstance(document, TextDocument)
        changes = text_replacements(document, of_source) if text else replacements(document, of_source)
        if changes:
            files.append(FileChange(document, changes))
    return tuple(files)


def _by_source(edits: Iterable[Edit]) -> dict[str, list[Edit]]:
    grouped: dict[str, list[Edit]] = {}
    for edit in edits:
        grouped.setdefault(edit.source, []).append(edit)
    return grouped


def _editable(source: str, documents: Documents) -> Document:
    document = documents.get(source)
    if document is None:
        raise Conflict(f"{source} was not read")
    if document.kind == "snapshot":
        raise Conflict(f"{document.shown} is a snapshot: fix the state that it was taken of")
    if document.cell is not None:
        raise Conflict(f"{document.shown} is a database, which only OpenClaw writes")
    if document.kind not in ("json", "json5", "text"):
        raise Conflict(f"{document.shown} is neither JSON nor plain text")
    if document.problem is not None:
        raise Conflict(f"{document.shown} does not parse")
    return document
