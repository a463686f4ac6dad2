"""Fixes for a terminal: what would change, and what is left to people."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from linter.engine.finding import Finding, Fix
from linter.fixes.diff import diff
from linter.fixes.plan import Plan, SkippedFix, plan
from linter.reports.interface import Options
from linter.reports.wording import amount, path_for_people, printable
from linter.sources.documents import Documents

_WIDTH = 100


def proposal(finding: Finding, planned: Plan, options: Options) -> str:
    """Show a fix with the changes that make it."""
    kind = "fix" if planned.fix.safety == "safe" else "unsafe fix"
    lines = [_headline(finding), f"  {kind}: {printable(planned.fix.title)}", *_reason(planned.fix.reason)]
    for change in planned.files:
        path, cell = path_for_people(change.document.path, options), change.document.cell
        lines += diff(change, printable(f"{path}  {cell.table}/{cell.key}" if cell else path))
    return "\n".join(lines)


def left_to_people(finding: Finding, reasons: Iterable[tuple[Fix, str]]) -> str:
    """Show a finding whose fixes are not made: each with the reason, and commands ready to paste."""
    lines = [_headline(finding)]
    for fix, reason in reasons:
        lines += [f"  {printable(fix.title)}", *_reason(reason)]
        lines += [f"      {printable(command)}" for command in fix.commands]
    return "\n".join(lines)


def first_plan(finding: Finding, documents: Documents, *, sqlite: bool) -> Plan | list[tuple[Fix, str]]:
    """Return the first fix of a finding that can be made by machine, else why each cannot."""
    reasons = []
    for fix in finding.fixes:
        planned = plan(fix, documents, sqlite=sqlite)
        if isinstance(planned, Plan):
            return planned
        reasons.append((fix, reason_of(planned)))
    return reasons


def reason_of(skipped: SkippedFix) -> str:
    """Return why a fix is skipped; a command speaks for itself, unless the rule has more to say."""
    fix = skipped.fix
    return fix.reason if fix.commands and not fix.edits else skipped.reason


def outlook(plans: Iterable[Plan], by_hand: int) -> str:
    """Sum up what can be applied, and how."""
    found = [planned.fix.safety for planned in plans]
    safe, unsafe = found.count("safe"), found.count("unsafe")
    said = []
    if safe:
        said.append(f"{_fixes(safe)} can be applied (--apply)")
    if unsafe:
        said.append(f"{_fixes(unsafe, 'unsafe ')} too, if you ask for it (--apply --unsafe)")
    if by_hand:
        said.append(f"{amount(by_hand, 'finding')} left to you")
    return f"{'; '.join(said) or 'Nothing to fix'}."


def _fixes(count: int, kind: str = "") -> str:
    return f"{count} {kind}fix{'' if count == 1 else 'es'}"


def _headline(finding: Finding) -> str:
    return f"{finding.rule}: {printable(finding.message)}"


def _reason(reason: str) -> Iterator[str]:
    yield from (f"    {line}" for line in wrap(printable(reason), _WIDTH, break_on_hyphens=False))
