"""What a run over many snapshots adds up to, whatever the order in which its parts are done."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from linter.engine.finding import RuleProblem
from linter.views.fleet import Machine, Unread

MOST_SHOWN = 20
"""Machines, and snapshots that could not be read, that are named one by one."""


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
