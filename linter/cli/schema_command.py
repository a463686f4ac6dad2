"""`authlint schema`: the JSON Schemas of authlint's files."""

import json
from enum import StrEnum
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


_FILES = {
    SchemaName.RULE: "engine/rule.schema.json",
    SchemaName.CONFIG: "configuration/config.schema.json",
    SchemaName.REPORT: "reports/report.schema.json",
    SchemaName.BASELINE: "baseline/baseline.schema.json",
    SchemaName.DIFF: "reports/diff.schema.json",
}

Name = Annotated[
    SchemaName,
    typer.Argument(
        help="rule: rule files; config: authlint.yaml; snapshot: the tables; report: lint's json; "
        "baseline: known findings; diff: its json."
    ),
]


def command(name: Name) -> None:
    """Print the JSON Schema of rule files, authlint.yaml, snapshots, reports, baselines or comparisons."""
    if name is SchemaName.SNAPSHOT:
        typer.echo(json.dumps(schema(), indent=2, ensure_ascii=False))
    else:
        path = Path(__file__).parents[1] / _FILES[name]
        typer.echo(path.read_text(encoding="utf-8"), nl=False)
