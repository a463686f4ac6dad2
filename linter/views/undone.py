"""What earlier fixes changed and what was taken back of it, as one value, and as text."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from linter.fixes.journal import Run
from linter.fixes.rights import SUFFIX
from linter.printable import printable
from linter.reports.wording import amount
from linter.reports.wrapping import wrapped
from linter.snapshot.redact import scrub


class Change(NamedTuple):
    """Fixes that were made together `at` a time, in ms since the epoch; `changed` are files and entries."""

    number: str
    at: int
    interrupted: bool
    titles: tuple[str, ...]
    changed: tuple[str, ...]


class Undone(NamedTuple):
    """Changes: those that were just taken back, or forgotten, or that can be (`listed`)."""

    what: Literal["undone", "forgotten", "listed"]
    changes: tuple[Change, ...]


def undone(what: Literal["undone", "forgotten", "listed"], runs: Iterable[Run]) -> Undone:
    """Return what was done with runs of fixes, or `listed`."""
    return Undone(what, tuple(map(_change, runs)))


def undone_text(found: Undone, width: int) -> str:
    """Return each change with its titles and files; of those that were forgotten only how many they are."""
    if found.what == "forgotten":
        return f"Deleted the backups of {amount(len(found.changes), 'change')}."
    if not found.changes:
        return "There is nothing to undo."
    lines: list[str] = []
    for change in found.changes:
        moment = f"{datetime.fromtimestamp(change.at / 1000, UTC):%Y-%m-%d %H:%M} UTC"
        head = f"{change.number}  {moment}{'  (interrupted)' if change.interrupted else ''}"
        lines.append(head if found.what == "listed" else "Undone:")
        titles = [
            f"{title} (×{many})" if many > 1 else title for title, many in Counter(change.titles).items()
        ]
        for indent, texts in (("  ", titles), ("    ", change.changed)):
            lines += (one for text in texts for one in wrapped(printable(text), width, indent, f"{indent}  "))
    return "\n".join(lines)


def _change(run: Run) -> Change:
    changed = [
        *(file.source for file in run.files),
        *(f"{run.database}, {entry.key}" for entry in run.entries),
        *(f"{one.source.removesuffix(SUFFIX)}: mode {one.before}" for one in run.rights),
    ]
    return Change(
        run.number,
        run.at,
        run.stage != "done",
        tuple(map(scrub, run.titles)),
        tuple(map(scrub, changed)),
    )
