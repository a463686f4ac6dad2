"""Findings as a GitLab code quality report."""

import json
from hashlib import sha256
from typing import Any, TextIO

from linter.engine.finding import Finding
from linter.reports.interface import Report
from linter.reports.wording import path_for_people, spot

_SEVERITIES = {"error": "critical", "warning": "major", "note": "info"}


def write(report: Report, stream: TextIO) -> None:
    """Write an array with an issue for every finding."""
    issues = [_issue(finding, report) for finding in report.in_order()]
    issues += [
        {
            "description": f"The rule could not be evaluated: {problem.message}",
            "check_name": problem.rule,
            "fingerprint": sha256(f"{problem.rule}\0failed".encode()).hexdigest()[:16],
            "severity": "blocker",
            "location": {"path": problem.path, "lines": {"begin": problem.line}},
        }
        for problem in report.failed()
    ]
    json.dump(issues, stream, indent=2, ensure_ascii=False)
    stream.write("\n")


def _issue(finding: Finding, report: Report) -> dict[str, Any]:
    place = report.documents.place(finding.location)
    in_database = f" ({spot(place, report.options)})" if place.cell is not None else ""
    return {
        "description": finding.message + in_database,
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": path_for_people(place.path, report.options),
            "lines": {"begin": 1 if place.cell is not None else place.region.start.line},
        },
    }
