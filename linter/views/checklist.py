"""The validation checklist on one state: each item holds, is broken, or cannot be known and why."""

from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple

from linter.configuration.taxonomy import CHECKLIST
from linter.engine.finding import RANK, Finding, RuleProblem
from linter.reports.interface import Report
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
