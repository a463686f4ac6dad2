"""Findings as Markdown: the summary of a CI job, or a comment."""

from collections.abc import Iterator
from typing import TextIO

from linter.engine.finding import Finding
from linter.reports.interface import Report
from linter.reports.markup import advice, escaped, escaped_html
from linter.reports.summary import summary
from linter.reports.wording import amount, from_repository, spot

_MOST_ROWS = 300
"""A job summary may have 1 MiB, and nobody reads more than this."""


def write(report: Report, stream: TextIO) -> None:
    """Write a summary, a table of the findings, and what to do about each."""
    findings = report.in_order(notes=report.options.notes)
    shown = findings[:_MOST_ROWS]
    blocks = [f"## authlint\n\n{escaped(summary(report))}"]
    blocks += [
        f"Rule `{problem.rule}` could not be evaluated: {escaped(problem.message)}"
        for problem in report.failed()
    ]
    if shown:
        blocks.append("\n".join(_table(shown, report)))
    if len(findings) > len(shown):
        blocks.append(f"And {amount(len(findings) - len(shown), 'more finding')}.")
    blocks += [_details(finding) for finding in shown if finding.fixes]
    stream.write("\n\n".join(blocks) + "\n")


def _table(findings: list[Finding], report: Report) -> Iterator[str]:
    yield "| severity | rule | finding | place |"
    yield "|---|---|---|---|"
    for finding in findings:
        place = spot(report.documents.place(finding.location), from_repository(report))
        yield f"| {finding.severity} | `{finding.rule}` | {escaped(finding.message)} | {escaped(place)} |"


def _details(finding: Finding) -> str:
    fixes = "\n\n".join(advice(fix) for fix in finding.fixes)
    return f"<details>\n<summary>{escaped_html(finding.message)}</summary>\n\n{fixes}\n\n</details>"
