"""Findings for people who want the lines: each alone, with its places, source lines and carets."""

from typing import TextIO

from linter.reports.interface import Report
from linter.reports.summary import summary
from linter.reports.text_finding import block, problem
from linter.reports.wrapping import wrapped


def write(report: Report, stream: TextIO) -> None:
    """Write the findings, the rules that failed, and a line that sums up."""
    findings = report.in_order(notes=report.options.notes)
    stream.writelines(block(finding, report) + "\n\n" for finding in findings)
    stream.writelines(problem(failed, report.options) + "\n\n" for failed in report.failed())
    if not report.options.quiet:
        stream.writelines(f"{line}\n" for line in wrapped(summary(report), report.options.width))
