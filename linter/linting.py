"""States linted one after the other, each under its setup, and what shows only between machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from linter.pipeline import lint, see_earlier, take_snapshot
from linter.report import make_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from linter.configuration.leftovers import Leftovers
    from linter.configuration.model import Configuration
    from linter.engine.finding import Evaluation
    from linter.openclaw.location import StateLocation
    from linter.reports.interface import Options, Report
    from linter.setup import Setup
    from linter.snapshot.snapshot import Snapshot


class Linted(NamedTuple):
    """What was found in a state; `location` is None for what was found between machines."""

    location: StateLocation | None
    snapshot: Snapshot
    setup: Setup
    evaluation: Evaluation

    def report(self, options: Options, baseline: Path | None, *, alone: bool) -> Report:
        """Return the report, with what a baseline knows marked; `alone` if this is the only state.

        Raises BaselineError.
        """
        evaluation, known = self.evaluation, None
        if baseline is not None:
            from linter.baseline.file import read_baseline  # noqa: PLC0415 - most runs have no baseline
            from linter.baseline.marking import compared  # noqa: PLC0415 - as above

            found = read_baseline(baseline.absolute())
            evaluation, known = compared(
                found, evaluation, self.setup, self.location, options.home, alone=alone
            )
        return make_report(self.snapshot, self.setup.pack, evaluation, self.location, options, known)


def linted(
    groups: Iterable[tuple[Setup, Sequence[StateLocation]]],
    now_ms: int,
    *,
    evidence: Sequence[Path] = (),
    since: Path | None = None,
    done: Callable[[str], None] = lambda _: None,
) -> Iterator[Linted]:
    """Lint groups of states. `since` is an earlier snapshot of a single one; `done` is told of each step.

    Raises what `take_snapshot` and `see_earlier` raise.
    """
    snapshots = []
    for setup, members in groups:
        leftovers = None if members[0].agents else _leftovers(setup.configuration, now_ms)
        done("load rules")
        for location in members:
            snapshot = take_snapshot(
                location, now_ms, evidence=evidence, configuration=setup.configuration, done=done
            )
            see_earlier(snapshot, since)
            evaluation = lint(snapshot, setup.pack, setup.settings, setup.configuration)
            if leftovers:
                leftovers.see(evaluation, setup.pack, setup.settings, snapshot.meta["era"])
                if location is members[-1]:
                    evaluation = leftovers.added(evaluation)
            done("evaluate")
            yield Linted(location, snapshot, setup, evaluation)
            snapshots.append(snapshot)
    if len({snapshot.meta["host"] for snapshot in snapshots}) > 1:
        from linter.snapshot.fleet import fleet  # noqa: PLC0415 - most runs see one machine

        together = fleet(snapshots)
        yield Linted(None, together, setup, lint(together, setup.pack, setup.settings))


def _leftovers(configuration: Configuration | None, now_ms: int) -> Leftovers | None:
    if configuration is None or not configuration.exemptions:
        return None
    from linter.configuration.leftovers import Leftovers  # noqa: PLC0415 - only for who suppresses something

    return Leftovers(configuration, now_ms)
