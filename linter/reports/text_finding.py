"""One finding as a block of text: headline, places with source lines and carets, and what to do."""

from collections.abc import Iterator
from textwrap import wrap

from linter.engine.finding import Finding, Fix, Location, RuleProblem
from linter.reports.interface import Options, Report
from linter.reports.painter import BLUE, BOLD, GREEN, RED, SEVERITIES, Painter
from linter.reports.wording import amount, spot
from linter.sources.excerpt import Excerpt, excerpt
from linter.sources.printable import printable

_MOST_RELATED = 5
_WIDTH = 100


def block(finding: Finding, report: Report) -> str:
    """Render a finding without a newline at its end."""
    paint = Painter(colour=report.options.colour)
    places = [finding.location, *(one for one in finding.related if one[:2] != finding.location[:2])]
    excerpts = [_excerpt(location, report) for location in places[: _MOST_RELATED + 1]]
    numbers = [len(str(it.line_number)) for it in excerpts if it is not None and it.line_number is not None]
    gutter = " " * max(numbers, default=1)
    head = paint(f"{finding.severity}[{finding.rule}]", SEVERITIES[finding.severity])
    lines = [head + paint(f": {printable(finding.message)}", BOLD)]
    for index, (location, shown) in enumerate(zip(places, excerpts, strict=False)):
        arrow = ":::" if index else "-->"
        place = spot(report.documents.place(location), report.options)
        lines.append(f"{gutter}{paint(arrow, BLUE)} {printable(place)}")
        lines += _source(shown, gutter, location, paint, BLUE if index else SEVERITIES[finding.severity])
    if len(places) > len(excerpts):
        lines.append(f"{gutter}{paint(':::', BLUE)} and {amount(len(places) - len(excerpts), 'more place')}")
    if finding.fixes and any(excerpts):
        lines.append(f"{gutter} {paint('|', BLUE)}")
    for fix in finding.fixes:
        lines += _advice(fix, gutter, paint)
    return "\n".join(lines)


def problem(failed: RuleProblem, options: Options) -> str:
    """Render a rule that could not be evaluated."""
    paint = Painter(colour=options.colour)
    return (
        f"{paint(f'rule failed[{failed.rule}]', RED)}{paint(': ' + printable(failed.message), BOLD)}\n"
        f" {paint('-->', BLUE)} {printable(failed.path)}:{failed.line}:{failed.column}"
    )


def _excerpt(location: Location, report: Report) -> Excerpt | None:
    document = report.documents.get(location.source)
    return excerpt(document, document.region(location.pointer)) if document is not None else None


def _source(
    shown: Excerpt | None, gutter: str, location: Location, paint: Painter, colour: str
) -> Iterator[str]:
    """Render the source line with its number, and carets with the label below it."""
    if shown is None or not shown.text.strip():
        if location.label:
            yield f"{gutter} {paint('=', BLUE)} {printable(location.label)}"
        return
    bar = paint("|", BLUE)
    number = "" if shown.line_number is None else str(shown.line_number)
    indent = len(shown.text) - len(shown.text.lstrip())
    cut = max(indent - 4, 0)  # deep indentation carries nothing here
    mark = "^" if colour != BLUE else "-"
    carets = mark * max(shown.caret_end - shown.caret_start, 1)
    label = f" {printable(location.label)}" if location.label else ""
    yield f"{gutter} {bar}"
    yield f"{paint(number.rjust(len(gutter)), BLUE)} {bar} {shown.text[cut:]}"
    yield f"{gutter} {bar} {' ' * (shown.caret_start - cut)}{paint(carets + label, colour)}"


def _advice(fix: Fix, gutter: str, paint: Painter) -> Iterator[str]:
    """Render a way to end the finding, with commands on lines of their own, to be copied."""
    word = {"safe": "fix", "unsafe": "fix (unsafe)", "advice": "advice"}[fix.safety]
    yield f"{gutter} {paint('=', BLUE)} {paint(word, GREEN)}: {printable(fix.title)}"
    yield from (f"{gutter}   {line}" for line in wrap(printable(fix.reason), _WIDTH, break_on_hyphens=False))
    for command in fix.commands:
        yield f"{gutter}     {printable(command)}"
