"""`authlint schema`: the JSON Schemas of authlint's files."""

import json
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from linter.snapshot.schema import schema


class SchemaName(StrEnum):
    """What a schema describes."""

    RULE = "rule"
    CONFIG = "config"
    SNAPSHOT = "snapshot"
    REPORT = "report"
    BASELINE = "baseline"
    DIFF = "diff"
    CAUSES = "causes"
    TRACE = "trace"
    LAYERS = "layers"
    LOGINS = "logins"
    CHECKLIST = "checklist"


_FILES = {
    SchemaName.RULE: "configuration/rule.schema.json",
    SchemaName.CONFIG: "configuration/config.schema.json",
    SchemaName.REPORT: "reports/report.schema.json",
    SchemaName.BASELINE: "baseline/baseline.schema.json",
    SchemaName.DIFF: "reports/diff.schema.json",
    SchemaName.CAUSES: "engine/cause.schema.json",
}
_VIEWS = {
    SchemaName.TRACE: ("trace", "Traces"),
    SchemaName.LAYERS: ("layers", "Layers"),
    SchemaName.LOGINS: ("logins", "Logins"),
    SchemaName.CHECKLIST: ("checklist", "Checklist"),
}
"""Views by the module that makes them, and the type of what they are."""

Name = Annotated[
    SchemaName,
    typer.Argument(
        help="rule, causes: files of a pack; config: authlint.yaml; snapshot: the tables; report: lint's "
        "json; baseline: known findings; the others: the json of the command."
    ),
]


def command(name: Name) -> None:
    """Print the JSON Schema of a file that authlint reads, or of what a command writes as JSON."""
    if name is SchemaName.SNAPSHOT:
        typer.echo(json.dumps(schema(), indent=2, ensure_ascii=False))
    elif name in _VIEWS:
        from linter.views.value import schema_of  # noqa: PLC0415 - only for views

        module, kind = _VIEWS[name]
        view = getattr(import_module(f"linter.views.{module}"), kind)
        typer.echo(json.dumps(schema_of(name.value, view), indent=2, ensure_ascii=False))
    else:
        path = Path(__file__).parents[1] / _FILES[name]
        typer.echo(path.read_text(encoding="utf-8"), nl=False)
