"""`authlint undo`: take back what `authlint fix` changed."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from linter.cli.beside_gateway import REFUSED, WhileRunning, refuse_beside_gateway
from linter.cli.failures import NOTHING_TO_LINT, fail
from linter.cli.options import StateDir
from linter.cli.target import UNDOING, looks_at
from linter.fixes.journal import Run, forget, journal_folder, runs
from linter.fixes.refusal import RefusedError
from linter.fixes.rights import SUFFIX
from linter.openclaw.location import StateLocation
from linter.printable import printable
from linter.snapshot.redact import scrub
from linter.usecases.target import Target
from linter.usecases.undo import undo_last

List = Annotated[bool, typer.Option("--list", help="Show what can be undone, and change nothing.")]
Forget = Annotated[
    bool, typer.Option("--forget", help="Delete all backups, which hold credentials, instead of using them.")
]


@looks_at(StateDir, UNDOING)
def command(
    *,
    target: Target,
    show: List = False,
    forget_all: Forget = False,
    while_running: WhileRunning = False,
) -> None:
    """Undo the last change that `authlint fix` made; again for the one before."""
    location = target.location()
    try:
        if show:
            _show(location)
        elif forget_all:
            _forget(location)
        else:
            _undo(target, location, beside_gateway=refuse_beside_gateway(location, allowed=while_running))
    except RefusedError as refusal:
        fail(f"not undone: {refusal}", REFUSED)


def _show(location: StateLocation) -> None:
    for run in runs(journal_folder(location.state_dir)):
        moment = datetime.fromtimestamp(run.at / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")
        interrupted = "" if run.stage == "done" else "  (interrupted)"
        typer.echo(f"{run.number}  {moment}{interrupted}\n{_told(run)}")


def _undo(target: Target, location: StateLocation, *, beside_gateway: bool) -> None:
    taken_back = undo_last(target, location, beside_gateway=beside_gateway)
    if not taken_back:
        fail("there is nothing to undo", NOTHING_TO_LINT)
    for run in taken_back:
        typer.echo(f"Undone:\n{_told(run)}")


def _forget(location: StateLocation) -> None:
    known = runs(journal_folder(location.state_dir))
    if any(run.stage != "done" for run in known):
        raise RefusedError("a fix was interrupted; `authlint undo` takes it back first")
    for run in known:
        forget(run.folder)
    typer.echo(f"Deleted the backups of {len(known)} change{'' if len(known) == 1 else 's'}.")


def _told(run: Run) -> str:
    changed = [
        *(file.source for file in run.files),
        *(f"{run.database}, {it.key}" for it in run.entries),
        *(f"{one.source.removesuffix(SUFFIX)}: mode {one.before}" for one in run.rights),
    ]
    lines = [
        *(f"  {printable(title)}" for title in run.titles),
        *(f"    {printable(one)}" for one in changed),
    ]
    return scrub("\n".join(lines))
