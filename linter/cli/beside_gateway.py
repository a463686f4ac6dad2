"""What commands that change a state do while a gateway runs on it."""

from typing import Annotated

import typer

from linter.openclaw.location import StateLocation
from linter.usecases.guards import gateway_beside

WhileRunning = Annotated[
    bool,
    typer.Option(
        "--while-running", help="Change files although a gateway runs, which may write its own back."
    ),
]
REFUSED = 1
"""The exit code of a command that was refused."""


def refuse_beside_gateway(location: StateLocation, *, allowed: bool) -> bool:
    """Tell whether a gateway holds the state. Raises RefusedError then, unless that is `allowed`."""
    if gateway_beside(location, allowed=allowed) is None:
        return False
    typer.echo(
        "authlint: a gateway is running; look again afterwards whether the change is still there", err=True
    )
    return True
