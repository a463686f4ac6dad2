"""Findings as workflow commands of GitHub Actions, which become annotations."""

from typing import TextIO

from linter.engine.finding import Finding
from linter.reports.interface import Report
from linter.reports.wording import from_repository, path_for_people, spot

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def write(report: Report, stream: TextIO) -> None:
    """Write a command a line, first for the rules that failed."""
    for problem in report.failed():
        title = _property(f"authlint: {problem.rule} failed")
        stream.write(f"::error title={title}::{_data(problem.message)}\n")
    findings = report.in_order(notes=report.options.notes)
    stream.writelines(_command(finding, report) + "\n" for finding in findings)


def _command(finding: Finding, report: Report) -> str:
    place, options = report.documents.place(finding.location), from_repository(report)
    properties = {"file": path_for_people(place.path, options)}
    lines = [finding.message]
    if place.cell is not None:
        lines[0] += f" ({spot(place, options)})"
    elif place.kind != "unread":
        start, end = place.region
        properties |= {"line": str(start.line), "endLine": str(end.line)}
        if start.line == end.line:  # columns are ignored otherwise
            properties |= {"col": str(start.column), "endColumn": str(end.column)}
    for fix in finding.fixes:
        lines += [fix.title, *fix.commands]
    properties["title"] = f"authlint: {finding.rule}"
    named = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = _data("\n".join(lines))
    return f"::{_COMMANDS[finding.severity]} {named}::{message}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
