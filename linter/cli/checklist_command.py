"""`authlint checklist`: the validation checklist, item by item."""

from pathlib import Path

import typer

from linter.cli.configured import configuration_path, setup
from linter.cli.failures import USAGE_ERROR, failures
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
    StateDir,
    Workspaces,
    parse_time,
)
from linter.cli.outputs import terminal_width, wants_colour
from linter.cli.progress import Progress
from linter.cli.whereabouts import whereabouts
from linter.reports.interface import Options
from linter.reports.make import make_report
from linter.usecases.lint import lint_snapshot
from linter.usecases.snapshot import take_snapshot
from linter.views.checklist import checklist
from linter.views.checklist_text import checklist_text


def command(
    *,
    state: StateDir = None,
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
    """Walk the seven items of the validation checklist: each holds, is broken, or cannot be known and why.

    Exit code: 0 nothing is broken, 1 something is, 2 wrong use or a broken rule, 3 nothing to lint.
    """
    now_ms = parse_time(now)
    with failures(debug=debug):
        location = whereabouts(state, profile, codex_home, workspace, agent, router)
        pack, settings, configuration = setup(configuration_path(config, workspace, location), rules)
        snapshot = take_snapshot(
            location,
            now_ms,
            evidence=evidence or (),
            configuration=configuration,
            done=Progress(shown=debug),
        )
        evaluation = lint_snapshot(snapshot, pack, settings, configuration)
        options = Options(colour=wants_colour(), cwd=Path.cwd(), home=Path.home())
        report = make_report(snapshot, pack, evaluation, location, options)
        ran = {rule.id for rule in pack.rules if settings.selects(rule) and snapshot.meta["era"] in rule.eras}
        items = checklist(report, snapshot.tables, ran)
        typer.echo(checklist_text(items, report, terminal_width()), nl=False)
        broken = any(item.verdict == "broken" for item in items)
        code = USAGE_ERROR if evaluation.problems else int(broken)
    raise typer.Exit(code)
