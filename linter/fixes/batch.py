"""Which fixes are made together: of each finding the first that may be, as long as they do not meet."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from linter.engine.finding import Edit, Finding, Fix
from linter.fixes.container import Conflict
from linter.fixes.edit import exists
from linter.fixes.editable import Editable
from linter.fixes.plan import FileChange, Plan, SkippedFix, changes_of, plan
from linter.sources.documents import Documents

_LATER = "meets another fix; run again for it"

Veto = Callable[[Finding, Plan], str]
"""Asked last of a fix that could be made: why it is not to be; the empty text if it is."""


class Made(NamedTuple):
    """A fix that is part of a batch."""

    finding: Finding
    plan: Plan


class Left(NamedTuple):
    """A fix that is not, and why."""

    finding: Finding
    fix: Fix
    reason: str


class Batch(NamedTuple):
    """Fixes whose changes are made together; `files` has all of them, one change a file.

    They are changes of files, or of session entries in one database.
    """

    files: tuple[FileChange, ...]
    made: tuple[Made, ...]
    left: tuple[Left, ...]


class Outlook(NamedTuple):
    """Of each finding the first fix that can be made by machine, or all of them with why they cannot."""

    possible: tuple[Made, ...]
    left: tuple[Left, ...]


def outlook(findings: Iterable[Finding], editable: Editable) -> Outlook:
    """Tell what could be made of fixes with all options, each looked at alone, and change nothing."""
    possible: list[Made] = []
    left: list[Left] = []
    for finding in findings:
        planned = [plan(fix, editable, sqlite=True) for fix in finding.fixes]
        first = next((one for one in planned if isinstance(one, Plan)), None)
        if first is not None:
            possible.append(Made(finding, first))
        else:
            left += [Left(finding, one.fix, _reason(one)) for one in planned if isinstance(one, SkippedFix)]
    return Outlook(tuple(possible), tuple(left))


def _reason(skipped: SkippedFix) -> str:
    """Return why a fix is skipped; a command speaks for itself, unless the rule has more to say."""
    fix = skipped.fix
    return fix.reason if fix.commands and not fix.edits else skipped.reason


def choose(
    findings: Iterable[Finding],
    editable: Editable,
    *,
    unsafe: bool,
    sqlite: bool = False,
    veto: Veto = lambda *_: "",
) -> Batch:
    """Choose fixes that can be made together; unsafe ones only if `unsafe`, in databases only if `sqlite`."""
    claims = _Claims(editable.documents)
    made: list[Made] = []
    left: list[Left] = []
    for finding in findings:
        for fix in finding.fixes:
            planned = plan(fix, editable, sqlite=sqlite)
            reason = _obstacle(planned, made, claims, unsafe=unsafe)
            if isinstance(planned, Plan) and not reason:
                reason = veto(finding, planned)
            if reason or isinstance(planned, SkippedFix):
                left.append(Left(finding, fix, reason))
                continue
            claims.add(fix.edits)
            made.append(Made(finding, planned))
            break
    try:
        edits = [edit for one in made for edit in one.plan.fix.edits]
        files = changes_of(edits, editable, sqlite=sqlite)
    except Conflict:  # they meet in the layout of the text: the first one alone, and the others another time
        left += [Left(one.finding, one.plan.fix, _LATER) for one in made[1:]]
        made = made[:1]
        files = made[0].plan.files
    return Batch(files, tuple(made), tuple(left))


def _obstacle(planned: Plan | SkippedFix, made: list[Made], claims: "_Claims", *, unsafe: bool) -> str:
    if isinstance(planned, SkippedFix):
        return planned.reason
    if planned.fix.safety != "safe" and not unsafe:
        return "unsafe, so only with --unsafe"
    elsewhere = bool(made) and planned.database != made[0].plan.database
    return _LATER if elsewhere or claims.meet(planned.fix.edits) else ""


class _Claims:
    """What the chosen fixes change: objects with what is in them, and lists.

    Fields of one object belong together (a pin and its source), and so do the entries of one list: another
    fix for them was made for what they were.
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._edits: list[Edit] = []
        self._units: set[tuple[str, str]] = set()
        self._around: set[tuple[str, str]] = set()

    def meet(self, edits: Iterable[Edit]) -> bool:
        """Tell whether edits change what a chosen fix changes; the same change is no meeting."""
        units = [self._unit(edit) for edit in edits]
        meeting = any(
            unit in self._units or unit in self._around or any(outer in self._units for outer in _outer(unit))
            for unit in units
        )
        return meeting and any(edit not in self._edits for edit in edits)

    def add(self, edits: Iterable[Edit]) -> None:
        for edit in edits:
            unit = self._unit(edit)
            self._edits.append(edit)
            self._units.add(unit)
            self._around.update(_outer(unit))

    def _unit(self, edit: Edit) -> tuple[str, str]:
        document = self._documents.get(edit.source)
        if edit.action == "remove" and document is not None and exists(document, edit.pointer):
            start = document.region(edit.pointer).start.offset
            if document.text[start] in "[{":
                return edit.source, edit.pointer
        return edit.source, edit.pointer.rpartition("/")[0]


def _outer(unit: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the places around one."""
    source, pointer = unit
    steps = pointer.split("/")
    return [(source, "/".join(steps[:count])) for count in range(1, len(steps))]
