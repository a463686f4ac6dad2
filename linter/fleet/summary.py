"""The summary of a fleet, from its counts and from what its machines share."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from linter.engine.finding import Cause, Finding, RuleProblem
from linter.engine.pack import Pack
from linter.engine.vocabulary import singular
from linter.reports.causes import title_of
from linter.reports.interface import Report
from linter.snapshot.tables import BETWEEN_MACHINES, Row, Tables
from linter.views.fleet import CommonCause, Count, Findings, Fleet, Machine, Shared, States, Unread


class Tally(NamedTuple):
    """Counts of some snapshots, the worst of them, and the first that could not be read.

    `problems` has the first of each rule that could not be evaluated.
    """

    snapshots: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    unread_count: int = 0
    worst: tuple[Machine, ...] = ()
    unread: tuple[Unread, ...] = ()
    problems: tuple[RuleProblem, ...] = ()


COUNTED = ("machine", "state", "version", "names", "cause")
"""What is counted by machine, beside what is compared."""
REAL_NAMES = "real"
"""Stands for the mark of names that were not replaced."""


def summarised(
    tally: Tally, rows: Sequence[tuple[str, Row]], pack: Pack, report: Report, tables: Tables
) -> Fleet:
    """Return the summary; `rows` have the counts, `report` is on what machines share, in `tables`."""
    counts: dict[str, list[Count]] = {what: [] for what in COUNTED}
    for what, row in rows:
        if what in counts:
            counts[what].append(Count(row["value"], row["hosts"]))
    for found in counts.values():
        found.sort(key=lambda one: (-one.machines, one.name))
    states = {one.name: one.machines for one in counts["state"]}
    titles = {rule.id: rule.title for rule in pack.rules}
    problems = {one.rule: one.message for one in (*report.failed(), *tally.problems)}
    return Fleet(
        tally.snapshots,
        sum(one.machines for one in counts["machine"]),
        States(*(states.get(name, 0) for name in States._fields)),
        Findings(tally.errors, tally.warnings, tally.notes),
        tuple(_shared(finding, tables) for finding in report.in_order()),
        tuple(
            CommonCause(kind, title_of(Cause(kind, "…"), pack.causes, 2) or titles.get(kind, kind), number)
            for kind, number in counts["cause"]
        ),
        tally.worst,
        tuple(counts["version"]),
        sum(one.name != REAL_NAMES for one in counts["names"]),
        tally.unread,
        tuple(f"{rule}: {message}" for rule, message in problems.items()),
    )


def involved(finding: Finding, tables: Tables) -> list[Row]:
    """Return the rows that a finding between machines is about, one of each machine."""
    kind = finding.subject[-1][0] if finding.subject else ""
    rows = next((tables[name] for name in BETWEEN_MACHINES if singular(name) == kind), [])
    places = {place[:2] for place in (finding.location, *finding.related)}
    about = [row for row in rows if (row["at"]["source"], row["at"]["pointer"]) in places]
    return list({row["host"]: row for row in reversed(about)}.values())[::-1]


def _shared(finding: Finding, tables: Tables) -> Shared:
    rows = involved(finding, tables)
    kind = finding.subject[-1][0]
    apart = next((columns for name, (_, columns) in BETWEEN_MACHINES.items() if singular(name) == kind), ())
    parts = {tuple(row[column] for column in apart): row["hosts"] for row in rows}
    return Shared(
        finding.rule,
        finding.severity,
        finding.message,
        finding.fingerprint,
        tuple(row["host"] for row in rows),
        sum(parts.values()),
    )


MOST_SHOWN = 20
"""Machines, and snapshots that could not be read, that are named one by one."""


def of_machine(machine: Machine, problems: Iterable[RuleProblem]) -> Tally:
    """Return the counts of one snapshot."""
    errors, warnings, notes = machine[2:]
    worst = (machine,) if errors or warnings else ()
    return Tally(1, errors, warnings, notes, worst=worst, problems=tuple(problems))


def of_unread(unread: Unread) -> Tally:
    """Return the counts of one snapshot that could not be read."""
    return Tally(1, unread_count=1, unread=(unread,))


def added(tallies: Sequence[Tally]) -> Tally:
    """Return the sum of tallies."""
    snapshots, errors, warnings, notes, missed = map(sum, zip(*(one[:5] for one in tallies), strict=True))
    machines = sorted((one for tally in tallies for one in tally.worst), key=_badness)
    unread = [one for tally in tallies for one in tally.unread]
    problems = {one.rule: one for tally in reversed(tallies) for one in reversed(tally.problems)}
    worst, first = tuple(machines[:MOST_SHOWN]), tuple(unread[:MOST_SHOWN])
    return Tally(snapshots, errors, warnings, notes, missed, worst, first, tuple(problems.values()))


def _badness(machine: Machine) -> tuple[int, int, str]:
    return -machine.errors, -machine.warnings, machine.snapshot
