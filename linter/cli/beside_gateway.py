"""What commands that change a state do while a gateway runs on it."""

from typing import Annotated

import typer

from linter.fixes.refusal import RefusedError
from linter.openclaw.gateway import running_gateway
from linter.openclaw.location import StateLocation

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
    gateway = running_gateway(location)
    if gateway is None:
        return False
    if not allowed:
        raise RefusedError(
            f"a gateway runs on this state (process {gateway.pid}, {gateway.lock}) and may write its own copy"
            " back; stop it first, or use --while-running"
        )
    typer.echo(
        "authlint: a gateway is running; look again afterwards whether the change is still there", err=True
    )
    return True
