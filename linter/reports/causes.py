"""Findings by what is behind them: each cause once, with its effects and the ways out."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from linter.engine.finding import RANK, Cause, Finding, Fix, Severity
from linter.engine.remedy import writer
from linter.engine.rule import CauseKind
from linter.reports.wording import number_of_fixes
from linter.snapshot.redact import scrub

if TYPE_CHECKING:
    from linter.fixes.batch import Made
    from linter.fixes.plan import Plan
    from linter.reports.interface import Report


class ToldCause(NamedTuple):
    """A cause with its findings, the worst first.

    `made` are the fixes that `authlint fix` can make, `by_hand` the others, those of the smallest wrong
    layer first. `number` counts the causes of a report from 1, the worst first, then by how many it hurts.
    """

    number: int
    cause: Cause
    title: str
    why: str
    symptom: str | None
    findings: tuple[Finding, ...]
    made: "tuple[Made, ...]"
    by_hand: tuple[Fix, ...]

    @property
    def counts(self) -> dict[Severity, int]:
        """The number of findings by severity."""
        found = [finding.severity for finding in self.findings]
        return {severity: found.count(severity) for severity in RANK}


def worst_of(causes: "Sequence[ToldCause]") -> str | None:
    """Return the title of the worst cause, if it is more than worth knowing."""
    return causes[0].title if causes and causes[0].findings[0].severity != "note" else None


def causes_of(report: "Report", *, notes: bool = True) -> list[ToldCause]:
    """Return the causes of the findings that count; without `notes` of those above a note."""
    grouped: dict[Cause, list[Finding]] = {}
    for finding in report.in_order():
        grouped.setdefault(finding.cause, []).append(finding)
    ordered = sorted(grouped.items(), key=lambda group: _weight(group[1]))
    told = []
    for number, (cause, findings) in enumerate(ordered, 1):
        shown = [finding for finding in findings if notes or finding.severity != "note"]
        if shown:
            told.append(_told(number, cause, shown, report))
    return told


def _weight(findings: Sequence[Finding]) -> tuple[int, int]:
    """Return what causes are sorted by; notes change nothing in the order of what is worse."""
    hurt = sum(finding.severity != "note" for finding in findings)
    return min(RANK[finding.severity] for finding in findings), -(hurt or len(findings))


def _told(number: int, cause: Cause, findings: list[Finding], report: "Report") -> ToldCause:
    kind, rule = report.kinds.get(cause.kind), report.rules.get(findings[0].rule)
    title = title_of(cause, report.kinds, len(findings)) or (rule.title if rule else cause.kind)
    layers = [] if kind is None else kind.remedies

    def place(finding: Finding) -> int:
        info = report.rules.get(finding.rule)
        return layers.index(info.layer) if info and info.layer in layers else len(layers)

    possible, left = _outlook(sorted(findings, key=place), report)
    by_hand: dict[str, Fix] = {}
    for _, fix in [one for one in left if one[0].severity != "note"] or left:
        by_hand.setdefault("\n".join(fix.commands) or fix.title, fix)
    first = sorted(by_hand.values(), key=lambda fix: not fix.commands)
    symptom = kind.symptom if kind else next(iter(rule.symptoms), None) if rule else None
    return ToldCause(
        number, cause, title, kind.why if kind else "", symptom, tuple(findings), possible, tuple(first)
    )


def _outlook(
    findings: Sequence[Finding], report: "Report"
) -> "tuple[tuple[Made, ...], list[tuple[Finding, Fix]]]":
    """Return what can be made by machine, and all fixes of the other findings."""
    if not any(fix.edits for finding in findings for fix in finding.fixes):
        return (), [(finding, fix) for finding in findings for fix in finding.fixes]
    from linter.fixes.batch import outlook  # noqa: PLC0415 - most findings of a sound state change no file
    from linter.fixes.editable import editable  # noqa: PLC0415 - as above

    possible, left = outlook(findings, editable(report.documents, report.states))
    return possible, [(one.finding, one.fix) for one in left]


def title_of(cause: Cause, kinds: Mapping[str, CauseKind], count: int) -> str | None:
    """Return a cause of so many findings in one line; None for one that is a rule's own."""
    kind = kinds.get(cause.kind)
    return None if kind is None else scrub(writer(kind.title)({"key": cause.key, "count": count}))


def fix_command(made: "Sequence[Made]") -> str:
    """Return the command that makes fixes."""
    return f"authlint fix --apply {fix_options([one.plan for one in made])}".rstrip()


def fix_options(plans: "Sequence[Plan]") -> str:
    """Return the options of `authlint fix --apply` that plans need; none for safe ones."""
    unsafe = any(one.fix.safety == "unsafe" for one in plans)
    sqlite = any(one.database for one in plans)
    return " ".join(["--unsafe"] * unsafe + ["--sqlite"] * sqlite)


def by_machine(made: "Sequence[Made]") -> str:
    """Say what `authlint fix` can make, and with which options."""
    safe = sum(one.plan.fix.safety == "safe" for one in made)
    unsafe, how = len(made) - safe, fix_options([one.plan for one in made])
    said = [f"`authlint fix --apply` makes {number_of_fixes(safe)}"] if safe else []
    if unsafe and safe:
        said.append(f"with {how} {unsafe} more")
    elif unsafe:
        said.append(f"`authlint fix --apply {how}` makes {number_of_fixes(unsafe)}")
    return f"{'; '.join(said)} (`authlint fix` shows them first)."
