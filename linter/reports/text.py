"""Findings for people at a terminal: the verdict, each cause with its effects and its remedy, what to do."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from linter.reports.interface import Report
from linter.reports.summary import summary
from linter.reports.verdict import told
from linter.reports.wording import amount
from linter.reports.wrapping import wrapped

if TYPE_CHECKING:
    from linter.reports.causes import ToldCause


def write(report: Report, stream: TextIO) -> None:
    """Write the answer first, the causes, the rules that failed, and where to begin."""
    width, notes = report.options.width, report.options.notes
    shown = [
        finding for finding in report.findings if finding.counts and (notes or finding.severity != "note")
    ]
    quiet = report.options.quiet
    if quiet and not shown and not report.problems:
        return
    if not shown and not report.problems:
        answer = told(report.verdict, None) if report.verdict else ""
        stream.writelines(f"{line}\n" for line in (*wrapped(answer, width), *wrapped(summary(report), width)))
        return
    from linter.printable import printable  # noqa: PLC0415 - as above
    from linter.reports.causes import causes_of, worst_of  # noqa: PLC0415 - a clean report has no causes
    from linter.reports.text_cause import cause_block  # noqa: PLC0415 - as above
    from linter.reports.text_finding import problem  # noqa: PLC0415 - as above

    causes = causes_of(report, notes=notes)
    if report.verdict and not quiet:
        answer = told(report.verdict, worst_of(causes))
        stream.write("\n".join(wrapped(printable(answer), width)) + "\n\n" if answer else "")
    stream.writelines(cause_block(cause, report) + "\n\n" for cause in causes)
    stream.writelines(problem(failed, report.options) + "\n\n" for failed in report.failed())
    if not quiet:
        stream.writelines(f"{line}\n" for line in _ending(report, causes))


def _ending(report: Report, causes: "Sequence[ToldCause]") -> Iterator[str]:
    """Yield the lines."""
    width = report.options.width
    behind = f"{amount(len(causes), 'cause')}. " if len(causes) > 1 else ""
    yield from wrapped(behind + summary(report), width)
    made = [one for cause in causes for one in cause.made]
    if made:
        from linter.reports.causes import by_machine  # noqa: PLC0415 - a clean report has no causes

        yield from wrapped(by_machine(made), width)
    if causes:
        begin = "Start with 1. " if len(causes) > 1 else ""
        yield from wrapped(f"{begin}`authlint explain 1` tells what led to it.", width)
