"""Two states compared, or one state at two times: what has changed, and which findings that made."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from linter.engine.finding import Evaluation
from linter.openclaw.location import StateLocation
from linter.pipeline import lint, take_snapshot
from linter.report import make_report
from linter.reports.interface import Options, Report
from linter.setup import Setup
from linter.snapshot.earlier import add_earlier
from linter.views.diff.compared import LayerDiff, layer_diffs
from linter.views.diff.findings import finding_diff
from linter.views.diff.matching import naming


class Diff(NamedTuple):
    """What is different between two states.

    `appeared` is the report on the later one with only the findings that are new or worse there, `gone` that
    on the earlier one with only those that the later has no more; `stayed` is the number of the others.
    """

    layers: tuple[LayerDiff, ...]
    appeared: Report
    gone: Report
    stayed: int

    @property
    def outcome(self) -> Evaluation:
        """What counts for the exit code: findings that appeared, and rules that failed on either side."""
        return Evaluation(self.appeared.findings, (*self.gone.problems, *self.appeared.problems))


def compare(
    locations: tuple[StateLocation, StateLocation],
    now_ms: int,
    setup: Setup,
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
        make_report(snapshot, pack, lint(snapshot, pack, settings, configuration), location, options)
        for snapshot, location in zip((before, after), locations, strict=True)
    )
    found = finding_diff(old.findings, new.findings, naming(before.meta, after.meta))
    return Diff(
        layer_diffs(before, after),
        replace(new, findings=found.appeared),
        replace(old, findings=found.gone),
        found.stayed,
    )
