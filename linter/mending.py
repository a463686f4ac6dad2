"""Fixes made on a state, and undone: layer by layer, each time on what a fresh look at it has found."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from linter.engine.finding import Finding
from linter.fixes.batch import Batch, Veto, choose
from linter.fixes.entries import change_entries
from linter.fixes.journal import Run, journal_folder, require_in_place, runs
from linter.fixes.plan import Plan
from linter.fixes.refusal import RefusedError
from linter.fixes.transaction import Target, make, recover, undo
from linter.openclaw.file_lock import LockHeldError, locked
from linter.openclaw.gateway import Gateway, running_gateway
from linter.openclaw.location import StateLocation
from linter.openclaw.session_entries import Entry
from linter.pipeline import lint, take_snapshot
from linter.reports.taxonomy import LAYERS
from linter.setup import Setup
from linter.sources.documents import Documents


class Found(NamedTuple):
    """What a look at a state has found: findings by layer, and the documents that they are about."""

    by_layer: dict[str, list[Finding]]
    documents: Documents


def look_at(location: StateLocation, setup: Setup, now_ms: int, evidence: Sequence[Path] = ()) -> Found:
    """Lint a state and return the findings that have fixes, but for those that are suppressed."""
    pack, settings, configuration = setup
    snapshot = take_snapshot(location, now_ms, evidence=evidence, configuration=configuration)
    layers = {rule.id: rule.layer for rule in pack.rules}
    by_layer: dict[str, list[Finding]] = {layer: [] for layer in LAYERS}
    for finding in lint(snapshot, pack, settings, configuration).findings:
        if finding.fixes and finding.suppression is None:
            by_layer[layers[finding.rule]].append(finding)
    return Found(by_layer, snapshot.documents)


def gateway_beside(location: StateLocation, *, allowed: bool) -> Gateway | None:
    """Return the gateway that holds a state, if one does. Raises RefusedError then, unless `allowed`."""
    gateway = running_gateway(location)
    if gateway is not None and not allowed:
        raise RefusedError(
            f"a gateway runs on this state (process {gateway.pid}, {gateway.lock}) and may write its own copy"
            " back; stop it first, or use --while-running"
        )
    return gateway


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
            batch = choose(findings, found.documents, unsafe=unsafe, sqlite=sqlite, veto=once)
            if batch.made:
                break
            left = left._replace(left=left.left + batch.left)
        else:
            yield Mended(left, None)
            return
        yield Mended(batch, _make(batch, state_dir, at))


def _make(batch: Batch, state_dir: Path, at: int) -> Run:
    titles = [f"{one.finding.rule}: {one.plan.fix.title}" for one in batch.made]
    database = batch.made[0].plan.database
    if database is not None:
        entries = [
            Entry(change.document.cell.key, change.document.text, change.after())
            for change in batch.files
            if change.document.cell
        ]
        with _holding(state_dir, []) as journal:
            return change_entries(database, entries, journal, titles, at)
    targets = [Target(change.document.path, change.document.digest, change.data()) for change in batch.files]
    with _holding(state_dir, [target.path for target in targets]) as journal:
        return make(targets, journal, titles, at)


def take_back_interrupted(state_dir: Path, *, beside_gateway: bool) -> list[Run]:
    """Take back what an earlier process left half done, and return it. Raises RefusedError."""
    if not journal_folder(state_dir).is_dir():
        return []
    interrupted = [run for run in runs(journal_folder(state_dir)) if run.stage != "done"]
    require_in_place(interrupted)
    _expect_no_gateway(interrupted, beside_gateway=beside_gateway)
    files = [file.path for run in interrupted for file in run.files]
    with _holding(state_dir, files) as journal:
        return recover(journal)


def take_back_last(state_dir: Path, *, beside_gateway: bool) -> Run | None:
    """Undo the last run, and return it; None if there is none. Raises RefusedError."""
    known = runs(journal_folder(state_dir))
    if not known:
        return None
    require_in_place(known[-1:])
    _expect_no_gateway(known[-1:], beside_gateway=beside_gateway)
    with _holding(state_dir, [file.path for file in known[-1].files]):
        undo(known[-1])
    return known[-1]


def _expect_no_gateway(wanted: list[Run], *, beside_gateway: bool) -> None:
    if beside_gateway and any(run.database for run in wanted):
        raise RefusedError("the last change is in a database, which is only changed while no gateway runs")


@contextmanager
def _holding(state_dir: Path, files: list[Path]) -> Iterator[Path]:
    """Hold the locks of files and of the journal of a state, which is yielded."""
    journal = journal_folder(state_dir)
    try:
        journal.parent.mkdir(mode=0o700, exist_ok=True)
        with locked([journal, *files]):
            yield journal
    except LockHeldError as error:
        raise RefusedError(str(error)) from None
    except OSError as error:
        raise RefusedError(f"{error.filename or state_dir}: {error.strerror}") from None
