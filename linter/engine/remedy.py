"""Fixes of a finding: the plans of the rule filled with the rows of a violation."""

from collections.abc import Callable
from typing import Any, Literal

from linter.engine.expression import condition, evaluator
from linter.engine.failure import guarded
from linter.engine.finding import Edit, Fix
from linter.engine.place import pointer_to, rows_at
from linter.engine.rule import Expression, FixPlan, Path, Template
from linter.engine.scope import Environment
from linter.engine.template import render

Writer = Callable[[Environment], str]
Step = Callable[[Environment], list[Edit] | None]
"""Makes the edits of one part of a fix; None when the fix cannot be made here."""


def writer(template: Template) -> Writer:
    """Return a function that fills a template."""
    parts = [part if isinstance(part, str) else guarded(part, evaluator(part["ast"])) for part in template]
    return lambda environment: render(parts, environment)


def remedy(plan: FixPlan) -> Callable[[Environment], Fix | None]:
    """Return a function that makes the fix for a violation, or None where it does not apply."""
    title, reason = writer(plan["title"]), writer(plan["reason"])
    commands = [writer(command) for command in plan["command"]]
    when = plan["when"]
    applies = guarded(when, condition(when["ast"])) if when else None
    steps: list[Step] = [
        *(_removal(path) for path in plan["remove"]),
        *(_setting("set", path, value) for path, value in plan["set"]),
        *(_setting("restrict", path, value) for path, value in plan["restrict"]),
        *(_insertion(path, values) for path, values in plan["insert"]),
        *(_copying(*paths) for paths in plan["copy"]),
    ]

    def make(environment: Environment) -> Fix | None:
        if applies and not applies(environment):
            return None
        edits: list[Edit] = []
        for step in steps:
            made = step(environment)
            if made is None:
                return None
            edits += made
        if steps and not edits and not commands:
            return None
        return Fix(
            title=title(environment),
            safety=plan["safety"],
            edits=tuple(edits),
            commands=tuple(filter(None, [command(environment) for command in commands])),
            reason=reason(environment),
        )

    return make


def _targets(environment: Environment, path: Path) -> list[tuple[str, str]] | None:
    """Return the places that a path names; None when a row on it lies in no source."""
    places = [pointer_to(row, fields) for row, fields in rows_at(environment, path)]
    return None if None in places else [place for place in places if place]


def _removal(path: Path) -> Step:
    def remove(environment: Environment) -> list[Edit] | None:
        edits = []
        for row, fields in rows_at(environment, path):
            place = pointer_to(row, fields)
            if place is None:
                return None
            if _value(row, fields) is not None:  # a member that is not there needs no removing
                edits.append(Edit("remove", *place))
        return edits

    return remove


def _setting(action: Literal["set", "restrict"], path: Path, expression: Expression) -> Step:
    value_of = guarded(expression, evaluator(expression["ast"]))

    def set_value(environment: Environment) -> list[Edit] | None:
        value, targets = value_of(environment), _targets(environment, path)
        if value is None or not targets:
            return None
        return [Edit(action, *place, value) for place in targets]

    return set_value


def _insertion(path: Path, expressions: list[Expression]) -> Step:
    values_of = [guarded(expression, evaluator(expression["ast"])) for expression in expressions]

    def insert(environment: Environment) -> list[Edit] | None:
        values, targets = [value_of(environment) for value_of in values_of], _targets(environment, path)
        if None in values or not targets:
            return None
        return [
            Edit("insert", source, f"{pointer}/-", value) for source, pointer in targets for value in values
        ]

    return insert


def _copying(path: Path, whole: Path) -> Step:
    def copy(environment: Environment) -> list[Edit] | None:
        targets, wholes = _targets(environment, path), _targets(environment, whole)
        return [Edit("copy", *place, wholes[0]) for place in targets] if targets and wholes else None

    return copy


def _value(row: Any, fields: Path) -> Any:
    for field in fields:
        row = row.get(field) if isinstance(row, dict) else None
    return row
