"""The summary of a fleet for people: as text for a terminal, and as Markdown for a job's page."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linter.printable import printable
from linter.reports.markup import escaped
from linter.reports.wording import amount
from linter.reports.wrapping import BOLD, Painter, wrapped
from linter.snapshot.redact import scrub
from linter.views.fleet import Findings, Fleet, Machine

_MOST_VERSIONS = _MOST_CAUSES = 20
_MOST_SHARED = 50


class _Section(NamedTuple):
    """A heading with a table: its columns, its rows, and how many rows more there are."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    more: int


def fleet_text(fleet: Fleet, width: int, paint: Painter) -> str:
    """Return the summary as text."""
    blocks = [
        "\n".join(line for said in _sentences(fleet) for line in wrapped(_shown(said), width, "", "  "))
    ]
    for section in _sections(fleet):
        lines = [paint(section.title, BOLD)]
        room = max(len(_shown(row[0])) for row in section.rows)
        for first, *rest in section.rows:
            lines += wrapped(
                f"{_shown(first):>{room}}  {_shown('  '.join(rest))}", width, "  ", " " * (room + 4)
            )
        if section.more:
            lines.append(f"  and {section.more} more")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def fleet_markdown(fleet: Fleet) -> str:
    """Return the summary as Markdown."""
    blocks = ["## authlint fleet", " ".join(escaped(scrub(said)) for said in _sentences(fleet))]
    for section in _sections(fleet):
        table = [section.columns, tuple("---" for _ in section.columns)]
        lines = [f"| {' | '.join(row)} |" for row in table]
        lines += [f"| {' | '.join(escaped(scrub(cell)) for cell in row)} |" for row in section.rows]
        blocks += [f"### {section.title}", "\n".join(lines)]
        if section.more:
            blocks.append(f"And {section.more} more.")
    return "\n\n".join(blocks) + "\n"


def _shown(text: str) -> str:
    return printable(scrub(text))


def _sentences(fleet: Fleet) -> Iterator[str]:
    """Yield the answer first, then what it rests on."""
    states, found = fleet.states, fleet.findings
    shared = sum(one.severity != "note" for one in fleet.shared)
    yield (
        f"{amount(shared, 'problem') if shared else 'No problems'} between machines; "
        f"{amount(states.error, 'machine has', 'machines have')} errors, {states.warning} warnings only, "
        f"{states.note + states.clean} neither."
    )
    yield (
        f"Read {amount(fleet.snapshots, 'snapshot')} of {amount(fleet.machines, 'machine')}:"
        f" {_counts(found)}."
    )
    if fleet.names > 1:
        yield (
            f"Names were replaced with {fleet.names} different keys, so people cannot be compared;"
            " save all snapshots with one `--key`."
        )
    for problem in fleet.problems:
        yield f"A rule could not be evaluated: {problem}."


def _sections(fleet: Fleet) -> Iterator[_Section]:
    shared = [(one.severity, f"{one.message} [{one.rule} {one.fingerprint[:8]}]") for one in fleet.shared]
    yield from _section("Between machines", ("severity", "finding"), shared, _MOST_SHARED)
    causes = [(str(one.machines), f"{one.title} [{one.kind}]") for one in fleet.causes]
    yield from _section("Causes, by number of machines", ("machines", "cause"), causes, _MOST_CAUSES)
    worst = [(one.host or "unnamed", _counts(one), one.snapshot) for one in fleet.worst]
    yield from _section("Worst machines", ("machine", "findings", "snapshot"), worst, len(worst))
    versions = [(str(one.machines), one.name) for one in fleet.versions]
    yield from _section("Versions of OpenClaw", ("machines", "version"), versions, _MOST_VERSIONS)
    unread = [(one.snapshot, one.reason) for one in fleet.unread]
    yield from _section("Could not be read", ("snapshot", "reason"), unread, fleet.states.unread)


def _section(
    title: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], most: int
) -> Iterator[_Section]:
    if rows:
        yield _Section(title, columns, rows[:most], len(rows) - len(rows[:most]))


def _counts(found: Findings | Machine) -> str:
    words = ((found.errors, "error"), (found.warnings, "warning"), (found.notes, "note"))
    return ", ".join(amount(number, word) for number, word in words if number) or "no findings"
