"""`authlint checklist`: the validation checklist, item by item."""

import typer

from linter.cli.options import Rules, StateDir
from linter.cli.outputs import Shown, ViewFormat, show
from linter.cli.target import BRANCH, READING, looks_at
from linter.usecases.exit_code import BROKEN_RULE
from linter.usecases.lint import lint_states
from linter.usecases.target import Target
from linter.views.checklist import Checklist, checklist, checklist_text


@looks_at(StateDir, {**READING, "rules": Rules, **BRANCH})
def command(
    *,
    target: Target,
    form: ViewFormat = Shown.TEXT,
) -> None:
    """Walk the seven items of the validation checklist: each holds, is broken, or cannot be known and why.

    Exit code: 0 nothing is broken, 1 something is, 2 wrong use or a broken rule, 3 nothing to lint.
    """
    found = next(lint_states(target))
    report = found.report(target.options(), None)
    judgement = checklist(report)
    if target.symptom:
        judged = {number for rule in report.ran for number in report.rules[rule].checklist}
        judgement = Checklist(tuple(item for item in judgement.items if item.number in judged))
    show("checklist", judgement, form, lambda: checklist_text(judgement, report))
    broken = any(item.verdict == "broken" for item in judgement.items)
    raise typer.Exit(BROKEN_RULE if report.problems else int(broken))
