"""The `authlint` command. A subcommand is imported only when it is asked for: starting must feel instant."""

import os
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from linter.version import __version__

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""
_ClickError: Any = typer.BadParameter.__mro__[2]  # ClickException, wherever typer keeps it

GROUPS = {
    "Look": {
        "demo": "Three broken states found out and cured, in folders that vanish.",
        "lint": "What is wrong, by cause, and what to do about it.",
        "trace": "Which login a chat uses next, and why.",
        "layers": "All chats, with the layers that disagree.",
        "logins": "The logins by account: where, which are copies, who uses them.",
        "diff": "What has changed between two states.",
        "fleet": "Lint thousands of snapshots, and what their machines share.",
        "snapshot": "Save what is known of a state, without secrets.",
    },
    "Judge": {
        "checklist": "The seven questions: settled, broken or unknown.",
        "explain": "What led to a cause or a finding, what a rule means.",
        "rules": "All rules, by layer.",
    },
    "Mend": {
        "preview": "What a change would do to every chat, before it is made.",
        "fix": "Show what can be mended by machine; do it with --apply.",
        "undo": "Take back the last fix.",
    },
    "Gate": {
        "guard": "Run a command only when the lint passes.",
        "watch": "Lint again whenever the state changes.",
        "baseline": "Accept what is there, so that only new findings count.",
        "tokens": "Find login tokens in files before they are committed.",
    },
    "Write rules": {
        "init": "A configuration to begin with; a mapping for a router.",
        "new": "Begin a rule.",
        "test": "Test rules by their own examples.",
        "query": "Ask the tables of a state with an expression of the rule language.",
        "schema": "JSON Schemas of authlint's files and outputs.",
    },
}
"""Subcommands by what they are for; each is the function `command` or the group `app` of `<name>_command`."""
COMMANDS = tuple(name for group in GROUPS.values() for name in group)


class _LazyGroup(TyperGroup):
    """A group that imports a subcommand when it is used."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"linter.cli.{cmd_name}_command")
        if hasattr(module, "app"):
            return typer.main.get_command(module.app)
        single = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        single.command(cmd_name, cls=getattr(module, "cls", None))(module.command)
        return typer.main.get_command(single)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from linter.engine.errors import near  # noqa: PLC0415 - only when something is wrong

            ctx.fail(f"there is no command {args[0]}{near(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - click's signature
        for heading, commands in GROUPS.items():
            with formatter.section(heading):
                formatter.write_dl(list(commands.items()))

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command; wrong use is told as every other error is, and Ctrl-C is 130 whenever it comes."""
        standalone = extra.pop("standalone_mode", True)
        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except typer.Abort:
            code = INTERRUPTED
        except _ClickError as error:
            from linter.cli.failures import tell_wrong_use  # noqa: PLC0415 - only when something is wrong

            code = tell_wrong_use(error)
        return sys.exit(code) if standalone else code


app = typer.Typer(
    cls=_LazyGroup,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - typer's callback signature
    if wanted:
        typer.echo(f"authlint {__version__}")
        raise typer.Exit


@app.callback()
def root(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Check the OAuth profiles, orders and session pins of an OpenClaw state for contradictions."""


def main() -> None:
    """Run the command line.

    Ends the process without tidying up: freeing a large state row by row costs a tenth of the run.
    """
    code: object = 0
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by who started us
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - to the end
    if isinstance(
        sys.stdout, TextIOWrapper
    ):  # a path may be no UTF-8, and a terminal may know less than Unicode
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        app(prog_name="authlint")
    except SystemExit as end:
        code = end.code
    except BrokenPipeError:
        code = 1  # the reader of our output has gone; there is nobody left to tell
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        code = 1
    except OSError as error:
        print(f"authlint: what was found could not be written: {error.strerror}", file=sys.stderr)  # noqa: T201
        code = 2
    os._exit(code if isinstance(code, int) else int(code is not None))
