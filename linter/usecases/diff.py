"""Two states compared, or one state at two times: what has changed, and which findings that made."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from linter.configuration.ruleset import Ruleset
from linter.openclaw.location import StateLocation
from linter.reports.interface import Options
from linter.reports.make import make_report
from linter.snapshot.earlier import add_earlier
from linter.usecases.lint import lint_snapshot
from linter.usecases.snapshot import take_snapshot
from linter.views.diff.compared import Diff, layer_diffs
from linter.views.diff.findings import finding_diff
from linter.views.diff.matching import naming


def compare(
    locations: tuple[StateLocation, StateLocation],
    now_ms: int,
    setup: Ruleset,
    options: Options,
    evidence: Sequence[Path] = (),
) -> Diff:
    """Compare an earlier state with a later one under the same rules.

    Raises SnapshotError where nobody can be recognised, and what `take_snapshot` raises.
    """
    pack, settings, configuration = setup
    before, after = (
        take_snapshot(location, now_ms, evidence=evidence, configuration=configuration)
        for location in locations
    )
    add_earlier(after, before)
    old, new = (
        make_report(snapshot, pack, lint_snapshot(snapshot, pack, settings, configuration), location, options)
        for snapshot, location in zip((before, after), locations, strict=True)
    )
    found = finding_diff(old.findings, new.findings, naming(before.meta, after.meta))
    return Diff(
        layer_diffs(before, after),
        replace(new, findings=found.appeared),
        replace(old, findings=found.gone),
        found.stayed,
    )
