"""What commands that change a state ask: whether a gateway runs, and of each fix whether to make it."""

from typing import Annotated

import typer

from linter.engine.finding import Finding
from linter.fixes.plan import Plan
from linter.openclaw.location import StateLocation
from linter.reports.interface import Options
from linter.usecases.guards import gateway_beside
from linter.views.fixes import fix
from linter.views.fixes_text import fix_text

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


_QUESTION = "Make this fix? (y)es, (n)o, (a)ll, (q)uit, (?) help"
_HELP = """  y  make it
  n  leave it
  a  make it, and all that follow
  q  leave it and all that follow; what was said yes to is made
  `authlint explain {rule}` tells what the finding means."""


class Asking:
    """Asks before each fix, until `all` or `quit` settles those that follow."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._settled: str | None = None

    def __call__(self, finding: Finding, planned: Plan) -> str:
        """Return why a fix is not made; nothing if it is."""
        if self._settled is not None:
            return self._settled
        typer.echo(fix_text(fix(finding, planned, self._options), self._options))
        while (answer := self._answer()) not in ("y", "n", "a", "q"):
            typer.echo(_HELP.format(rule=finding.rule))
        declined = "" if answer in "ya" else "declined"
        if answer in "aq":
            self._settled = declined
        return declined

    def _answer(self) -> str:
        said = typer.prompt(_QUESTION, default="?", show_default=False, prompt_suffix=" ")
        return str(said).strip().lower()[:1]
