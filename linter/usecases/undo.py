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


def undo_last(state_dir: Path, *, beside_gateway: bool) -> list[Run]:
    """Take back what is half done, else undo the last run, and return it. Raises RefusedError."""
    if interrupted := take_back_interrupted(state_dir, beside_gateway=beside_gateway):
        return interrupted
    last = runs(journal_folder(state_dir))[-1:]
    require_in_place(last)
    _expect_no_gateway(last, beside_gateway=beside_gateway)
    for run in last:
        with held(state_dir, [file.path for file in run.files]):
            undo(run)
    return last


def _expect_no_gateway(wanted: list[Run], *, beside_gateway: bool) -> None:
    if beside_gateway and any(run.database for run in wanted):
        raise RefusedError("the last change is in a database, which is only changed while no gateway runs")
