"""`authlint diff`: what has changed between two states."""

import subprocess
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from linter.cli.failures import USAGE_ERROR, fail
from linter.cli.options import FailOn, Notes
from linter.cli.outputs import Shown, ViewFormat, remember_findings, show
from linter.cli.parsing import TakesCommand, cannot_run
from linter.cli.target import looks_at
from linter.reports.interface import Options
from linter.usecases.diff import around, compare
from linter.usecases.exit_code import exit_code
from linter.usecases.target import Target
from linter.views.diff.text import diff_text

Before = Annotated[
    Path | None,
    typer.Argument(
        metavar="[BEFORE]",
        help="The earlier state: a snapshot, or a directory. With a command, the state that it changes.",
        show_default=False,
    ),
]
After = Annotated[
    Path | None,
    typer.Argument(
        metavar="[AFTER]",
        help="The later one. Default: $OPENCLAW_STATE_DIR, else ~/.openclaw.",
        show_default=False,
    ),
]
cls = TakesCommand
_STDERR = 2  # the descriptor, so that what is printed there keeps its order


@looks_at(After)
def command(
    *,
    ctx: typer.Context,
    target: Target,
    before: Before = None,
    form: ViewFormat = Shown.TEXT,
    fail_on: FailOn = "error",
    notes: Notes = False,
) -> None:
    """Tell layer by layer what has changed since an earlier snapshot, and which findings appeared or went.

    With a command behind `--` it is run, and what it changed is told, with the layers that followed in each
    chat; its output goes to stderr, and its exit code is passed on.

    Exit code: 0 nothing appeared, 1 a finding did, 2 wrong use or a broken rule, 3 nothing to compare.
    """
    options = target.options(notes=notes)
    if ctx.obj:
        _around(target, before, ctx.obj, form, options)
    if before is None:
        fail("name an earlier snapshot, or a command behind `--` that changes the state", USAGE_ERROR)
    diff = compare(target._replace(states=(before,)), target, options)
    show("diff", diff, form, lambda: diff_text(diff))
    remember_findings([diff.appeared])
    raise typer.Exit(exit_code(diff.outcome, fail_on))


def _around(target: Target, state: Path | None, words: list[str], form: Shown, options: Options) -> NoReturn:
    from linter.views.followed_text import followed_text  # noqa: PLC0415 - most compare with a snapshot

    if target.states:
        fail("with a command, name one state: that which the command changes", USAGE_ERROR)
    changed = target if state is None else target._replace(states=(state,))
    found = around(changed, lambda: _run(words), options)
    show("around", found, form, lambda: followed_text(found))
    remember_findings([found.diff.appeared])
    raise typer.Exit(found.exit_code)


def _run(words: list[str]) -> int:
    """Run a command with its output on stderr; return its exit code as a shell does."""
    try:
        code = subprocess.run(words, stdout=_STDERR, check=False).returncode  # noqa: S603 - the user's
    except OSError as error:
        cannot_run(words, error)
    return code if code >= 0 else 128 - code
