"""`authlint fix`: show how findings can be ended, and do it if asked to."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import typer

from linter.cli.configured import configuration_path, setup
from linter.cli.failures import fail, failures
from linter.cli.lint_command import Ignore, Select
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
from linter.cli.whereabouts import whereabouts
from linter.engine.finding import Finding, Fix
from linter.fixes.batch import Left
from linter.fixes.plan import Plan
from linter.fixes.transaction import RefusedError
from linter.mending import Found, mend, take_back_interrupted
from linter.openclaw.gateway import running_gateway
from linter.openclaw.location import StateLocation
from linter.pipeline import lint, take_snapshot
from linter.reports.interface import Options
from linter.reports.taxonomy import LAYERS
from linter.snapshot.redact import scrub
from linter.views.fix_text import first_plan, left_to_people, outlook, proposal

Apply = Annotated[bool, typer.Option("--apply", help="Make the safe fixes. Without it nothing is changed.")]
Unsafe = Annotated[
    bool, typer.Option("--unsafe", help="Make the others too: they change what the next turn uses.")
]
Interactive = Annotated[
    bool, typer.Option("-i", "--interactive", help="Show each fix and ask. Means --apply.")
]
WhileRunning = Annotated[
    bool,
    typer.Option(
        "--while-running", help="Change files although a gateway runs, which may write its own back."
    ),
]

REFUSED = 1


def command(
    *,
    state: StateDir = None,
    apply: Apply = False,
    unsafe: Unsafe = False,
    interactive: Interactive = False,
    while_running: WhileRunning = False,
    select: Select = None,
    ignore: Ignore = None,
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
    """Show the fixes of findings as a diff without secrets; make them with --apply.

    Exit code: 0 shown or made, 1 refused, 2 wrong use or a broken rule, 3 nothing to lint.
    """
    now_ms = parse_time(now)
    with failures(debug=debug):
        location = whereabouts(state, profile, codex_home, workspace, agent, router)
        pack, settings, configuration = setup(
            configuration_path(config, workspace, location), rules, select, ignore
        )
        layers = {rule.id: rule.layer for rule in pack.rules}

        def look() -> Found:
            snapshot = take_snapshot(location, now_ms, evidence=evidence or (), configuration=configuration)
            evaluation = lint(snapshot, pack, settings, configuration)
            by_layer: dict[str, list[Finding]] = {layer: [] for layer in LAYERS}
            for finding in evaluation.findings:
                if finding.fixes and finding.suppression is None:
                    by_layer[layers[finding.rule]].append(finding)
            return Found(by_layer, snapshot.documents)

        options = Options(cwd=Path.cwd(), home=Path.home())
        if not (apply or interactive):
            _show(look(), options)
            return
        try:
            refuse_beside_gateway(location, allowed=while_running)
            for run in take_back_interrupted(location.state_dir):
                _say(f"Took back a fix that was interrupted: {', '.join(run.titles)}")
            _apply(look, location, now_ms, options, unsafe=unsafe, interactive=interactive)
        except RefusedError as refusal:
            fail(f"not changed: {refusal}", REFUSED)


def _show(found: Found, options: Options) -> None:
    """Show everything that could be done, of each finding its first fix."""
    plans, by_hand = [], []
    for finding in (finding for findings in found.by_layer.values() for finding in findings):
        planned = first_plan(finding, found.documents)
        if isinstance(planned, Plan):
            plans.append(planned)
            _say(proposal(finding, planned, options) + "\n")
        else:
            by_hand.append(left_to_people(finding, planned) + "\n")
    for text in by_hand:
        _say(text)
    _say(outlook(plans, len(by_hand)))


def _apply(
    look: Callable[[], Found],
    location: StateLocation,
    now_ms: int,
    options: Options,
    *,
    unsafe: bool,
    interactive: bool,
) -> None:
    def veto(finding: Finding, planned: Plan) -> str:
        if not interactive:
            return ""
        _say(proposal(finding, planned, options))
        return "" if typer.confirm("Make this fix?") else "declined"

    count = 0
    for mended in mend(look, location.state_dir, now_ms, unsafe=unsafe, veto=veto):
        if mended.run is None:
            _show_left(mended.batch.left)
            continue
        for one in mended.batch.made:
            count += 1
            if not interactive:
                _say(proposal(one.finding, one.plan, options) + "\n")
    undo = " `authlint undo` takes back the last change." if count else ""
    _say(f"{count} {'fix' if count == 1 else 'fixes'} made.{undo}")


def _show_left(left: Iterable[Left]) -> None:
    """Show the fixes that were not made, finding by finding."""
    grouped: dict[str, tuple[Finding, list[tuple[Fix, str]]]] = {}
    for one in left:
        _, reasons = grouped.setdefault(one.finding.fingerprint, (one.finding, []))
        reasons.append((one.fix, one.reason))
    for finding, reasons in grouped.values():
        _say(left_to_people(finding, reasons) + "\n")


def refuse_beside_gateway(location: StateLocation, *, allowed: bool) -> None:
    """Raise RefusedError when a gateway holds the state; when that is `allowed`, only say so."""
    gateway = running_gateway(location)
    if gateway is None:
        return
    if not allowed:
        raise RefusedError(
            f"a gateway runs on this state (process {gateway.pid}, {gateway.lock}) and may write its own copy"
            " back; stop it first, or use --while-running"
        )
    typer.echo(
        "authlint: a gateway is running; look again afterwards whether the change is still there", err=True
    )


def _say(text: str) -> None:
    typer.echo(scrub(text))
