"""`authlint query`: rows of a state, as rules see them."""

from typing import Annotated

import typer

from linter.cli.failures import USAGE_ERROR, fail
from linter.cli.options import StateDir
from linter.cli.target import READING, looks_at
from linter.configuration.rule_pack import vocabulary
from linter.engine.query import QueryError, query
from linter.printable import json_text
from linter.reports.wording import spot
from linter.snapshot.redact import scrub
from linter.snapshot.tables import IDENTITY
from linter.usecases.target import Target
from linter.views.rows_text import located, rows_text

Expression = Annotated[
    str,
    typer.Argument(help="JMESPath over the tables of docs/snapshot.md, for example 'sessions[?live]'."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


@looks_at(StateDir, READING)
def command(*, target: Target, expression: Expression, as_json: AsJson = False) -> None:
    """Print the rows that an expression selects, each with its place: the way to look before writing a rule.

    Exit code: 0 printed, 2 wrong use, 3 no state.
    """
    location = target.location()
    snapshot = target.snapshot(location, target.configuration(location))
    try:
        value = query(expression, snapshot.root(), vocabulary())
    except QueryError as error:
        said, *more = str(error).split("\n")
        fail(said, USAGE_ERROR, *more)

    def place(at: object) -> str:
        assert isinstance(at, dict)
        return spot(snapshot.documents.place((at["source"], at["pointer"])), target.options())

    if as_json:
        text = json_text(located(value, place), 2)
    else:
        text = rows_text(value, place, [name for key in IDENTITY.values() for name in key])
        if isinstance(value, list):
            text = f"{text}\n\n{len(value)} found" if value else "nothing found"
    typer.echo(scrub(text))
