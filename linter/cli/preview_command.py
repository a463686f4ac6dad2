"""`authlint preview`: what commands, fixes or time would change, before anything is done."""

from typing import Annotated, Any

import typer

from linter.cli.failures import NOTHING_TO_LINT, fail
from linter.cli.options import FailOn, Notes, StateDir
from linter.cli.outputs import Shown, ViewFormat, show
from linter.cli.parsing import OrderedCommand, options_in_order
from linter.cli.target import LINTING, looks_at
from linter.engine.durations import milliseconds
from linter.openclaw.whatif.steps import (
    ClearOrder,
    Fixes,
    Logout,
    Pin,
    SetOrder,
    Step,
    UnpredictableError,
    Upgrade,
    Wait,
)
from linter.usecases.exit_code import exit_code
from linter.usecases.preview import preview
from linter.usecases.target import Target
from linter.views.preview_text import preview_text

OrderSet = Annotated[
    list[str] | None,
    typer.Option(
        "--order-set", metavar="PROVIDER=ID,ID", help="`openclaw models auth order set` for --agent."
    ),
]
OrderClear = Annotated[
    list[str] | None,
    typer.Option("--order-clear", metavar="PROVIDER", help="`openclaw models auth order clear` for --agent."),
]
LogoutOf = Annotated[
    list[str] | None,
    typer.Option("--logout", metavar="ID", help="`openclaw models auth logout` for --agent."),
]
Pinned = Annotated[
    list[str] | None,
    typer.Option("--pin", metavar="SESSION=ID", help="`/model MODEL@ID -s` in that chat."),
]
At = Annotated[
    list[str] | None,
    typer.Option("--at", metavar="+TIME", help="So much later, as +2h: blocks end, tokens expire."),
]
UpgradeTo = Annotated[
    str | None,
    typer.Option("--upgrade", metavar="VERSION", help="OpenClaw upgraded, and `openclaw doctor --fix` run."),
]
Fix = Annotated[bool, typer.Option("--fix", help="`authlint fix --apply`.")]
Unsafe = Annotated[bool, typer.Option("--unsafe", help="With --fix: its unsafe fixes, too.")]


@looks_at(StateDir, LINTING)
def command(
    *,
    ctx: typer.Context,
    target: Target,
    order_set: OrderSet = None,
    order_clear: OrderClear = None,
    logout: LogoutOf = None,
    pin: Pinned = None,
    at: At = None,
    upgrade: UpgradeTo = None,
    fix: Fix = False,
    unsafe: Unsafe = False,
    form: ViewFormat = Shown.TEXT,
    fail_on: FailOn = "warning",
    notes: Notes = False,
) -> None:
    """Tell which chats would use another account, and which findings would come and go, before you do it.

    Steps count in the order in which they are given; nothing is changed. Exit code: 0 nobody changes account,
    1 somebody does or a finding appears, 2 wrong use, 3 it cannot be predicted.
    """
    given = {"order_set": order_set, "order_clear": order_clear, "logout": logout, "pin": pin, "at": at}
    known = {
        name: value for name, value in {**given, "upgrade": upgrade, "fix": fix or None}.items() if value
    }
    agent = target.agents[0] if target.agents else None
    steps = [_parsed(name, value, agent, unsafe=unsafe) for name, value in options_in_order(ctx, known)]
    try:
        found = preview(target._replace(agents=()), steps, target.options(notes=notes))
    except UnpredictableError as error:
        fail(f"this cannot be predicted: {error}", NOTHING_TO_LINT)
    show("preview", found, form, lambda: preview_text(found))
    raise typer.Exit(max(exit_code(found.outcome, fail_on), int(found.moves)))


cls = OrderedCommand


def _parsed(name: str, value: Any, agent: str | None, *, unsafe: bool) -> Step:
    agent = agent or "main"
    match name:
        case "order_set":
            provider, ids = _pair(name, value)
            return SetOrder(
                agent, provider.strip().lower(), tuple(filter(None, map(str.strip, ids.split(","))))
            )
        case "order_clear":
            return ClearOrder(agent, value.strip().lower())
        case "logout":
            return Logout(agent, value)
        case "pin":
            return Pin(*_pair(name, value))
        case "upgrade":
            return Upgrade(value)
        case "at":
            return Wait(_duration(value), value.lstrip("+"))
        case _:
            return Fixes(unsafe)


def _pair(name: str, value: str) -> tuple[str, str]:
    left, equals, right = value.rpartition("=") if name == "pin" else value.partition("=")
    if not left or not right or not equals:
        shape = "SESSION=ID" if name == "pin" else "PROVIDER=ID,ID"
        flag = f"--{name.replace('_', '-')}"
        raise typer.BadParameter(f"{value!r} is not of the form {shape}", param_hint=flag)
    return left, right


def _duration(value: str) -> int:
    number = value.lstrip("+").rstrip("abcdefghijklmnopqrstuvwxyz ")
    unit = value.lstrip("+")[len(number) :].strip()
    length = milliseconds(f"{number} {unit}") if unit else 0 if number == "0" else value
    if not isinstance(length, int):
        raise typer.BadParameter(f"{value!r} is no time such as +2h, +30min or +1d", param_hint="--at")
    return length
