"""States linted one after the other, each under its configuration, and what shows between machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from linter.cli.configured import by_configuration, setup
from linter.pipeline import lint, see_earlier, take_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from linter.configuration.leftovers import Leftovers
    from linter.configuration.model import Configuration
    from linter.engine.finding import Evaluation
    from linter.openclaw.location import StateLocation
    from linter.setup import Setup
    from linter.snapshot.snapshot import Snapshot


class Linted(NamedTuple):
    """What was found in a state; `location` is None for what was found between machines."""

    location: StateLocation | None
    snapshot: Snapshot
    setup: Setup
    evaluation: Evaluation


def linted(
    locations: Sequence[StateLocation],
    now_ms: int,
    *,
    config: Path | None,
    workspace: Sequence[Path] | None,
    select: Sequence[str] | None,
    ignore: Sequence[str] | None,
    rules: Sequence[Path] | None,
    evidence: Sequence[Path] | None,
    since: Path | None = None,
    done: Callable[[str], None],
) -> Iterator[Linted]:
    """Lint states. `since` is an earlier snapshot of a single one; `done` is told the name of each step."""
    snapshots = []
    for path, members in by_configuration(config, workspace, locations).items():
        found = setup(path, rules, select, ignore)
        leftovers = None if members[0].agents else _leftovers(found.configuration, now_ms)
        done("load rules")
        for location in members:
            snapshot = take_snapshot(
                location, now_ms, evidence=evidence or (), configuration=found.configuration, done=done
            )
            see_earlier(snapshot, since)
            evaluation = lint(snapshot, found.pack, found.settings, found.configuration)
            if leftovers:
                leftovers.see(evaluation, found.pack, found.settings, snapshot.meta["era"])
                if location is members[-1]:
                    evaluation = leftovers.added(evaluation)
            done("evaluate")
            yield Linted(location, snapshot, found, evaluation)
            snapshots.append(snapshot)
    if len({snapshot.meta["host"] for snapshot in snapshots}) > 1:
        from linter.snapshot.fleet import fleet  # noqa: PLC0415 - most runs see one machine

        together = fleet(snapshots)
        yield Linted(None, together, found, lint(together, found.pack, found.settings))


def _leftovers(configuration: Configuration | None, now_ms: int) -> Leftovers | None:
    if configuration is None or not configuration.exemptions:
        return None
    from linter.configuration.leftovers import Leftovers  # noqa: PLC0415 - only for who suppresses something

    return Leftovers(configuration, now_ms)
