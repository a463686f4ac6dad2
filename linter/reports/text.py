"""Findings for people at a terminal, with source lines and carets."""

from typing import TextIO

from linter.reports.interface import Report
from linter.reports.summary import summary


def write(report: Report, stream: TextIO) -> None:
    """Write the findings, the rules that failed, and a line that sums up."""
    findings = report.in_order(notes=report.options.notes)
    if findings or report.problems:
        from linter.reports.text_finding import block, problem  # noqa: PLC0415 - a clean report needs no excerpts

        stream.writelines(block(finding, report) + "\n\n" for finding in findings)
        stream.writelines(problem(failed, report.options) + "\n\n" for failed in report.failed())
    stream.write(summary(report) + "\n")
