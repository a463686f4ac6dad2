"""`authlint undo`: take back what `authlint fix` changed."""

from typing import Annotated

import typer

from linter.cli.changing import REFUSED, WhileRunning, refuse_beside_gateway
from linter.cli.failures import NOTHING_TO_LINT, fail
from linter.cli.options import StateDir
from linter.cli.outputs import Shown, ViewFormat, show
from linter.cli.target import UNDOING, looks_at
from linter.fixes.journal import Run, forget, journal_folder, runs
from linter.fixes.place import RefusedError
from linter.openclaw.location import StateLocation
from linter.usecases.fix import undo_last
from linter.usecases.target import Target
from linter.views.undone import undone, undone_text

List = Annotated[bool, typer.Option("--list", help="Show what can be undone, and change nothing.")]
Forget = Annotated[
    bool, typer.Option("--forget", help="Delete all backups, which hold credentials, instead of using them.")
]


@looks_at(StateDir, UNDOING)
def command(
    *,
    target: Target,
    listed: List = False,
    forget_all: Forget = False,
    while_running: WhileRunning = False,
    form: ViewFormat = Shown.TEXT,
) -> None:
    """Undo the last change that `authlint fix` made; again for the one before."""
    location = target.location()
    try:
        if listed:
            found = undone("listed", runs(journal_folder(location.state_dir)))
        elif forget_all:
            found = undone("forgotten", _forget(location))
        else:
            beside = refuse_beside_gateway(location, allowed=while_running)
            found = undone("undone", undo_last(target, location, beside_gateway=beside))
    except RefusedError as refusal:
        fail(f"not undone: {refusal}", REFUSED)
    if found.what == "undone" and not found.changes:
        fail("there is nothing to undo", NOTHING_TO_LINT)
    show("undo", found, form, lambda: undone_text(found, target.caller.width))


def _forget(location: StateLocation) -> list[Run]:
    known = runs(journal_folder(location.state_dir))
    if any(run.stage != "done" for run in known):
        raise RefusedError("a fix was interrupted; `authlint undo` takes it back first")
    for run in known:
        forget(run.folder)
    return known
