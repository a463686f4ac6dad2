"""Fixes for a terminal: what would change, and what is left to people."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from linter.engine.finding import Finding
from linter.fixes.batch import Left, Made
from linter.fixes.diff import diff
from linter.fixes.plan import Plan
from linter.printable import printable
from linter.reports.interface import Options
from linter.reports.wording import amount, path_for_people

_WIDTH = 100


def proposal(finding: Finding, planned: Plan, options: Options) -> str:
    """Show a fix with the changes that make it."""
    kind = "fix" if planned.fix.safety == "safe" else "unsafe fix"
    lines = [_headline(finding), f"  {kind}: {printable(planned.fix.title)}", *_reason(planned.fix.reason)]
    for change in planned.files:
        path, cell = path_for_people(change.document.path, options), change.document.cell
        if change.rights:
            lines.append(printable(f"    {path}: mode {change.rights.before} becomes {change.rights.after}"))
            continue
        lines += diff(change, printable(f"{path}  {cell.table}/{cell.key}" if cell else path))
    return "\n".join(lines)


def left_texts(left: Iterable[Left]) -> list[str]:
    """Show fixes that are not made, a text for each finding."""
    grouped: dict[str, list[Left]] = {}
    for one in left:
        grouped.setdefault(one.finding.fingerprint, []).append(one)
    return [_left_to_people(group) for group in grouped.values()]


def _left_to_people(left: Sequence[Left]) -> str:
    """Show a finding whose fixes are not made: each with the reason, and commands ready to paste."""
    lines = [_headline(left[0].finding)]
    for one in left:
        lines += [f"  {printable(one.fix.title)}", *_reason(one.reason)]
        lines += [f"      {printable(command)}" for command in one.fix.commands]
    return "\n".join(lines)


def summed_up(possible: Iterable[Made], by_hand: int) -> str:
    """Sum up what can be applied, and how."""
    plans = [one.plan for one in possible]
    found = [planned.fix.safety for planned in plans]
    safe, unsafe = found.count("safe"), found.count("unsafe")
    said = []
    if safe:
        said.append(f"{_fixes(safe)} can be applied (--apply)")
    if unsafe:
        too = " too" if safe else ""
        sqlite = " --sqlite" if any(planned.database for planned in plans) else ""
        said.append(f"{_fixes(unsafe, 'unsafe ')}{too}, if you ask for it (--apply --unsafe{sqlite})")
    if by_hand:
        said.append(f"{amount(by_hand, 'finding')} left to you")
    return f"{'; '.join(said) or 'Nothing to fix'}."


def _fixes(count: int, kind: str = "") -> str:
    return f"{count} {kind}fix{'' if count == 1 else 'es'}"


def _headline(finding: Finding) -> str:
    return f"{finding.rule}: {printable(finding.message)}"


def _reason(reason: str) -> Iterator[str]:
    yield from (f"    {line}" for line in wrap(printable(reason), _WIDTH, break_on_hyphens=False))
