"""The `authlint` command. A subcommand is imported only when it is asked for: starting must feel instant."""

import os
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from linter.version import __version__

COMMANDS = (
    "lint",
    "demo",
    "baseline",
    "fix",
    "undo",
    "snapshot",
    "trace",
    "layers",
    "logins",
    "diff",
    "preview",
    "checklist",
    "rules",
    "explain",
    "test",
    "query",
    "init",
    "new",
    "schema",
    "tokens",
    "guard",
    "watch",
)
"""Subcommands; each is the function `command` or the group `app` of the module `<name>_command`."""


class _LazyGroup(TyperGroup):
    """A group that imports a subcommand when it is used or listed."""

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


if __name__ == "__main__":
    main()
