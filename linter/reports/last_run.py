"""The findings of the last lint, kept so that one of them can be explained by its fingerprint."""

import json
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from linter.engine.finding import Finding
from linter.files import read_bytes
from linter.reports.interface import Report

_FILE = "last-run.json"
_MOST = 200


def remember(reports: Sequence[Report], folder: Path) -> None:
    """Keep reports as `-f json` writes them, with the worst findings of each, if they can be written."""
    from linter.engine.cache import write_privately  # noqa: PLC0415 - only where there are findings
    from linter.reports.json_report import write  # noqa: PLC0415 - as above

    texts = StringIO()
    for index, report in enumerate(reports):
        texts.write(",\n" if index else "[\n")
        write(report._replace(findings=tuple(_worst(report))), texts)
    write_privately(folder / _FILE, (texts.getvalue() + "]\n").encode(errors="backslashreplace"))


def recall(folder: Path) -> list[dict[str, Any]]:
    """Return the reports that were kept last; none when they cannot be read."""
    try:
        kept = json.loads(read_bytes(folder / _FILE))
        return [report for report in kept if isinstance(report["findings"], list)]
    except (OSError, ValueError, LookupError, TypeError):
        return []


def _worst(report: Report) -> list[Finding]:
    """Return the findings to keep: before those that are accepted or known, those that are shown."""
    return sorted(report.in_order(uncounted=True), key=lambda finding: not finding.counts)[:_MOST]
