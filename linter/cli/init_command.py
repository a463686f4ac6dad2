"""`authlint init`: a configuration to begin with, and a mapping for a router."""

import sys
from pathlib import Path
from time import time
from typing import Annotated

import typer

from linter.cli.failures import USAGE_ERROR, fail, failures
from linter.cli.options import Debug
from linter.configuration.find import FILE_NAME
from linter.configuration.scaffold import (
    configuration_text,
    create,
    hook_texts,
    pre_commit_text,
    workflow_text,
)
from linter.openclaw.location import NothingToLint
from linter.snapshot.tables import Tables, empty_tables
from linter.usecases.own_folders import this_process
from linter.usecases.target import Target

Everything = Annotated[
    bool, typer.Option("--all", help="Write the entries for pre-commit and CI too, instead of printing them.")
]
Hook = Annotated[
    bool,
    typer.Option(
        "--hook", help="Write a hook into the state instead: the gateway's log then tells what is new."
    ),
]
RouterPath = Annotated[Path, typer.Argument(metavar="FILE", help="A file in which the router keeps logins.")]
app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command("router")
def router(path: RouterPath, *, debug: Debug = False) -> None:
    """Print a first mapping for a router that authlint does not know, drafted from one of its files.

    The draft holds no value of the file. What it cannot know is said in comments.
    """
    with failures(debug=debug):
        from linter.configuration.router_draft import drafted  # noqa: PLC0415 - it reads as a router does

        typer.echo(drafted(path.absolute(), Path.home()), nl=False)


@app.callback(invoke_without_command=True)
def command(
    context: typer.Context, *, everything: Everything = False, hook: Hook = False, debug: Debug = False
) -> None:
    """Write a commented authlint.yaml here, and show how to run authlint in pre-commit and CI.

    A file that exists is left as it is.
    """
    if context.invoked_subcommand is not None:
        return
    with failures(debug=debug):
        target = Target(this_process(), int(time() * 1000))
        if hook:
            _write_hook(target.location().state_dir)
            return
        _write(Path(FILE_NAME), configuration_text(_tables(target)))
        further = (
            (Path(".pre-commit-config.yaml"), pre_commit_text()),
            (Path(".github/workflows/authlint.yaml"), workflow_text()),
        )
        for path, text in further:
            if not (everything and _write(path, text)):
                typer.echo(f"\nFor {path}:\n\n{text.rstrip()}")


def _tables(target: Target) -> Tables:
    """Return what is known of the state of whoever asks; nothing where there is none that can be read."""
    try:
        return target.snapshot(target.location(), None).tables
    except NothingToLint:
        return empty_tables()


def _write_hook(state: Path) -> None:
    for name, text in hook_texts([sys.executable, "-m", "linter"]).items():
        _write(state / "hooks" / "authlint" / name, text)
    typer.echo("`openclaw hooks enable authlint` lets the gateway run it from its next start on")


def _write(path: Path, text: str) -> bool:
    try:
        written = create(path, text)
    except OSError as error:
        fail(f"cannot write {path}: {error.strerror}", USAGE_ERROR)
    typer.echo(f"wrote {path}" if written else f"{path} is there already and was left as it is")
    return written
