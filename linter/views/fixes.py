"""The fixes of a state as one value: what is changed, or could be, and what is left to people."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from linter.engine.finding import Finding
from linter.fixes.batch import Left, Made
from linter.fixes.diff import diff
from linter.fixes.plan import FileChange, Plan
from linter.reports.causes import fix_options
from linter.reports.interface import Options
from linter.reports.wording import path_for_people
from linter.snapshot.redact import scrub
from linter.views.way import Way


class Changed(NamedTuple):
    """What is changed in a file; `lines` are those of a diff without secrets, or tell of its rights."""

    path: str
    lines: tuple[str, ...]


class Fix(NamedTuple):
    """A way to end a finding by machine; `options` are those that `authlint fix --apply` needs for it."""

    rule: str
    fingerprint: str
    message: str
    title: str
    safety: Literal["safe", "unsafe"]
    options: str
    reason: str
    changes: tuple[Changed, ...]


class Unmade(NamedTuple):
    """A finding that is left to people, with the ways out."""

    rule: str
    fingerprint: str
    message: str
    ways: tuple[Way, ...]


class Fixes(NamedTuple):
    """The fixes of a state: those that were `made`, or that could be, and the findings that are left."""

    made: bool
    fixes: tuple[Fix, ...]
    left: tuple[Unmade, ...]


def fixes(possible: Iterable[Made], left: Iterable[Left], options: Options, *, made: bool) -> Fixes:
    """Return what was made or could be, and of each finding all that is not."""
    grouped: dict[str, list[Left]] = {}
    for one in left:
        grouped.setdefault(one.finding.fingerprint, []).append(one)
    shown = tuple(fix(one.finding, one.plan, options) for one in possible)
    return Fixes(made, shown, tuple(_unmade(group[0].finding, group) for group in grouped.values()))


def fix(finding: Finding, plan: Plan, options: Options) -> Fix:
    """Return one fix."""
    return Fix(
        finding.rule,
        finding.fingerprint,
        scrub(finding.message),
        scrub(plan.fix.title),
        "safe" if plan.fix.safety == "safe" else "unsafe",
        fix_options([plan]),
        scrub(plan.fix.reason),
        tuple(_changed(change, options) for change in plan.files),
    )


def _changed(change: FileChange, options: Options) -> Changed:
    path, cell = path_for_people(change.document.path, options), change.document.cell
    if change.rights:
        return Changed(path, (f"mode {change.rights.before} becomes {change.rights.after}",))
    path = scrub(f"{path}  {cell.table}/{cell.key}" if cell else path)
    return Changed(path, tuple(map(scrub, diff(change))))


def _unmade(finding: Finding, left: Iterable[Left]) -> Unmade:
    ways = tuple(
        Way(scrub(one.fix.title), one.fix.safety, scrub(one.reason), tuple(map(scrub, one.fix.commands)))
        for one in left
    )
    return Unmade(finding.rule, finding.fingerprint, scrub(finding.message), ways)
