"""`authlint lint`: lint a state and report."""

import gc
from pathlib import Path
from typing import Annotated

import typer

from linter.cli.configured import by_setup
from linter.cli.failures import failures
from linter.cli.options import (
    Agents,
    BaselineFile,
    CodexHome,
    Config,
    Debug,
    Evidence,
    Now,
    Profile,
    Routers,
    Rules,
    Since,
    Workspaces,
    parse_time,
)
from linter.cli.outputs import parse_outputs, remember_findings, wants_colour, write_outputs
from linter.cli.progress import Progress
from linter.cli.whereabouts import all_whereabouts
from linter.reports.interface import Options, Report
from linter.usecases.exit_code import LEVELS, exit_code
from linter.usecases.lint import lint_states

States = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[STATE]...",
        help="State directories, or files inside some. Default: $OPENCLAW_STATE_DIR, else ~/.openclaw.",
    ),
]
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
NoBaseline = Annotated[
    bool, typer.Option("--no-baseline", help="Report known findings too, whatever authlint.yaml says.")
]
Notes = Annotated[bool, typer.Option("--notes", help="Show notes in text (json and sarif have them anyway).")]


def command(
    *,
    states: States = None,
    formats: Formats = ["text"],  # noqa: B006 - typer reads the default, nothing changes it
    fail_on: FailOn = "error",
    select: Select = None,
    ignore: Ignore = None,
    notes: Notes = False,
    baseline: BaselineFile = None,
    no_baseline: NoBaseline = False,
    profile: Profile = None,
    codex_home: CodexHome = None,
    workspace: Workspaces = None,
    agent: Agents = None,
    now: Now = None,
    router: Routers = None,
    evidence: Evidence = None,
    since: Since = None,
    config: Config = None,
    rules: Rules = None,
    debug: Debug = False,
) -> None:
    """Lint a state. Exit code: 0 clean, 1 findings, 2 wrong use or a broken rule, 3 nothing to lint."""
    # A run is short and keeps what it reads: collecting garbage would only visit every row again and again.
    gc.disable()
    progress = Progress(shown=debug)
    if fail_on not in LEVELS:
        raise typer.BadParameter(f"{fail_on!r} is none of {', '.join(LEVELS)}", param_hint="--fail-on")
    outputs, now_ms = parse_outputs(formats), parse_time(now)
    progress("start")
    reports: list[Report] = []
    with failures(debug=debug):
        locations = all_whereabouts(states, profile, codex_home, workspace, agent, router)
        if len(locations) > 1 and since is not None:
            raise typer.BadParameter(
                "is the earlier snapshot of one state, not of several", param_hint="--since"
            )
        options = Options(notes=notes, colour=wants_colour(), cwd=Path.cwd(), home=Path.home())
        groups = by_setup(locations, config, workspace, rules, select, ignore)
        for one in lint_states(groups, now_ms, evidence=evidence or (), since=since, done=progress):
            known = None if no_baseline else baseline or one.setup.baseline
            reports.append(one.report(options, known, alone=len(locations) == 1))
        write_outputs(outputs, reports)
        progress("report")
        remember_findings(reports)
    raise typer.Exit(max(exit_code(report, fail_on) for report in reports))
