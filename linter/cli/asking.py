"""Each fix shown and asked about, as `git add -p` does it."""

import typer

from linter.engine.finding import Finding
from linter.fixes.plan import Plan
from linter.reports.interface import Options
from linter.views.fixes import fix
from linter.views.fixes_text import fix_text

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
