"""`authlint fix`: show how findings can be ended, and do it if asked to."""

from collections.abc import Iterable
from functools import partial
from typing import Annotated

import typer

from linter.cli.beside_gateway import REFUSED, WhileRunning, refuse_beside_gateway
from linter.cli.failures import fail
from linter.cli.options import StateDir
from linter.cli.target import CHANGING, looks_at
from linter.engine.finding import Finding
from linter.fixes.batch import outlook
from linter.fixes.plan import Plan
from linter.fixes.refusal import RefusedError
from linter.printable import printable
from linter.reports.interface import Options
from linter.snapshot.redact import scrub
from linter.usecases.fix import Found, Mended, look_at, mend
from linter.usecases.target import Target
from linter.usecases.undo import undo_interrupted
from linter.views.fix_text import left_texts, proposal, summed_up

Apply = Annotated[bool, typer.Option("--apply", help="Make the safe fixes. Without it nothing is changed.")]
Unsafe = Annotated[
    bool, typer.Option("--unsafe", help="Make the others too: they change what the next turn uses.")
]
Interactive = Annotated[
    bool, typer.Option("-i", "--interactive", help="Show each fix and ask. Means --apply.")
]
Sqlite = Annotated[
    bool,
    typer.Option(
        "--sqlite",
        help="With --unsafe: clear dead session pins in OpenClaw's databases, too. It has no command for it.",
    ),
]


@looks_at(StateDir, CHANGING)
def command(
    *,
    target: Target,
    apply: Apply = False,
    unsafe: Unsafe = False,
    interactive: Interactive = False,
    while_running: WhileRunning = False,
    sqlite: Sqlite = False,
) -> None:
    """Show the fixes of findings as a diff without secrets; make them with --apply.

    Exit code: 0 shown or made, 1 refused, 2 wrong use or a broken rule, 3 nothing to lint.
    """
    if sqlite and while_running:
        raise typer.BadParameter(
            "a database is only changed while no gateway runs: leave out --while-running",
            param_hint="--sqlite",
        )
    location, options = target.location(), target.options()
    look = partial(look_at, target, location, target.ruleset(location))
    if not (apply or interactive):
        _show(look(), options, sqlite=sqlite)
        return

    def veto(finding: Finding, planned: Plan) -> str:
        if not interactive:
            return ""
        _say(proposal(finding, planned, options))
        return "" if typer.confirm("Make this fix?") else "declined"

    try:
        beside = refuse_beside_gateway(location, allowed=while_running)
        for run in undo_interrupted(target, location, beside_gateway=beside):
            _say(f"Took back a fix that was interrupted: {printable(', '.join(run.titles))}")
        mended = mend(look, location.state_dir, target.now_ms, unsafe=unsafe, sqlite=sqlite, veto=veto)
        _tell(mended, options, shown=interactive)
    except RefusedError as refusal:
        fail(f"not changed: {refusal}", REFUSED)


def _show(found: Found, options: Options, *, sqlite: bool) -> None:
    """Show everything that could be done, of each finding its first fix."""
    findings = [finding for layer in found.by_layer.values() for finding in layer]
    possible, left = outlook(findings, found.editable, sqlite=sqlite)
    for one in possible:
        _say(proposal(one.finding, one.plan, options) + "\n")
    by_hand = left_texts(left)
    for text in by_hand:
        _say(text + "\n")
    _say(summed_up(possible, len(by_hand)))


def _tell(steps: Iterable[Mended], options: Options, *, shown: bool) -> None:
    """Make fixes step by step and say what was made, unless it was `shown` before, and what is left."""
    count = 0
    for mended in steps:
        if mended.run is None:
            for text in left_texts(mended.batch.left):
                _say(text + "\n")
            continue
        for one in mended.batch.made:
            count += 1
            if not shown:
                _say(proposal(one.finding, one.plan, options) + "\n")
    undo = " `authlint undo` takes back the last change." if count else ""
    _say(f"{count} {'fix' if count == 1 else 'fixes'} made.{undo}")


def _say(text: str) -> None:
    typer.echo(scrub(text))
