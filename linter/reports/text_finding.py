"""Findings one by one, each as a block of text: headline, places with source lines and carets, what to do."""

from collections.abc import Iterator
from typing import TextIO

from linter.engine.finding import Finding, Fix, Location, RuleProblem
from linter.printable import printable
from linter.reports.interface import Options, Report
from linter.reports.summary import summary
from linter.reports.wording import amount, spot
from linter.reports.wrapping import BLUE, BOLD, GREEN, RED, SEVERITIES, Painter, command_lines, wrapped
from linter.sources.excerpt import Excerpt, excerpt, narrowed

_MOST_RELATED = 5
_TELLS_NOTHING = ("", "{", "[", "}", "]", "{},", "[],", "{}", "[]")
"""Lines that explain nothing: what begins there is told by the place."""


def block(finding: Finding, report: Report) -> str:
    """Render a finding without a newline at its end."""
    paint = Painter(colour=report.options.colour)
    places = [finding.location, *(one for one in finding.related if one[:2] != finding.location[:2])]
    excerpts = [_excerpt(location, report) for location in places[: _MOST_RELATED + 1]]
    numbers = [len(str(it.line_number)) for it in excerpts if it is not None and it.line_number is not None]
    gutter = " " * max(numbers, default=1)
    head = paint(f"{finding.severity}[{finding.rule}]", SEVERITIES[finding.severity])
    name, width = f"{finding.severity}[{finding.rule}]", report.options.width
    first, *rest = wrapped(f"{name}: {printable(finding.message)}", width)
    lines = [head + paint(first.removeprefix(name), BOLD), *(paint(line, BOLD) for line in rest)]
    for index, (location, shown) in enumerate(zip(places, excerpts, strict=False)):
        arrow = ":::" if index else "-->"
        place = spot(report.documents.place(location), report.options)
        named, *more = wrapped(printable(place), width, f"{gutter}{arrow} ", f"{gutter}      ")
        lines += [named.replace(arrow, paint(arrow, BLUE), 1), *more]
        colour = BLUE if index else SEVERITIES[finding.severity]
        lines += _source(shown, gutter, location, paint, colour, width)
    if len(places) > len(excerpts):
        lines.append(f"{gutter}{paint(':::', BLUE)} and {amount(len(places) - len(excerpts), 'more place')}")
    if finding.fixes and any(excerpts):
        lines.append(f"{gutter} {paint('|', BLUE)}")
    for fix in finding.fixes:
        lines += _advice(fix, gutter, width, paint)
    return "\n".join(lines)


def finding_lines(finding: Finding, options: Options, indent: str, text: str = "") -> list[str]:
    """Render a finding as wrapped text: its severity, rule and message, or another text."""
    head = f"{finding.severity}[{finding.rule}]"
    said = text or printable(finding.message)
    first, *rest = wrapped(f"{head}: {said}", options.width, indent, f"{indent}  ")
    painted = Painter(colour=options.colour)(head, SEVERITIES[finding.severity])
    return [first.replace(head, painted, 1), *rest]


def problem(failed: RuleProblem, options: Options) -> str:
    """Render a rule that could not be evaluated."""
    paint, head = Painter(colour=options.colour), f"rule failed[{failed.rule}]"
    first, *rest = wrapped(f"{head}: {printable(failed.message)}", options.width)
    place = wrapped(f"{printable(failed.path)}:{failed.line}:{failed.column}", options.width, " --> ")
    lines = [paint(head, RED) + paint(first.removeprefix(head), BOLD), *(paint(one, BOLD) for one in rest)]
    return "\n".join([*lines, *place])


def _excerpt(location: Location, report: Report) -> Excerpt | None:
    document = report.documents.get(location.source)
    return excerpt(document, document.region(location.pointer)) if document is not None else None


def _source(
    shown: Excerpt | None, gutter: str, location: Location, paint: Painter, colour: str, width: int
) -> Iterator[str]:
    """Render the source line with its number, and carets with the label below it."""
    if shown is None or shown.text.strip() in _TELLS_NOTHING:
        if location.label:
            yield f"{gutter} {paint('=', BLUE)} {printable(location.label)}"
        return
    shown = narrowed(shown, width - len(gutter) - 3)
    bar = paint("|", BLUE)
    number = "" if shown.line_number is None else str(shown.line_number)
    indent = len(shown.text) - len(shown.text.lstrip())
    cut = max(indent - 4, 0)  # deep indentation carries nothing here
    mark = "^" if colour != BLUE else "-"
    carets = mark * max(shown.caret_end - shown.caret_start, 1)
    label = f" {printable(location.label)}" if location.label else ""
    if len(gutter) + 3 + shown.caret_start - cut + len(carets) + len(label) > width:
        carets, label = carets[: max(width - len(gutter) - 3 - shown.caret_start + cut, 1)], ""
    yield f"{gutter} {bar}"
    yield f"{paint(number.rjust(len(gutter)), BLUE)} {bar} {shown.text[cut:]}"
    yield f"{gutter} {bar} {' ' * (shown.caret_start - cut)}{paint(carets + label, colour)}"


def _advice(fix: Fix, gutter: str, width: int, paint: Painter) -> Iterator[str]:
    """Render a way to end the finding, with commands on lines of their own, to be copied."""
    word = {"safe": "fix", "unsafe": "fix (unsafe)", "advice": "advice"}[fix.safety]
    first, *rest = wrapped(f"{word}: {printable(fix.title)}", width, f"{gutter} = ", f"{gutter}   ")
    yield first.replace("=", paint("=", BLUE), 1).replace(word, paint(word, GREEN), 1)
    yield from rest
    yield from wrapped(printable(fix.reason), width, f"{gutter}   ")
    for command in fix.commands:
        yield from command_lines(printable(command), width, f"{gutter}     ")


def write(report: Report, stream: TextIO) -> None:
    """Write the findings, the rules that failed, and a line that sums up."""
    findings = report.in_order(notes=report.options.notes)
    stream.writelines(block(finding, report) + "\n\n" for finding in findings)
    stream.writelines(problem(failed, report.options) + "\n\n" for failed in report.failed())
    if not report.options.quiet:
        stream.writelines(f"{line}\n" for line in wrapped(summary(report), report.options.width))
