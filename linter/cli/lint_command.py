"""`authlint lint`: lint a state and report."""

import gc
from pathlib import Path
from typing import Annotated

import typer

from linter.cli.choice import chosen_rules
from linter.cli.failures import USAGE_ERROR, failures
from linter.cli.folders import cache_dir
from linter.cli.options import Agents, CodexHome, Debug, Evidence, Now, Profile, Rules, Workspaces, parse_time
from linter.cli.outputs import parse_outputs, wants_colour, write_outputs
from linter.cli.progress import Progress
from linter.cli.whereabouts import whereabouts
from linter.engine.finding import Evaluation
from linter.pipeline import lint, take_snapshot
from linter.report import make_report
from linter.reports.interface import Options
from linter.rule_pack import load_rules

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
Notes = Annotated[bool, typer.Option("--notes", help="Show notes in text (json and sarif have them anyway).")]

LEVELS = {"error": 0, "warning": 1, "note": 2, "never": -1}


def command(
    *,
    states: States = None,
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
    evidence: Evidence = None,
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
    code = 0
    with failures(debug=debug):
        pack = load_rules(rules or [], cache_dir())
        settings = chosen_rules(pack, select or [], ignore or [])
        progress("load rules")
        wanted: list[Path | None] = [*states] if states else [None]
        found = [whereabouts(state, profile, codex_home, workspace, agent) for state in wanted]
        locations = {location.state_dir: location for location in found}
        if len(locations) > 1 and any(output.format != "text" or output.path for output in outputs):
            raise typer.BadParameter("several states can only be reported as text", param_hint="--format")
        for location in locations.values():
            snapshot = take_snapshot(location, now_ms, evidence=evidence or (), done=progress)
            evaluation = lint(snapshot, pack, settings)
            progress("evaluate")
            options = Options(notes=notes, colour=wants_colour(), cwd=Path.cwd(), home=Path.home())
            write_outputs(outputs, make_report(snapshot, pack, evaluation, location, options))
            progress("report")
            code = max(code, _exit_code(evaluation, fail_on))
    raise typer.Exit(code)


def _exit_code(evaluation: Evaluation, fail_on: str) -> int:
    if evaluation.problems:
        return USAGE_ERROR
    return int(any(LEVELS[finding.severity] <= LEVELS[fail_on] for finding in evaluation.findings))
