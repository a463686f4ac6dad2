"""`authlint lint`: lint a state and report."""

import gc
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from linter.cli.configured import by_configuration, setup
from linter.cli.failures import failures
from linter.cli.folders import cache_dir
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
    Since,
    Workspaces,
    parse_time,
)
from linter.cli.outputs import parse_outputs, wants_colour, write_outputs
from linter.cli.progress import Progress
from linter.cli.whereabouts import whereabouts
from linter.pipeline import lint, see_earlier, take_snapshot
from linter.report import make_report
from linter.reports.interface import Options, Report
from linter.snapshot.snapshot import Snapshot
from linter.verdict import LEVELS, exit_code

if TYPE_CHECKING:  # most runs have no configuration
    from linter.configuration.leftovers import Leftovers
    from linter.configuration.model import Configuration

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
    code, reports, snapshots = 0, list[Report](), list[Snapshot]()
    with failures(debug=debug):
        wanted: list[Path | None] = [*states] if states else [None]
        found = [whereabouts(state, profile, codex_home, workspace, agent, router) for state in wanted]
        locations = {location.snapshot or location.state_dir: location for location in found}
        if len(locations) > 1 and since is not None:
            raise typer.BadParameter(
                "is the earlier snapshot of one state, not of several", param_hint="--since"
            )
        options = Options(notes=notes, colour=wants_colour(), cwd=Path.cwd(), home=Path.home())
        for path, members in by_configuration(config, workspace, locations.values()).items():
            pack, settings, configuration = setup(path, rules, select, ignore)
            leftovers = None if agent else _leftovers(configuration, now_ms)
            progress("load rules")
            for location in members:
                snapshot = take_snapshot(
                    location, now_ms, evidence=evidence or (), configuration=configuration, done=progress
                )
                see_earlier(snapshot, since)
                evaluation = lint(snapshot, pack, settings, configuration)
                if leftovers:
                    leftovers.see(evaluation, pack, settings, snapshot.meta["era"])
                    if location is members[-1]:
                        evaluation = leftovers.added(evaluation)
                progress("evaluate")
                reports.append(make_report(snapshot, pack, evaluation, location, options))
                code = max(code, exit_code(evaluation, fail_on))
                snapshots.append(snapshot)
        if len({snapshot.meta["host"] for snapshot in snapshots}) > 1:
            from linter.snapshot.fleet import fleet  # noqa: PLC0415 - most runs see one machine

            together = fleet(snapshots)
            evaluation = lint(together, pack, settings)
            reports.append(make_report(together, pack, evaluation, None, options))
            code = max(code, exit_code(evaluation, fail_on))
        write_outputs(outputs, reports)
        progress("report")
        _remember([report for report in reports if report.findings])
    raise typer.Exit(code)


def _remember(reports: Sequence[Report]) -> None:
    folder = cache_dir()
    if reports and folder:
        from linter.reports.last_run import remember  # noqa: PLC0415 - a clean run has nothing to explain

        remember(reports, folder)


def _leftovers(configuration: "Configuration | None", now_ms: int) -> "Leftovers | None":
    if configuration is None or not configuration.exemptions:
        return None
    from linter.configuration.leftovers import Leftovers  # noqa: PLC0415 - only for who suppresses something

    return Leftovers(configuration, now_ms)
