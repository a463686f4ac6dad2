"""`--pseudonymise`: other names for people and chats, made with a key of the user's own."""

from pathlib import Path
from typing import Annotated

import typer

from linter.usecases.own_folders import pseudonym_key_file

Pseudonymise = Annotated[
    bool,
    typer.Option("--pseudonymise", help="Replace emails, account, user and chat ids by stable other names."),
]


def pseudonym_key(path: Path | None = None) -> bytes:
    """Return the key in a file, by default one of the user's own; made if it is not there."""
    from linter.snapshot.pseudonyms import PseudonymKeyError, key_at  # noqa: PLC0415 - most need none

    try:
        return key_at(path or pseudonym_key_file())
    except PseudonymKeyError as error:
        raise typer.BadParameter(str(error), param_hint="--key") from None
