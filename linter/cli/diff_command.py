"""`authlint diff`: what has changed between two states."""

import gc
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from linter.cli.configured import configuration_path, setup
from linter.cli.failures import failures
from linter.cli.lint_command import FailOn, Ignore, Notes, Select
from linter.cli.options import (
    Agents,
    CodexHome,
    Config,
    Debug,
    Evidence,
    Now,
    Profile,
    Routers,
    Rules,
    Workspaces,
    parse_time,
)
from linter.cli.outputs import remember_findings, terminal_width, wants_colour
from linter.cli.whereabouts import whereabouts
from linter.reports.interface import Options
from linter.usecases.diff import compare
from linter.usecases.exit_code import LEVELS, exit_code


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


def command(
    *,
    before: Before,
    after: After = None,
    form: Format = DiffFormat.TEXT,
    fail_on: FailOn = "error",
    select: Select = None,
    ignore: Ignore = None,
    notes: Notes = False,
    profile: Profile = None,
    codex_home: CodexHome = None,
    workspace: Workspaces = None,
    agent: Agents = None,
    now: Now = None,
    router: Routers = None,
    evidence: Evidence = None,
    config: Config = None,
    rules: Rules = None,
    debug: Debug = False,
) -> None:
    """Tell layer by layer what has changed since an earlier snapshot, and which findings appeared or went.

    Exit code: 0 nothing appeared, 1 a finding did, 2 wrong use or a broken rule, 3 nothing to compare.
    """
    gc.disable()  # as for a lint
    if fail_on not in LEVELS:
        raise typer.BadParameter(f"{fail_on!r} is none of {', '.join(LEVELS)}", param_hint="--fail-on")
    now_ms = parse_time(now)
    with failures(debug=debug):
        later = whereabouts(after, profile, codex_home, workspace, agent, router)
        earlier = whereabouts(before, profile, codex_home, workspace, agent, router)
        options = Options(notes=notes, colour=wants_colour(), cwd=Path.cwd(), home=Path.home())
        known = setup(configuration_path(config, workspace, later), rules, select, ignore)
        diff = compare((earlier, later), now_ms, known, options, evidence or ())
        if form is DiffFormat.JSON:
            from linter.views.diff.document import write  # noqa: PLC0415 - most want text

            write(diff, sys.stdout)
        else:
            from linter.views.diff.text import diff_text  # noqa: PLC0415 - some want JSON

            typer.echo(diff_text(diff, terminal_width()), nl=False)
        remember_findings([diff.appeared])
        code = exit_code(diff.outcome, fail_on)
    raise typer.Exit(code)
