"""The validation checklist on one state: each item holds, is broken, or cannot be known and why."""

from collections.abc import Collection, Iterator, Sequence
from typing import Literal, NamedTuple

from linter.configuration.rule_pack import CHECKLIST
from linter.engine.finding import RANK, Finding, RuleProblem
from linter.printable import printable
from linter.reports.interface import Report
from linter.reports.text_finding import finding_lines
from linter.reports.wording import amount, era, path_for_people, spot
from linter.reports.wrapping import BOLD, CYAN, GREEN, RED, YELLOW, Painter, command_lines, wrapped
from linter.views.checklist_grounds import Grounds, grounds

Verdict = Literal["holds", "broken", "cannot be known"]


class Item(NamedTuple):
    """One item. `findings` are the fingerprints of those that break it, the worst first; `notes` a number."""

    number: int
    statement: str
    verdict: Verdict
    findings: tuple[str, ...]
    notes: int
    grounds: Grounds


class Checklist(NamedTuple):
    """The validation checklist of one state."""

    items: tuple[Item, ...]


def checklist(report: Report) -> Checklist:
    """Judge every item by the findings of a report."""
    findings = sorted(report.in_order(), key=lambda finding: RANK[finding.severity])
    return Checklist(tuple(_item(number, findings, report) for number in CHECKLIST))


def _item(number: int, findings: Sequence[Finding], report: Report) -> Item:
    about = {name for name, rule in report.rules.items() if number in rule.checklist}
    mine = [finding for finding in findings if finding.rule in about]
    breaking = tuple(finding.fingerprint for finding in mine if finding.severity != "note")
    failed = [problem for problem in report.failed() if problem.rule in about]
    found = _shortage(failed, about & report.ran) or grounds(number, report.tables)
    verdict: Verdict = "broken" if breaking else "holds" if found.enough else "cannot be known"
    return Item(number, CHECKLIST[number], verdict, breaking, len(mine) - len(breaking), found)


def _shortage(failed: Sequence[RuleProblem], ran: Collection[str]) -> Grounds | None:
    if failed:
        return Grounds(f"the rule {failed[0].rule} failed: {failed[0].message}", enough=False)
    if not ran:
        return Grounds("no rule about this applies to this version of OpenClaw", enough=False)
    return None


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
