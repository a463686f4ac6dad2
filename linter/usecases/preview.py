"""What steps would do to a state, without doing them: raw tables, edited, derived again, compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.openclaw.gateway import running_gateway
from linter.openclaw.whatif.steps import Fixes, Step
from linter.openclaw.whatif.unpredictable import UnpredictableError
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import DERIVED
from linter.usecases.diff import compared
from linter.usecases.lint import lint_snapshot
from linter.usecases.row_edits import make_edits
from linter.usecases.snapshot import derive_all
from linter.views.preview import Preview, switches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linter.configuration.ruleset import Ruleset
    from linter.engine.finding import Edit
    from linter.reports.interface import Options
    from linter.usecases.target import Target

_ROUNDS = 8
"""So often fixes are made on what the ones before have left."""


def preview(target: Target, steps: Sequence[Step | Fixes], options: Options) -> Preview:
    """Tell what steps, one after the other, would do to the only state of a target.

    Raises UnpredictableError with the reason, and what `Target` and `take_snapshot` raise.
    """
    location = target.location()
    ruleset = target.ruleset(location)
    before = target.snapshot(location, ruleset.configuration)
    if before.meta["semantics"] is None:
        raise UnpredictableError("the version that this state belongs to is not known")
    known = [step for step in steps if isinstance(step, Step)]
    if any(step.alone for step in known) and not location.snapshot and running_gateway(location):
        raise UnpredictableError("a gateway runs on this state and puts the migration off; stop it first")
    after = derived_again(before)
    for step in steps:
        if isinstance(step, Fixes):
            after = _fixed(after, ruleset, step)
        else:
            step.make(after)
            after = derived_again(after)
    changed = tuple(switches(before, after))
    sessions = len(before.tables["selections"])
    diff = compared((before, after), (location, location), ruleset, options)
    remarks = tuple(remark for step in known for remark in step.remarks(before))
    return Preview(tuple(step.told for step in steps), remarks, sessions, changed, diff)


def derived_again(snapshot: Snapshot) -> Snapshot:
    """Return a copy of a snapshot with derived columns and tables made anew."""
    tables = {
        name: [] if name in DERIVED else [{**row} for row in rows] for name, rows in snapshot.tables.items()
    }
    copy = Snapshot({**snapshot.meta}, tables, snapshot.documents)
    derive_all(copy)
    return copy


def _fixed(snapshot: Snapshot, ruleset: Ruleset, step: Fixes) -> Snapshot:
    """Make the first fix of each finding, as often as that leaves another one to make."""
    made: set[tuple[Edit, ...]] = set()
    for _ in range(_ROUNDS):
        findings = lint_snapshot(derived_again(snapshot), *ruleset).findings
        allowed = ("safe", "unsafe") if step.unsafe else ("safe",)
        batch = []
        for finding in findings:
            fixes = [fix for fix in finding.fixes if fix.edits and fix.safety in allowed]
            if finding.suppression is None and fixes and fixes[0].edits not in made:
                batch.append(fixes[0].edits)
                made.add(fixes[0].edits)
        if not batch:
            break
        for edits in batch:
            make_edits(snapshot.tables, edits)
        snapshot = derived_again(snapshot)
    return snapshot
