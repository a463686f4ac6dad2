"""How a view is shown: as text for people, or as the same value in JSON."""

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any

import typer

from linter.snapshot.redact import scrub


class Shown(StrEnum):
    """The formats of views."""

    TEXT = "text"
    JSON = "json"


ViewFormat = Annotated[Shown, typer.Option("-f", "--format", help="How it is written.")]


def show(view: str, value: Any, form: Shown, text: Callable[[], str]) -> None:
    """Print a view; `text` makes what people read."""
    if form is Shown.JSON:
        from linter.views.value import as_json  # noqa: PLC0415 - most want text

        typer.echo(as_json(view, value))
    else:
        said = scrub(text())
        typer.echo(said, nl=bool(said))
