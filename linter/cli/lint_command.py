"""`authlint lint`: lint a state and report."""

import gc
from pathlib import Path
from typing import Annotated

import typer

from linter.cli.choice import chosen_rules
from linter.cli.failures import USAGE_ERROR, failures
from linter.cli.folders import cache_dir
from linter.cli.options import (
    Agents,
    CodexHome,
    Debug,
    Now,
    Profile,
    Rules,
    StateDir,
    Workspaces,
    parse_time,
)
from linter.cli.outputs import parse_outputs, wants_colour, write_outputs
from linter.cli.progress import Progress

Formats = Annotated[
    list[str],
    typer.Option(
        "-f",
        "--format",
        metavar="FORMAT[=FILE]",
        help="text, json, sarif, github, gitlab, junit or markdown. Several at once, all but one to files.",
    ),
]
FailOn = Annotated[
    str,
    typer.Option("--fail-on", metavar="LEVEL", help="Exit with 1 from here on: error, warning, note, never."),
]
Select = Annotated[
    list[str] | None, typer.Option("--select", metavar="RULE", help="Only these rules. Repeatable, globs.")
]
Ignore = Annotated[
    list[str] | None, typer.Option("--ignore", metavar="RULE", help="Not these rules. Repeatable, globs.")
]
Notes = Annotated[bool, typer.Option("--notes", help="Show notes in text (json and sarif have them anyway).")]

LEVELS = {"error": 0, "warning": 1, "note": 2, "never": -1}


def command(
    *,
    state: StateDir = None,
    formats: Formats = ["text"],  # noqa: B006 - typer reads the default, nothing changes it
    fail_on: FailOn = "error",
    select: Select = None,
    ignore: Ignore = None,
    notes: Notes = False,
    profile: Profile = None,
    codex_home: CodexHome = None,
    workspace: Workspaces = None,
    agent: Agents = None,
    now: Now = None,
    rules: Rules = None,
    debug: Debug = False,
) -> None:
    """Lint an OpenClaw state. Exit code: 0 clean, 1 findings, 2 wrong use, 3 nothing to lint."""
    # A run is short and keeps what it reads: collecting garbage would only visit every row again and again.
    gc.disable()
    progress = Progress(shown=debug)
    if fail_on not in LEVELS:
        raise typer.BadParameter(f"{fail_on!r} is none of {', '.join(LEVELS)}", param_hint="--fail-on")
    outputs = parse_outputs(formats)
    now_ms = parse_time(now)
    with failures(debug=debug):
        from linter.cli.whereabouts import whereabouts  # noqa: PLC0415 - the same
        from linter.pipeline import lint as evaluate  # noqa: PLC0415 - after the options are known to be right
        from linter.pipeline import take_snapshot  # noqa: PLC0415 - the same
        from linter.report import make_report  # noqa: PLC0415 - the same
        from linter.reports.interface import Options  # noqa: PLC0415 - the same
        from linter.rule_pack import load_rules  # noqa: PLC0415 - the same

        progress("start")
        pack = load_rules(rules or [], cache_dir())
        settings = chosen_rules(pack, select or [], ignore or [])
        progress("load rules")
        location = whereabouts(state, profile, codex_home, workspace, agent)
        snapshot = take_snapshot(location, now_ms, progress)
        evaluation = evaluate(snapshot, pack, settings)
        progress("evaluate")
        options = Options(notes=notes, colour=wants_colour(), cwd=Path.cwd(), home=Path.home())
        report = make_report(snapshot, pack, evaluation, location, options)
        write_outputs(outputs, report)
        progress("report")
    if evaluation.problems:
        raise typer.Exit(USAGE_ERROR)
    if any(LEVELS[finding.severity] <= LEVELS[fail_on] for finding in evaluation.findings):
        raise typer.Exit(1)
