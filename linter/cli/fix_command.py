"""`authlint fix`: show how findings can be ended, and do it if asked to."""

import sys
from functools import partial
from typing import Annotated

import typer

from linter.cli.changing import REFUSED, Asking, WhileRunning, refuse_beside_gateway
from linter.cli.failures import fail
from linter.cli.options import StateDir
from linter.cli.outputs import Shown, ViewFormat, show
from linter.cli.target import CHANGING, looks_at
from linter.fixes.batch import Left, Made, outlook
from linter.fixes.place import RefusedError
from linter.printable import printable
from linter.usecases.fix import look_at, mend, undo_interrupted
from linter.usecases.target import Target
from linter.views.fixes import fixes
from linter.views.fixes_text import fixes_text

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
    form: ViewFormat = Shown.TEXT,
) -> None:
    """Show the fixes of findings as a diff without secrets; make them with --apply.

    Exit code: 0 shown or made, 1 refused, 2 wrong use or a broken rule, 3 nothing to lint.
    """
    if sqlite and while_running:
        raise typer.BadParameter(
            "a database is only changed while no gateway runs: leave out --while-running",
            param_hint="--sqlite",
        )
    if interactive and (form is Shown.JSON or not sys.stdin.isatty()):
        said = "asks at a terminal, and there is none, so nothing is changed; --apply does not ask"
        raise typer.BadParameter(said, param_hint="--interactive")
    location, options = target.location(), target.options()
    look = partial(look_at, target, location, target.ruleset(location))
    if not (apply or interactive):
        seen = look()
        findings = [finding for layer in seen.by_layer.values() for finding in layer]
        found = fixes(*outlook(findings, seen.editable), options, made=False)
        show("fix", found, form, lambda: fixes_text(found, options))
        return
    made: list[Made] = []
    left: tuple[Left, ...] = ()
    refused = ""
    try:
        beside = refuse_beside_gateway(location, allowed=while_running)
        for run in undo_interrupted(target, location, beside_gateway=beside):
            said = f"Took back a fix that was interrupted: {printable(', '.join(run.titles))}"
            typer.echo(said, err=form is Shown.JSON)
        veto = Asking(options) if interactive else lambda *_: ""
        for step in mend(look, location.state_dir, target.now_ms, unsafe=unsafe, sqlite=sqlite, veto=veto):
            left = () if step.run else step.batch.left
            made += step.batch.made if step.run else ()
    except RefusedError as refusal:
        refused = str(refusal)
    if made or not refused:
        done = fixes(made, left, options, made=True)
        show("fix", done, form, lambda: fixes_text(done, options, seen=interactive))
    if refused:
        fail(f"not changed: {refused}", REFUSED)
