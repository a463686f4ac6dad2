"""`authlint schema`: the JSON Schemas of authlint's files and outputs."""

import json
from pathlib import Path
from typing import Annotated

import typer

from linter.cli.options import one_of
from linter.snapshot.tables import schema
from linter.views.value import VIEWS, schema_of

_FILES = {
    "rule": "configuration/rule.schema.json",
    "causes": "engine/cause.schema.json",
    "config": "configuration/config.schema.json",
    "report": "reports/report.schema.json",
    "baseline": "baseline/baseline.schema.json",
}
_NAMES = ("snapshot", *_FILES, *VIEWS)
Name = Annotated[
    str,
    typer.Argument(
        callback=one_of(_NAMES),
        metavar="NAME",
        help="rule, causes: files of a pack; config: authlint.yaml; snapshot: the tables; report: lint's "
        f"json; baseline: known findings; {', '.join(VIEWS)}: the json of that command.",
    ),
]


def command(name: Name) -> None:
    """Print the JSON Schema of a file that authlint reads, or of what a command writes as JSON."""
    if name in _FILES:
        path = Path(__file__).parents[1] / _FILES[name]
        typer.echo(path.read_text(encoding="utf-8"), nl=False)
    else:
        found = schema() if name == "snapshot" else schema_of(name)
        typer.echo(json.dumps(found, indent=2, ensure_ascii=False))
