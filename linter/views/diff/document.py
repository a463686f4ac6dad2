"""A comparison as JSON, which linter/reports/diff.schema.json documents."""

from io import StringIO
from typing import TextIO

from linter.printable import json_text
from linter.reports import json_report
from linter.reports.interface import Report
from linter.views.diff.compared import Diff

VERSION = 1


def write(diff: Diff, stream: TextIO) -> None:
    """Write the changes, and as reports of `authlint lint -f json` the findings that appeared and went."""
    layers = [
        {
            "layer": layer.layer,
            "known": layer.known,
            "changes": [change._asdict() for change in layer.changes],
        }
        for layer in diff.layers
    ]
    members = {
        "version": str(VERSION),
        "layers": json_text(layers),
        "stayed": str(diff.stayed),
        "appeared": _report(diff.appeared),
        "gone": _report(diff.gone),
    }
    stream.write("{\n" + ",\n".join(f'"{name}": {text}' for name, text in members.items()) + "\n}\n")


def _report(report: Report) -> str:
    text = StringIO()
    json_report.write(report, text)
    return text.getvalue().rstrip()
