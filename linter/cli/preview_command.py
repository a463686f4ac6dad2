"""`authlint preview`: what commands, fixes or time would change, before anything is done."""

from typing import Annotated, Any

import typer

from linter.cli.failures import NOTHING_TO_LINT, fail
from linter.cli.options import FailOn, Notes, StateDir
from linter.cli.outputs import Shown, ViewFormat, show
from linter.cli.parsing import OrderedCommand, options_in_order
from linter.cli.target import LINTING, looks_at
from linter.engine.durations import milliseconds
from linter.openclaw.whatif import steps
from linter.openclaw.whatif.unpredictable import UnpredictableError
from linter.usecases.exit_code import exit_code
from linter.usecases.preview import preview
from linter.usecases.target import Target
from linter.views.preview_text import preview_text

Given = list[str] | None


def _option(flag: str, metavar: str, about: str) -> Any:
    return typer.Option(flag, metavar=metavar, help=about)


_ORDER = "`openclaw models auth order"
OrderSet = Annotated[Given, _option("--order-set", "PROVIDER=ID,ID", f"{_ORDER} set` for --agent.")]
OrderClear = Annotated[Given, _option("--order-clear", "PROVIDER", f"{_ORDER} clear` for --agent.")]
LogoutOf = Annotated[Given, _option("--logout", "ID", "`openclaw models auth logout` for --agent.")]
Pinned = Annotated[Given, _option("--pin", "SESSION=ID", "`/model MODEL@ID -s` in that chat.")]
At = Annotated[Given, _option("--at", "+TIME", "So much later, as +2h: blocks end, tokens expire.")]
UpgradeTo = Annotated[str | None, _option("--upgrade", "VERSION", "OpenClaw and its doctor --fix.")]
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
    lists = {"order_set": order_set, "order_clear": order_clear, "logout": logout, "pin": pin, "at": at}
    given = {**lists, "upgrade": upgrade, "fix": fix or None}
    known = {name: value for name, value in given.items() if value}
    agent = target.agents[0] if target.agents else None
    taken = [_parsed(name, value, agent, unsafe=unsafe) for name, value in options_in_order(ctx, known)]
    try:
        found = preview(target._replace(agents=()), taken, target.options(notes=notes))
    except UnpredictableError as error:
        fail(f"this cannot be predicted: {error}", NOTHING_TO_LINT)
    show("preview", found, form, lambda: preview_text(found))
    raise typer.Exit(max(exit_code(found.outcome, fail_on), int(found.moves)))


cls = OrderedCommand


def _parsed(name: str, value: Any, agent: str | None, *, unsafe: bool) -> steps.Step | steps.Fixes:
    agent = agent or "main"
    match name:
        case "order_set":
            provider, ids = _pair(name, value)
            named = [one.strip() for one in ids.split(",") if one.strip()]
            return steps.order_set(agent, provider.strip().lower(), named)
        case "order_clear":
            return steps.order_cleared(agent, value.strip().lower())
        case "logout":
            return steps.logged_out(agent, value)
        case "pin":
            return steps.pinned(*_pair(name, value))
        case "upgrade":
            return steps.upgraded(value)
        case "at":
            return steps.later(_duration(value), value.lstrip("+"))
        case _:
            return steps.Fixes(unsafe)


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
