"""From a structural fix to the text replacements that make it, or the reason why it is not made."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from linter.engine.finding import Edit, Fix
from linter.fixes.container import Conflict, Replacement
from linter.fixes.edit import apply, exists, replacements, text_replacements
from linter.fixes.editable import Editable
from linter.fixes.rights import SUFFIX, Rights, rights_after
from linter.openclaw.session_entries import COLUMN, PIN_FIELDS, TABLE
from linter.sources.interface import Document
from linter.sources.json_document import parse_json
from linter.sources.text_document import TextDocument


class FileChange(NamedTuple):
    """What a fix changes in one file, or one session entry of a database; or what rights it takes.

    It holds only for the text whose digest the document has.
    """

    document: Document
    replacements: tuple[Replacement, ...]
    rights: Rights | None = None

    def after(self) -> str:
        """Return the changed text."""
        return apply(self.document.text, self.replacements)

    def data(self) -> bytes:
        """Return the bytes of the changed file."""
        return self.after().encode()


class Plan(NamedTuple):
    """The changes that make a fix; all of them together or none."""

    fix: Fix
    files: tuple[FileChange, ...]

    @property
    def database(self) -> Path | None:
        """The database that is changed; None when files are."""
        first = self.files[0].document
        return first.path if first.cell else None


class SkippedFix(NamedTuple):
    """A fix that is not made by editing files, and why."""

    fix: Fix
    reason: str


def plan(fix: Fix, editable: Editable, *, sqlite: bool = False) -> Plan | SkippedFix:
    """Plan a fix on the documents as they were read; with `sqlite` also on session entries in databases."""
    if fix.safety == "advice":
        return SkippedFix(fix, fix.reason or "a person has to decide")
    if not fix.edits:
        return SkippedFix(fix, "it is a command to run" if fix.commands else "it has no edits")
    try:
        files = changes_of(fix.edits, editable, sqlite=sqlite)
    except Conflict as conflict:
        return SkippedFix(fix, str(conflict))
    if len({change.document.path if change.document.cell else None for change in files}) > 1:
        return SkippedFix(fix, "it changes more than one database, or a database and files")
    return Plan(fix, files) if files else SkippedFix(fix, "there is nothing left to change")


def changes_of(edits: Iterable[Edit], editable: Editable, *, sqlite: bool = False) -> tuple[FileChange, ...]:
    """Return what edits change, by file. Raises Conflict when one cannot be made."""
    files: list[FileChange] = []
    for source, of_source in _by_source(_copied(edit, editable) for edit in edits).items():
        if any(edit.action == "restrict" for edit in of_source):
            files += _restricted(source, of_source, editable)
            continue
        document = editable.document(source)
        if document.problem is not None:
            raise Conflict(f"{document.shown} does not parse")
        if "\ufffd" in document.text and sha256(document.text.encode()).hexdigest() != document.digest:
            raise Conflict(f"{document.shown} holds bytes that are not UTF-8")
        if document.cell is not None:
            _expect_cleared_pin(document, of_source, sqlite=sqlite)
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


def _copied(edit: Edit, editable: Editable) -> Edit:
    """Return an edit that copies as one that sets the value, and any other as it is."""
    if edit.action != "copy":
        return edit
    source, pointer = edit.value
    whole = editable.known(source)
    if whole.problem is not None or not exists(whole, pointer):
        raise Conflict(f"{whole.shown} has no {pointer} any more")
    start, end = whole.region(pointer)
    return edit._replace(action="set", value=parse_json(whole.text[start.offset : end.offset]).value)


def _restricted(source: str, edits: Iterable[Edit], editable: Editable) -> Iterator[FileChange]:
    editable.place(source + SUFFIX)
    rights = rights_after(editable.known(source), edits)
    if rights:
        yield FileChange(editable.known(source), (), rights)


def _expect_cleared_pin(document: Document, edits: Iterable[Edit], *, sqlite: bool) -> None:
    """Raise Conflict unless edits of a database only remove the pin of a session, and that is wanted."""
    assert document.cell is not None, "a document in a database"
    clears = (document.cell.table, document.cell.column) == (TABLE, COLUMN) and all(
        edit.action == "remove" and edit.pointer.removeprefix("/") in PIN_FIELDS for edit in edits
    )
    if not clears:
        raise Conflict(f"{document.shown} is a database, which only OpenClaw writes")
    if not sqlite:
        raise Conflict(f"{document.shown} is a database, so only with --sqlite")
