"""`authlint diff`: what has changed between two states."""

import gc
from pathlib import Path
from typing import Annotated

import typer

from linter.cli.options import FailOn, Notes
from linter.cli.outputs import remember_findings
from linter.cli.shown import Shown, ViewFormat, show
from linter.cli.target import looks_at
from linter.usecases.diff import compare
from linter.usecases.exit_code import exit_code
from linter.usecases.target import Target
from linter.views.diff.text import diff_text

Before = Annotated[
    Path, typer.Argument(metavar="BEFORE", help="The earlier state: a snapshot, or a directory.")
]
After = Annotated[
    Path | None,
    typer.Argument(
        metavar="[AFTER]",
        help="The later one. Default: $OPENCLAW_STATE_DIR, else ~/.openclaw.",
        show_default=False,
    ),
]


@looks_at(After)
def command(
    *,
    target: Target,
    before: Before,
    form: ViewFormat = Shown.TEXT,
    fail_on: FailOn = "error",
    notes: Notes = False,
) -> None:
    """Tell layer by layer what has changed since an earlier snapshot, and which findings appeared or went.

    Exit code: 0 nothing appeared, 1 a finding did, 2 wrong use or a broken rule, 3 nothing to compare.
    """
    gc.disable()  # as for a lint
    options = target.options(notes=notes)
    diff = compare(target._replace(states=(before,)), target, options)
    show("diff", diff, form, lambda: diff_text(diff))
    remember_findings([diff.appeared])
    raise typer.Exit(exit_code(diff.outcome, fail_on))
