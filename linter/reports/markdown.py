"""Findings as Markdown: the summary of a CI job, or a comment."""

from collections.abc import Iterator, Sequence
from typing import TextIO

from linter.engine.finding import Finding
from linter.reports.causes import ToldCause, causes_of, fix_command, worst_of
from linter.reports.interface import Report
from linter.reports.markup import advice, escaped, escaped_html
from linter.reports.summary import summary
from linter.reports.verdict import told
from linter.reports.wording import amount, counted, from_repository, spot

_MOST_ROWS = 300
"""A job summary may have 1 MiB, and nobody reads more than this."""


def write(report: Report, stream: TextIO) -> None:
    """Write the answer, and each cause with a table of its findings and what to do about them."""
    causes = causes_of(report, notes=report.options.notes)
    answer = told(report.verdict, worst_of(causes)) if report.verdict else ""
    blocks = ["## authlint", *([f"**{escaped(answer)}**"] if answer else []), escaped(summary(report))]
    blocks += [
        f"Rule `{problem.rule}` could not be evaluated: {escaped(problem.message)}"
        for problem in report.failed()
    ]
    room = _MOST_ROWS
    for cause in causes:
        shown = cause.findings[:room]
        room -= len(shown)
        if shown:
            blocks += _cause(cause, shown, report)
    left = sum(len(cause.findings) for cause in causes) - (_MOST_ROWS - room)
    if left:
        blocks.append(f"And {amount(left, 'more finding')}.")
    stream.write("\n\n".join(blocks) + "\n")


def _cause(cause: ToldCause, shown: Sequence[Finding], report: Report) -> Iterator[str]:
    yield f"### {cause.number}. {escaped(cause.title)} ({counted(cause.counts)})"
    if cause.why:
        yield escaped(cause.why)
    yield "\n".join(_table(shown, report))
    if cause.made:
        yield f"`{fix_command(cause.made)}`: {escaped(cause.made[0].plan.fix.title)}"
    if cause.by_hand:
        ways = "\n\n".join(advice(fix) for fix in cause.by_hand)
        yield f"<details>\n<summary>{escaped_html(cause.by_hand[0].title)}</summary>\n\n{ways}\n\n</details>"


def _table(findings: Sequence[Finding], report: Report) -> Iterator[str]:
    yield "| severity | rule | finding | place |"
    yield "|---|---|---|---|"
    for finding in findings:
        place = spot(report.documents.place(finding.location), from_repository(report))
        yield f"| {finding.severity} | `{finding.rule}` | {escaped(finding.message)} | {escaped(place)} |"
