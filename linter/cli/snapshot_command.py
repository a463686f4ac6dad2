"""`authlint snapshot`: save what authlint knows of a state, without secrets."""

from pathlib import Path
from typing import Annotated

import typer

from linter.cli.options import Pseudonymise, StateDir, pseudonym_key
from linter.cli.target import READING, looks_at
from linter.snapshot.pseudonyms import pseudonymised
from linter.snapshot.store import saved
from linter.usecases.target import Target

Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file instead of the screen.")
]
KeyFile = Annotated[
    Path | None,
    typer.Option(
        "--key",
        metavar="FILE",
        help="Key that the other names are made with; made if it is not there. Default: one of your own.",
    ),
]


@looks_at(StateDir, READING)
def command(
    *,
    target: Target,
    output: Output = None,
    pseudonymise: Pseudonymise = False,
    key: KeyFile = None,
) -> None:
    """Save the tables that rules look at, without secrets. Every command takes the file as a state."""
    location = target.location()
    snapshot = target.snapshot(location, target.configuration(location))
    if pseudonymise:
        text = pseudonymised(snapshot, location.home, pseudonym_key(key))
    else:
        text = saved(snapshot, location.home)
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, "utf-8", "backslashreplace", newline="\n")
