"""`authlint layers`: sessions by layers."""

from typing import Annotated

import typer

from linter.cli.failures import NOTHING_TO_LINT, fail
from linter.cli.options import StateDir
from linter.cli.target import READING, looks_at
from linter.snapshot.redact import scrub
from linter.usecases.target import Target
from linter.views.holdings import holdings_text
from linter.views.layers import layers
from linter.views.layers_text import layers_text

All = Annotated[bool, typer.Option("--all", help="Show idle and archived sessions too.")]


@looks_at(StateDir, READING)
def command(
    *,
    target: Target,
    everything: All = False,
) -> None:
    """Show which profile each layer names for each session, and mark where they disagree."""
    location = target.location()
    tables = target.snapshot(location, target.configuration(location)).tables
    rows = [row for row in tables["sessions"] if row["live"] or everything]
    if location.bare:
        typer.echo(scrub(holdings_text(tables)))
        return
    if not rows:
        fail("there is no live session; --all shows idle ones", NOTHING_TO_LINT)
    typer.echo(scrub(layers_text(layers(tables, rows))))
