"""States linted one after the other, each under its rules, and what shows only between machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from linter.engine.evaluate import evaluate
from linter.reports.make import make_report
from linter.snapshot.scope import limit
from linter.usecases.snapshot import see_earlier, take_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from linter.configuration.leftovers import Leftovers
    from linter.configuration.model import Configuration
    from linter.configuration.ruleset import Ruleset
    from linter.engine.finding import Evaluation
    from linter.engine.pack import Pack
    from linter.engine.settings import Settings
    from linter.openclaw.location import StateLocation
    from linter.reports.interface import Options, Report
    from linter.snapshot.snapshot import Snapshot


class Linted(NamedTuple):
    """What was found in a state; `location` is None for what was found between machines."""

    location: StateLocation | None
    snapshot: Snapshot
    setup: Ruleset
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


def lint_snapshot(
    snapshot: Snapshot, pack: Pack, settings: Settings, configuration: Configuration | None = None
) -> Evaluation:
    """Evaluate a pack over a snapshot, whose rows of other providers are dropped."""
    limit(snapshot.tables, frozenset(snapshot.meta["providers"]))
    root = snapshot.root()
    evaluation = evaluate(pack, root, settings)
    if configuration is None:
        return evaluation
    from linter.configuration.apply import applied  # noqa: PLC0415 - most runs have no configuration
    from linter.configuration.document import YamlDocument  # noqa: PLC0415 - as above

    snapshot.documents.add(YamlDocument(configuration.document))
    return applied(configuration, evaluation, pack, root, settings)


def lint_states(
    groups: Iterable[tuple[Ruleset, Sequence[StateLocation]]],
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
            evaluation = lint_snapshot(snapshot, setup.pack, setup.settings, setup.configuration)
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
        yield Linted(None, together, setup, lint_snapshot(together, setup.pack, setup.settings))


def _leftovers(configuration: Configuration | None, now_ms: int) -> Leftovers | None:
    if configuration is None or not configuration.exemptions:
        return None
    from linter.configuration.leftovers import Leftovers  # noqa: PLC0415 - only for who suppresses something

    return Leftovers(configuration, now_ms)
