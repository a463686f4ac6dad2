"""The checklist as text for a terminal."""

from collections.abc import Iterator, Sequence

from linter.engine.finding import Finding
from linter.printable import printable
from linter.reports.interface import Report
from linter.reports.painter import BOLD, CYAN, GREEN, RED, YELLOW, Painter
from linter.reports.text_finding import finding_lines
from linter.reports.wording import amount, era, path_for_people, spot
from linter.reports.wrapping import command_lines, wrapped
from linter.views.checklist import Checklist, Item, Verdict

_COLOURS: dict[Verdict, str] = {"broken": RED, "cannot be known": YELLOW, "holds": GREEN}
_MOST_SHOWN = 5
_INDENT = "   "


def checklist_text(found: Checklist, report: Report) -> str:
    """Return the items, each with what breaks it or what it was judged from, and a line that sums up."""
    writer, width = _Writer(report), report.options.width
    blocks = ["\n".join(writer.item(item)) for item in found.items]
    state = path_for_people(report.states[0], report.options)
    head, end = (
        "\n".join(wrapped(text, width))
        for text in (printable(f"{state} ({era(report.meta)})"), _summary(found.items))
    )
    return "\n\n".join([head, *blocks, end])


class _Writer:
    """Writes items; a finding that an item before has shown is only named again."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._width = report.options.width
        self._findings = {finding.fingerprint: finding for finding in report.in_order()}
        self._paint = Painter(colour=report.options.colour)
        self._shown: dict[str, int] = {}

    def item(self, item: Item) -> Iterator[str]:
        for line in wrapped(f"{item.number}  {item.statement}", self._width, "", _INDENT):
            yield self._paint(line, BOLD)
        verdict = self._paint(item.verdict, _COLOURS[item.verdict])
        if item.verdict == "broken":
            yield f"{_INDENT}{verdict}"
            for fingerprint in item.findings[:_MOST_SHOWN]:
                yield from self._finding(self._findings[fingerprint], item.number)
            if len(item.findings) > _MOST_SHOWN:
                yield f"{_INDENT}and {len(item.findings) - _MOST_SHOWN} more, which `authlint lint` shows"
            return
        notes = f"; {amount(item.notes, 'note')} (authlint lint --notes)" if item.notes else ""
        text = f"{item.verdict}: {printable(item.grounds.text)}{notes}"
        lines = wrapped(text, self._width, _INDENT)
        yield "\n".join(lines).replace(item.verdict, verdict, 1)
        for command in item.grounds.how:
            for line in command_lines(printable(command), self._width, f"{_INDENT}  "):
                yield self._paint(line, CYAN)

    def _finding(self, finding: Finding, number: int) -> Iterator[str]:
        before = self._shown.setdefault(finding.fingerprint, number)
        text = f"as under {before}" if before != number else ""
        yield from finding_lines(finding, self._report.options, _INDENT, text)
        if before == number:
            place = spot(self._report.documents.place(finding.location), self._report.options)
            yield from wrapped(printable(place), self._width, f"{_INDENT}  ", f"{_INDENT}    ")


def _summary(items: Sequence[Item]) -> str:
    numbers = {
        verdict: ", ".join(str(item.number) for item in items if item.verdict == verdict)
        for verdict in _COLOURS
    }
    parts = [f"{verdict}: {found}" for verdict, found in numbers.items() if found]
    line = f"{'; '.join(parts)}.".capitalize()
    if numbers["broken"]:
        return f"{line} `authlint explain RULE` tells what a finding means and how to mend it."
    return f"{line} Which account you mean, only you can say: in `expect:` of authlint.yaml."
