"""Findings as a GitLab code quality report."""

from hashlib import sha256
from pathlib import Path
from typing import Any, TextIO

from linter.engine.finding import Finding
from linter.printable import json_text
from linter.reports.interface import Report
from linter.reports.wording import from_repository, path_for_people, spot

_SEVERITIES = {"error": "critical", "warning": "major", "note": "info"}


def write(report: Report, stream: TextIO) -> None:
    """Write an array with an issue for every finding."""
    issues = [_issue(finding, report) for finding in report.in_order()]
    issues += [
        {
            "description": f"The rule could not be evaluated: {problem.message}",
            "check_name": problem.rule,
            "fingerprint": _digest(problem.rule, problem.message),
            "severity": "blocker",
            "location": {
                "path": path_for_people(Path(problem.path), from_repository(report)),
                "lines": {"begin": problem.line},
            },
        }
        for problem in report.failed()
    ]
    stream.write(json_text(issues, indent=2) + "\n")


def _issue(finding: Finding, report: Report) -> dict[str, Any]:
    place, options = report.documents.place(finding.location), from_repository(report)
    path = path_for_people(place.path, options)
    in_database = f" ({spot(place, options)})" if place.cell is not None else ""
    return {
        "description": finding.message + in_database,
        "check_name": finding.rule,
        # Of two issues with the same fingerprint GitLab shows one; two states may well have the same finding.
        "fingerprint": _digest(finding.fingerprint, path) if len(report.states) > 1 else finding.fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": path,
            "lines": {"begin": 1 if place.cell is not None else place.region.start.line},
        },
    }


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode(errors="replace")).hexdigest()[:32]
