"""`linter.fix` and `linter.undo`: what the commands `fix` and `undo` do."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Unpack

from linter.api.target import PathLike, RuleOptions, StateOptions, rule_target, state_target
from linter.fixes.batch import Left, Made, outlook
from linter.reports.interface import Options
from linter.usecases.fix import look_at, mend, undo_interrupted, undo_last
from linter.usecases.guards import gateway_beside
from linter.views.fixes import fixes
from linter.views.fixes_text import fixes_text


@dataclass(frozen=True, slots=True)
class FixResult:
    """Fixes of a state.

    `fixes` are those that were made, or could be when nothing was to be applied: each has its `finding` and
    its `plan`. `left` are the others, each with its `finding` and `fix` and the `reason` why it is not made.
    `made` tells which of the two.
    """

    fixes: tuple[Made, ...]
    left: tuple[Left, ...]
    made: bool = False

    def to_text(self) -> str:
        """Return both for people, the fixes as diffs without secrets."""
        options = Options(cwd=Path.cwd(), home=Path.home())
        return fixes_text(fixes(self.fixes, self.left, options, made=self.made), options)


def fix(
    state: PathLike | None = None,
    *,
    apply: bool = False,
    unsafe: bool = False,
    sqlite: bool = False,
    outside: Iterable[PathLike] = (),
    while_running: bool = False,
    **options: Unpack[RuleOptions],
) -> FixResult:
    """Tell which fixes could be made, as `authlint fix` does; with `apply` make those that are safe.

    `unsafe`, `sqlite`, `outside` and `while_running` are the options of that name; the other keywords are
    those of `RuleOptions`. Raises what `lint` raises, and RefusedError when the state may not be changed (a
    gateway runs, a lock is held, a file has changed meanwhile): what was made before stays and can be undone.
    """
    if sqlite and while_running:
        raise ValueError("a database is only changed while no gateway runs")
    target = rule_target(state, **options)._replace(outside=tuple(map(Path, outside)))
    location = target.location()
    look = partial(look_at, target, location, target.ruleset(location))
    if not apply:
        found = look()
        findings = [finding for layer in found.by_layer.values() for finding in layer]
        return FixResult(*outlook(findings, found.editable))
    beside = gateway_beside(location, allowed=while_running) is not None
    undo_interrupted(target, location, beside_gateway=beside)
    made: list[Made] = []
    left: tuple[Left, ...] = ()
    for step in mend(
        look, location.state_dir, target.now_ms, unsafe=unsafe, sqlite=sqlite, veto=lambda _finding, _plan: ""
    ):
        if step.run is None:
            left = step.batch.left
        else:
            made += step.batch.made
    return FixResult(tuple(made), left, made=True)


def undo(
    state: PathLike | None = None,
    *,
    outside: Iterable[PathLike] = (),
    while_running: bool = False,
    **options: Unpack[StateOptions],
) -> tuple[str, ...]:
    """Take back the last change that fixes made, and return their titles; none when there is nothing left.

    The keywords are those of `fix`. Raises RefusedError when that may not be, NothingToLint where there is
    no state.
    """
    target = state_target(state, **options)._replace(outside=tuple(map(Path, outside)))
    location = target.location()
    beside = gateway_beside(location, allowed=while_running) is not None
    runs = undo_last(target, location, beside_gateway=beside)
    return tuple(title for run in runs for title in run.titles)
