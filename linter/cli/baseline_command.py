"""`authlint baseline`: write down the findings that are there, so that a lint reports only new ones."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from linter.baseline.file import Baseline, read_baseline, write_baseline
from linter.baseline.marking import compared, extended, name_in, name_of, pruned
from linter.cli.failures import fail
from linter.cli.options import States
from linter.cli.outputs import Shown, ViewFormat, show
from linter.cli.target import looks_at
from linter.reports.interface import Options
from linter.reports.summary import BASELINE_NAME
from linter.reports.wording import amount, path_for_people
from linter.usecases.exit_code import BROKEN_RULE
from linter.usecases.lint import Linted, lint_states
from linter.usecases.target import Target
from linter.views.baselines import Baselines, RevisedBaseline, baselines_text

Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help=f"The baseline. Default: `baseline` of authlint.yaml, else {BASELINE_NAME} here.",
    ),
]
Prune = Annotated[
    bool, typer.Option("--prune", help="Only remove entries that no longer occur, and add nothing.")
]


@looks_at(States)
def command(
    *,
    target: Target,
    output: Output = None,
    prune: Prune = False,
    form: ViewFormat = Shown.TEXT,
) -> None:
    """Write the findings that are there now to a baseline; `lint --baseline` then reports what is new.

    A baseline that is there already gains what it does not know and loses nothing, except by --prune. Exit
    code: 0 written, 2 wrong use or a broken rule, 3 nothing to lint.
    """
    by_file: dict[Path, list[Linted]] = {}
    broken = 0
    for one in lint_states(target):
        path = output or one.ruleset.baseline or Path(BASELINE_NAME)
        by_file.setdefault(path.absolute(), []).append(one)
        broken += len(one.evaluation.problems)
    revised = [revise(path, found, target.options(), prune=prune) for path, found in by_file.items()]
    written = Baselines(tuple(revised))
    show("baselines", written, form, lambda: baselines_text(written, target.caller.width))
    if broken:
        said = f"{amount(broken, 'rule')} could not be evaluated; `authlint lint` tells why"
        fail(said, BROKEN_RULE)


def revise(path: Path, found: Sequence[Linted], options: Options, *, prune: bool) -> RevisedBaseline:
    """Bring a baseline up to what was found, and return what that came to."""
    exists, home = path.exists(), options.home
    before = read_baseline(path) if exists or prune else Baseline(path, {})
    after, gone = before, 0
    for one in found:
        # What is written stands under the state's own name; only what is removed may stand under another.
        _, info = compared(before, one.evaluation, one.ruleset, one.location, home, alone=one.alone and prune)
        gone += len(info.absent)
        if prune:
            after = pruned(after, name_in(before, one.location, home, alone=one.alone), info.absent)
        else:
            after = extended(after, name_of(one.location, path, home), one.evaluation.findings)
    if after != before:
        write_baseline(after)
    known, now = before.entries(), after.entries()
    return RevisedBaseline(
        path_for_people(path, options),
        is_new=not exists,
        findings=len(now),
        added=len(now.keys() - known.keys()),
        changed=sum(known[key] != now[key] for key in known.keys() & now.keys()),
        removed=gone if prune else 0,
        absent=0 if prune else gone,
    )
