"""`authlint guard`: run a command only when the lint passes."""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from inspect import Parameter, Signature, signature
from io import StringIO
from typing import Annotated, Any, NoReturn

import typer

from linter.cli.failures import USAGE_ERROR, fail
from linter.cli.lint_command import Ended
from linter.cli.lint_command import command as lint
from linter.cli.parsing import TakesCommand, cannot_run
from linter.engine.finding import RANK
from linter.reports.interface import Report
from linter.reports.wording import counted

_IGNORED_BY_PYTHON = ("SIGPIPE", "SIGXFSZ")
_HELP = """Run a command only when the lint passes; else say on stderr what stopped it.

With --fail-on you choose what stops it. Exit code: that of the command when it ran, else that of the lint,
or the one of --exit-code.
"""

ExitCode = Annotated[
    int | None,
    typer.Option(
        "--exit-code",
        metavar="CODE",
        min=1,
        max=255,
        help="Leave with this when the command is not run; 78 ends OpenClaw's service without a restart.",
    ),
]


def _guard(context: typer.Context, *, exit_code: ExitCode = None, **options: Any) -> NoReturn:
    """Lint, then become the command."""
    words = context.obj
    if not words:
        fail("name a command: authlint guard -- openclaw gateway restart", USAGE_ERROR)
    report = StringIO()
    try:
        with redirect_stdout(report):
            lint(**options)
    except typer.Exit as end:
        if end.exit_code:
            sys.stderr.write(report.getvalue())
            fail(f"not run: {' '.join(words)}", exit_code or end.exit_code)
        if isinstance(end, Ended) and not options["quiet"]:
            print(f"authlint: {_passed(end.reports)}", file=sys.stderr)  # noqa: T201 - stdout is the command's
    _become(words)


def _with_options_of(command: Callable[..., None], own: Callable[..., NoReturn]) -> Callable[..., NoReturn]:
    """Let typer read the options of another command where a function takes them all."""
    named = [one for one in signature(own).parameters.values() if one.kind is not Parameter.VAR_KEYWORD]
    parameters = [*named, *signature(command).parameters.values()]
    own.__annotations__ = {one.name: one.annotation for one in parameters}
    own.__signature__ = Signature(parameters)  # type: ignore[attr-defined] # typer reads the options there
    return own


app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
app.command("guard", cls=TakesCommand, help=_HELP)(_with_options_of(lint, _guard))


def _passed(reports: Sequence[Report]) -> str:
    """Say that nothing stops the command, and what there is nevertheless."""
    total = [report.counts() for report in reports]
    found = counted(
        {severity: sum(one[severity] for one in total) for severity in RANK if severity != "note"}
    )
    return f"passed{f' with {found}; see `authlint lint`' if found else ''}"


def _become(words: list[str]) -> NoReturn:
    """Replace this process, so that signals and the exit code are the command's own affair."""
    for name in _IGNORED_BY_PYTHON:
        if hasattr(signal, name):  # not on Windows
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    try:
        os.execvp(words[0], words)  # noqa: S606 - to run what the user names is the purpose
    except OSError as error:
        cannot_run(words, error)
