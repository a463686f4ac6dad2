"""`authlint diff`: what has changed between two states."""

import gc
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from linter.cli.options import FailOn, Notes
from linter.cli.outputs import remember_findings
from linter.cli.target import looks_at
from linter.usecases.diff import compare
from linter.usecases.exit_code import exit_code
from linter.usecases.target import Target


class DiffFormat(StrEnum):
    """How a comparison is written."""

    TEXT = "text"
    JSON = "json"


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
Format = Annotated[DiffFormat, typer.Option("-f", "--format", help="How the comparison is written.")]


@looks_at(After)
def command(
    *,
    target: Target,
    before: Before,
    form: Format = DiffFormat.TEXT,
    fail_on: FailOn = "error",
    notes: Notes = False,
) -> None:
    """Tell layer by layer what has changed since an earlier snapshot, and which findings appeared or went.

    Exit code: 0 nothing appeared, 1 a finding did, 2 wrong use or a broken rule, 3 nothing to compare.
    """
    gc.disable()  # as for a lint
    options = target.options(notes=notes)
    diff = compare(target._replace(states=(before,)), target, options)
    if form is DiffFormat.JSON:
        from linter.views.diff.document import write  # noqa: PLC0415 - most want text

        write(diff, sys.stdout)
    else:
        from linter.views.diff.text import diff_text  # noqa: PLC0415 - some want JSON

        typer.echo(diff_text(diff, target.caller.width), nl=False)
    remember_findings([diff.appeared])
    raise typer.Exit(exit_code(diff.outcome, fail_on))
