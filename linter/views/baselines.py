"""What writing down findings has come to, as one value, and as text."""

from collections.abc import Iterator
from typing import NamedTuple

from linter.reports.wording import amount
from linter.reports.wrapping import wrapped


class RevisedBaseline(NamedTuple):
    """A baseline with the number of its findings, and what has changed; `is_new` if there was no file.

    `absent` entries no longer occur and are kept, unless they were to be `removed`.
    """

    path: str
    is_new: bool
    findings: int
    added: int
    changed: int
    removed: int
    absent: int


class Baselines(NamedTuple):
    """The baselines that were brought up to what is there."""

    baselines: tuple[RevisedBaseline, ...]


def baselines_text(found: Baselines, width: int) -> str:
    """Return what each has come to."""
    return "\n".join(line for one in found.baselines for line in _told(one, width))


def _told(one: RevisedBaseline, width: int) -> Iterator[str]:
    parts = {
        "added": one.added,
        "changed": one.changed,
        "removed": one.removed,
        "no longer there (--prune removes them)": one.absent,
    }
    counts = [f"{number} {what}" for what, number in parts.items() if number]
    told = "" if one.is_new else f": {', '.join(counts) or 'nothing to change'}"
    yield from wrapped(f"{one.path}: {amount(one.findings, 'finding')}{told}", width, "", "  ")
