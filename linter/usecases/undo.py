"""Fixes undone: the last run, or one that was interrupted."""

from pathlib import Path

from linter.fixes.journal import Run, journal_folder, require_in_place, runs
from linter.fixes.refusal import RefusedError
from linter.fixes.transaction import recover, undo
from linter.usecases.guards import held


def take_back_interrupted(state_dir: Path, *, beside_gateway: bool) -> list[Run]:
    """Take back what an earlier process left half done, and return it. Raises RefusedError."""
    if not journal_folder(state_dir).is_dir():
        return []
    interrupted = [run for run in runs(journal_folder(state_dir)) if run.stage != "done"]
    require_in_place(interrupted)
    _expect_no_gateway(interrupted, beside_gateway=beside_gateway)
    files = [file.path for run in interrupted for file in run.files]
    with held(state_dir, files) as journal:
        return recover(journal)


def take_back_last(state_dir: Path, *, beside_gateway: bool) -> Run | None:
    """Undo the last run, and return it; None if there is none. Raises RefusedError."""
    known = runs(journal_folder(state_dir))
    if not known:
        return None
    require_in_place(known[-1:])
    _expect_no_gateway(known[-1:], beside_gateway=beside_gateway)
    with held(state_dir, [file.path for file in known[-1].files]):
        undo(known[-1])
    return known[-1]


def _expect_no_gateway(wanted: list[Run], *, beside_gateway: bool) -> None:
    if beside_gateway and any(run.database for run in wanted):
        raise RefusedError("the last change is in a database, which is only changed while no gateway runs")
