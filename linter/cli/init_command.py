"""`authlint init`: a configuration to begin with."""

from pathlib import Path
from typing import Annotated

import typer

from linter.cli.failures import USAGE_ERROR, fail, failures
from linter.cli.options import Debug
from linter.configuration.find import FILE_NAME
from linter.configuration.scaffold import configuration_text, create, pre_commit_text, workflow_text

Everything = Annotated[
    bool, typer.Option("--all", help="Write the entries for pre-commit and CI too, instead of printing them.")
]


def command(*, everything: Everything = False, debug: Debug = False) -> None:
    """Write a commented authlint.yaml here, and show how to run authlint in pre-commit and CI.

    A file that exists is left as it is.
    """
    with failures(debug=debug):
        _write(Path(FILE_NAME), configuration_text())
        further = (
            (Path(".pre-commit-config.yaml"), pre_commit_text()),
            (Path(".github/workflows/authlint.yaml"), workflow_text()),
        )
        for path, text in further:
            if not (everything and _write(path, text)):
                typer.echo(f"\nFor {path}:\n\n{text.rstrip()}")


def _write(path: Path, text: str) -> bool:
    try:
        written = create(path, text)
    except OSError as error:
        fail(f"cannot write {path}: {error.strerror}", USAGE_ERROR)
    typer.echo(f"wrote {path}" if written else f"{path} is there already and was left as it is")
    return written
