"""States linted one after the other, each under its rules, and what shows only between machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from linter.engine.evaluate import evaluate
from linter.reports.make import make_report
from linter.snapshot.scope import limit
from linter.usecases.snapshot import see_earlier

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from linter.configuration.model import Configuration
    from linter.configuration.ruleset import Ruleset
    from linter.configuration.unused import Unused
    from linter.engine.finding import Evaluation
    from linter.engine.pack import Pack
    from linter.engine.settings import Settings
    from linter.openclaw.location import StateLocation
    from linter.reports.interface import Options, Report
    from linter.snapshot.snapshot import Snapshot
    from linter.usecases.target import Target


class Linted(NamedTuple):
    """What was found in a state; `location` is None for what was found between machines.

    `alone` tells that no other state was looked at.
    """

    location: StateLocation | None
    snapshot: Snapshot
    ruleset: Ruleset
    evaluation: Evaluation
    alone: bool

    def report(self, options: Options, baseline: Path | None) -> Report:
        """Return the report, with what a baseline knows marked. Raises BaselineError."""
        evaluation, known = self.evaluation, None
        if baseline is not None:
            from linter.baseline.file import read_baseline  # noqa: PLC0415 - most runs have no baseline
            from linter.baseline.marking import compared  # noqa: PLC0415 - as above

            found = read_baseline(baseline.absolute())
            evaluation, known = compared(
                found, evaluation, self.ruleset, self.location, options.home, alone=self.alone
            )
        ran = self.ruleset.running(self.snapshot.meta["era"])
        return make_report(self.snapshot, self.ruleset.pack, evaluation, self.location, options, known, ran)


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
    from linter.configuration.model import YamlDocument  # noqa: PLC0415 - as above

    snapshot.documents.add(YamlDocument(configuration.document))
    return applied(configuration, evaluation, pack, root, settings)


def lint_states(target: Target, *, since: Path | None = None) -> Iterator[Linted]:
    """Lint the states of a target, those with one configuration together. `since` is an earlier snapshot.

    Raises what `Target.locations`, `Target.ruleset`, `take_snapshot` and `see_earlier` raise.
    """
    groups: dict[Path | None, list[StateLocation]] = {}
    locations = target.locations()
    for location in locations:
        groups.setdefault(target.config_path(location), []).append(location)
    linted: list[Linted] = []
    for members in groups.values():
        ruleset = target.ruleset(members[0])
        unused = None if target.agents else _unused(ruleset.configuration, target.now_ms)
        target.done("load rules")
        for location in members:
            snapshot = target.snapshot(location, ruleset.configuration)
            see_earlier(snapshot, since)
            evaluation = lint_snapshot(snapshot, *ruleset)
            if unused:
                unused.see(evaluation, ruleset.running(snapshot.meta["era"]), snapshot.tables)
                if location is members[-1]:
                    evaluation = unused.added(evaluation)
            target.done("evaluate")
            linted.append(Linted(location, snapshot, ruleset, evaluation, len(locations) == 1))
            yield linted[-1]
    if len({one.snapshot.meta["host"] for one in linted}) > 1:
        from linter.usecases.machines import side_by_side  # noqa: PLC0415 - most runs see one machine

        together = side_by_side([(one.snapshot, one.evaluation) for one in linted], ruleset.pack)
        yield Linted(None, together, ruleset, lint_snapshot(together, *ruleset[:2]), alone=False)


def _unused(configuration: Configuration | None, now_ms: int) -> Unused | None:
    if configuration is None or not (configuration.exemptions or configuration.expectations):
        return None
    from linter.configuration.unused import Unused  # noqa: PLC0415 - only for who accepts or expects something

    return Unused(configuration, now_ms)
