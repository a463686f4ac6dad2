"""Fixes made on a state: layer by layer, each time on what a fresh look at it has found."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from linter.configuration.ruleset import Ruleset
from linter.configuration.taxonomy import LAYERS
from linter.engine.finding import Finding
from linter.fixes.batch import Batch, Veto, choose
from linter.fixes.editable import Editable, editable
from linter.fixes.entries import change_entries
from linter.fixes.journal import Run
from linter.fixes.plan import Plan
from linter.fixes.transaction import NewFile, make
from linter.openclaw.location import StateLocation
from linter.openclaw.session_entries import Entry
from linter.usecases.guards import held
from linter.usecases.lint import lint_snapshot
from linter.usecases.target import Target


class Found(NamedTuple):
    """What a look at a state has found: findings by layer, and the documents that may be changed for them."""

    by_layer: dict[str, list[Finding]]
    editable: Editable


def look_at(target: Target, location: StateLocation, ruleset: Ruleset) -> Found:
    """Lint a state and return the findings that have fixes, but for those that are suppressed."""
    snapshot = target.snapshot(location, ruleset.configuration)
    layers = {rule.id: rule.layer for rule in ruleset.pack.rules}
    by_layer: dict[str, list[Finding]] = {layer: [] for layer in LAYERS}
    for finding in lint_snapshot(snapshot, *ruleset).findings:
        if finding.fixes and finding.suppression is None:
            by_layer.setdefault(layers[finding.rule], []).append(finding)
    return Found(by_layer, editable(snapshot.documents, target.writable(location, ruleset.configuration)))


class Mended(NamedTuple):
    """Fixes that were made together. `run` is None when no more can be; then `batch` says what is left."""

    batch: Batch
    run: Run | None


def mend(
    look: Callable[[], Found], state_dir: Path, at: int, *, unsafe: bool, sqlite: bool, veto: Veto
) -> Iterator[Mended]:
    """Make fixes, one layer after the other, and yield each time what was done; at last what is left.

    A wrong layer can be the cause of what seems wrong in the next one: hence the fresh look. No fix is made,
    nor asked about, twice. Raises RefusedError; what was yielded before stays done.
    """
    asked: dict[tuple[str, str], str] = {}

    def once(finding: Finding, planned: Plan) -> str:
        key = finding.fingerprint, planned.fix.title
        if key not in asked:
            asked[key] = veto(finding, planned)
            return asked[key]
        return asked[key] or "it was made, but the finding is still there"

    while True:
        found, left = look(), Batch((), (), ())
        for findings in found.by_layer.values():
            batch = choose(findings, found.editable, unsafe=unsafe, sqlite=sqlite, veto=once)
            if batch.made:
                break
            left = left._replace(left=left.left + batch.left)
        else:
            yield Mended(left, None)
            return
        yield Mended(batch, _make(batch, found.editable, state_dir, at))


def _make(batch: Batch, known: Editable, state_dir: Path, at: int) -> Run:
    titles = [f"{one.finding.rule}: {one.plan.fix.title}" for one in batch.made]
    first = batch.files[0].document
    if first.cell is not None:
        entries = [
            Entry(change.document.cell.key, change.document.text, change.after())
            for change in batch.files
            if change.document.cell
        ]
        with held(state_dir, []) as journal:
            return change_entries(first.shown, entries, journal, known.place, titles, at)
    rights = [change.rights for change in batch.files if change.rights]
    changes = [change for change in batch.files if not change.rights]
    files = [NewFile(change.document.id, change.document.digest, change.data()) for change in changes]
    with held(state_dir, [change.document.path for change in changes]) as journal:
        return make(files, journal, known.place, titles, at, rights)
