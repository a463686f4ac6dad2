"""`authlint logins`: the logins of a state by account."""

import typer

from linter.cli.options import Since, StateDir
from linter.cli.outputs import Shown, ViewFormat, show
from linter.cli.target import READING, looks_at
from linter.reports.wrapping import Painter
from linter.usecases.target import Target
from linter.views.logins import logins, since
from linter.views.logins_text import logins_text


@looks_at(StateDir, READING)
def command(*, target: Target, earlier: Since = None, form: ViewFormat = Shown.TEXT) -> None:
    """Show per account where its logins are stored, which are copies, and who uses them next."""
    location = target.location()
    snapshot = target.snapshot(location, target.configuration(location))
    found = logins(snapshot.tables)
    if earlier is not None:
        from linter.snapshot.earlier import load_earlier  # noqa: PLC0415 - most runs have none

        found = since(logins(load_earlier(earlier.absolute()).tables), found)
    caller, now = target.caller, snapshot.meta["now"]
    show("logins", found, form, lambda: logins_text(found, now, caller.width, Painter(colour=caller.colour)))
    raise typer.Exit
