"""Findings as JUnit XML: a rule is a test, and each of its findings a failure."""

from collections.abc import Iterator
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from linter.engine.finding import Finding, RuleProblem
from linter.printable import printable
from linter.reports.interface import Report
from linter.reports.markup import ADVICE
from linter.reports.wording import from_repository, spot


def write(report: Report, stream: TextIO) -> None:
    """Write one suite. Errors and warnings are failures, notes are not; a rule that failed is an error."""
    findings = report.in_order()
    problems = report.failed()
    reported = {finding.rule for finding in findings} | {problem.rule for problem in problems}
    cases = [
        *(_finding(finding, report) for finding in findings),
        *(_problem(problem) for problem in problems),
        *(f"<testcase {_attributes(classname='authlint', name=rule)}/>" for rule in _clean(report, reported)),
    ]
    notes = sum(finding.severity == "note" for finding in findings)
    totals = _attributes(
        name="authlint", tests=len(cases), failures=len(findings) - notes, errors=len(problems)
    )
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites {totals}>",
        f'  <testsuite {totals} skipped="{notes}">',  # which `testsuites` does not have in the common schema
        *(f"    {case}" for case in cases),
        "  </testsuite>",
        "</testsuites>",
    ]
    stream.write("\n".join(lines) + "\n")


def _clean(report: Report, reported: set[str]) -> Iterator[str]:
    return (rule for rule in sorted(report.rules) if rule not in reported)


def _finding(finding: Finding, report: Report) -> str:
    place = spot(report.documents.place(finding.location), from_repository(report))
    case = _attributes(classname=finding.rule, name=f"{finding.rule} at {place}")
    message = _attributes(message=finding.message, type=finding.severity)
    word = "skipped" if finding.severity == "note" else "failure"
    body = escape(" ".join(_remedies(finding)))
    inside = f"<{word} {message}>{body}</{word}>" if body else f"<{word} {message}/>"
    return f"<testcase {case}>{inside}</testcase>"


def _remedies(finding: Finding) -> Iterator[str]:
    for fix in finding.fixes:
        yield printable(f"{ADVICE[fix.safety]}: {fix.title}.")
        yield from (printable(text) for text in (fix.reason, *fix.commands) if text)


def _problem(problem: RuleProblem) -> str:
    case = _attributes(classname=problem.rule, name=problem.rule)
    message = _attributes(message=problem.message, type="rule")
    return f"<testcase {case}><error {message}/></testcase>"


def _attributes(**values: object) -> str:
    return " ".join(f"{name}={quoteattr(printable(str(value)))}" for name, value in values.items())
