"""Fixes undone: the last run, or one that was interrupted."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from linter.fixes.container import Conflict
from linter.fixes.editable import Editable, editable
from linter.fixes.journal import Run, journal_folder, leftovers, runs
from linter.fixes.refusal import RefusedError
from linter.fixes.transaction import recover, undo
from linter.openclaw.location import StateLocation
from linter.usecases.guards import held
from linter.usecases.target import Target


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
