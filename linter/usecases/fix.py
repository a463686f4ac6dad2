"""Fixes made layer by layer, and taken back."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from linter.configuration.rule_pack import LAYERS
from linter.configuration.ruleset import Ruleset
from linter.engine.finding import Finding
from linter.fixes.batch import Batch, Veto, choose
from linter.fixes.container import Conflict
from linter.fixes.editable import Editable, editable
from linter.fixes.entries import change_entries
from linter.fixes.journal import Run, journal_folder, leftovers, runs
from linter.fixes.place import RefusedError
from linter.fixes.plan import Plan
from linter.fixes.transaction import NewFile, make, recover, undo
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


def undo_interrupted(target: Target, location: StateLocation, *, beside_gateway: bool) -> list[Run]:
    """Take back what an earlier process left half done, and return it. Raises RefusedError."""
    journal = journal_folder(location.state_dir)
    interrupted = [run for run in runs(journal) if run.stage != "done"]
    if not interrupted and not leftovers(journal):
        return []
    _expect_no_gateway(interrupted, beside_gateway=beside_gateway)
    known = _editable(target, location)
    with held(location.state_dir, _files_of(interrupted, known)):
        return recover(journal, known.place)


def undo_last(target: Target, location: StateLocation, *, beside_gateway: bool) -> list[Run]:
    """Take back what is half done, else undo the last run, and return it. Raises RefusedError."""
    if interrupted := undo_interrupted(target, location, beside_gateway=beside_gateway):
        return interrupted
    last = runs(journal_folder(location.state_dir))[-1:]
    _expect_no_gateway(last, beside_gateway=beside_gateway)
    for run in last:
        known = _editable(target, location)
        with held(location.state_dir, _files_of(last, known)):
            undo(run, known.place)
    return last


def _editable(target: Target, location: StateLocation) -> Editable:
    """Return what could be changed in a state, without a look for what should be."""
    configuration = target.configuration(location)
    snapshot = target.snapshot(location, configuration)
    return editable(snapshot.documents, target.writable(location, configuration))


def _files_of(wanted: Iterable[Run], known: Editable) -> list[Path]:
    """Return the files of runs, as OpenClaw would name their locks. Raises RefusedError for what is none."""
    paths = []
    for run in wanted:
        for file in run.files:
            try:
                paths.append(known.document(file.source).path)
            except Conflict as conflict:
                raise RefusedError(f"{conflict}; what it was before is kept in {run.folder.path}") from None
    return paths


def _expect_no_gateway(wanted: Sequence[Run], *, beside_gateway: bool) -> None:
    if beside_gateway and any(run.database for run in wanted):
        raise RefusedError("the last change is in a database, which is only changed while no gateway runs")
