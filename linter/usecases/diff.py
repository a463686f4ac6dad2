"""Two states compared, or one state at two times: what has changed, and which findings that made."""

from collections.abc import Callable

from linter.configuration.ruleset import Ruleset
from linter.openclaw.location import StateLocation
from linter.reports.interface import Options
from linter.reports.make import make_report
from linter.snapshot.earlier import add_earlier
from linter.snapshot.snapshot import Snapshot
from linter.usecases.lint import lint_snapshot
from linter.usecases.target import Target
from linter.views.diff.compared import Diff, layer_diffs
from linter.views.diff.findings import finding_diff
from linter.views.diff.matching import naming
from linter.views.followed import Around, followed


def compare(earlier: Target, later: Target, options: Options) -> Diff:
    """Compare an earlier state with a later one, both under the rules of the later.

    Raises SnapshotError where nobody can be recognised, and what `Target` and `take_snapshot` raise.
    """
    targets, locations = (earlier, later), (earlier.location(), later.location())
    ruleset = later.ruleset(locations[1])
    before, after = (
        target.snapshot(location, ruleset.configuration)
        for target, location in zip(targets, locations, strict=True)
    )
    add_earlier(after, before)
    return compared((before, after), locations, ruleset, options)


def around(target: Target, run: Callable[[], int], options: Options) -> Around:
    """Take a snapshot of a state, run something that returns an exit code, and compare with the state then.

    Raises what `compare` raises, and what `run` does.
    """
    locations = (target.location(), target.location())
    ruleset = target.ruleset(locations[1])
    before = target.snapshot(locations[0], ruleset.configuration)
    exit_code = run()
    after = target.snapshot(locations[1], ruleset.configuration)
    add_earlier(after, before)
    diff = compared((before, after), locations, ruleset, options)
    return Around(exit_code, tuple(followed(before.tables, after.tables)), diff)


def compared(
    snapshots: tuple[Snapshot, Snapshot],
    locations: tuple[StateLocation, StateLocation],
    ruleset: Ruleset,
    options: Options,
) -> Diff:
    """Lint an earlier and a later snapshot of a state, and return what is different between them."""
    old, new = (
        make_report(snapshot, ruleset.pack, lint_snapshot(snapshot, *ruleset), location, options)
        for snapshot, location in zip(snapshots, locations, strict=True)
    )
    found = finding_diff(old.findings, new.findings, naming(old.meta, new.meta))
    appeared, gone = new._replace(findings=found.appeared), old._replace(findings=found.gone)
    return Diff(layer_diffs(*snapshots), appeared, gone, found.stayed)
