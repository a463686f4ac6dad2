"""`authlint layers`: sessions by layers."""

from typing import Annotated

import typer

from linter.cli.failures import NOTHING_TO_LINT, fail
from linter.cli.options import StateDir
from linter.cli.outputs import Shown, ViewFormat, show
from linter.cli.target import READING, looks_at
from linter.reports.wrapping import Painter
from linter.usecases.target import Target
from linter.views.layers import all_layers
from linter.views.layers_text import layers_text
from linter.views.logins import logins
from linter.views.logins_text import logins_text

All = Annotated[bool, typer.Option("--all", help="Show idle and archived sessions too.")]


@looks_at(StateDir, READING)
def command(
    *,
    target: Target,
    everything: All = False,
    form: ViewFormat = Shown.TEXT,
) -> None:
    """Show which profile each layer names for each session, and mark where they disagree."""
    location = target.location()
    tables = target.snapshot(location, target.configuration(location)).tables
    rows = [row for row in tables["sessions"] if row["live"] or everything]
    if not rows and not location.bare:
        fail("there is no live session; --all shows idle ones", NOTHING_TO_LINT)
    found, caller = all_layers(tables, rows), target.caller

    def text() -> str:
        if location.bare:
            return logins_text(logins(tables), target.now_ms, caller.width, Painter(colour=caller.colour))
        return layers_text(found, caller.width, Painter(colour=caller.colour))

    show("layers", found, form, text)
