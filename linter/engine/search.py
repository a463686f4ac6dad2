"""The results of a rule: every combination of joined rows that violates it.

Conditions run as early as they can: those on the first binding alone sift its rows before anything is joined,
and the requirement itself is one of them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from linter.engine.candidates import candidates
from linter.engine.failure import Failures, guarded
from linter.engine.join import Tables
from linter.engine.quantifiers import crowded, matching, repeated, violation
from linter.engine.rule import Rule, Source
from linter.engine.scope import Environment, Scope, Test, sift

Step = Callable[[Environment], None]


def violations(
    rule: Rule, tables: Tables, constants: Mapping[str, Any], failures: Failures
) -> list[Environment]:
    """Return the names bound at each violation of a rule; a row on which it fails is none, but noted."""
    if rule.lists_in_params:
        tables = tables.beside({"params": constants["params"]})
    first, *later = rule.sources
    rows: Sequence[Any] = tables.rows(first["rows"])
    if not rows:
        return []
    scope = Scope([source["name"] for source in rule.sources], constants)
    tests: dict[int, list[Test]] = {}
    for test in _tests(rule, scope, tables):
        if test.level:
            tests.setdefault(test.level, []).append(test)
        else:
            rows = sift(rows, test, first["name"], failures)
            if not rows:
                return []
    if rule.require["kind"] == "unique" and not rule.require["negated"] and not later:
        rows = crowded(rule.require, rows, scope)
    found: list[Environment] = []
    step: Step = lambda environment: found.append(dict(environment))  # noqa: E731 - the innermost of the steps
    for level in range(len(later), 0, -1):
        step = _join(later[level - 1], scope, tables, tests.get(level, ()), step)
    environment = dict(constants)
    for row in rows:
        environment[first["name"]] = row
        failures.attempt(step, environment)
    return _completed(rule, found, scope, tables, failures)


def _tests(rule: Rule, scope: Scope, tables: Tables) -> Iterator[Test]:
    where = rule.sources[0]["where"]
    for expression in (*([where] if where else []), *rule.sought["when"]):
        yield scope.test(expression)
    if rule.require["kind"] != "unique":
        yield violation(rule.require, scope, tables)
    for unread in rule.sought["unless_unread"]:
        yield matching(unread, scope, tables, wanted=False)


def _completed(
    rule: Rule, found: list[Environment], scope: Scope, tables: Tables, failures: Failures
) -> list[Environment]:
    """Bind what only a violation has: the forbidden row, or the other rows of a group."""
    candidate, kind = rule.require["candidate"], rule.require["kind"]
    if kind == "unique":
        return list(repeated(rule.require, found, failures))
    if candidate and kind != "exists":
        rows = candidates(candidate, scope, tables)
        for environment in found:
            fit = rows(environment)
            environment[candidate["name"]] = list(fit) if kind == "count" else next(iter(fit), None)
    return found


def _join(source: Source, scope: Scope, tables: Tables, tests: Sequence[Test], step: Step) -> Step:
    """Return a step that binds each candidate in turn, and goes on to the next where all tests hold."""
    name, optional = source["name"], source["optional"]
    rows = candidates(source, scope, tables)
    conditions = [guarded(test.expression, test.holds) for test in tests]

    def bind(environment: Environment) -> None:
        found = False
        for row in rows(environment):
            environment[name] = row
            found = True
            for holds in conditions:
                if not holds(environment):
                    break
            else:
                step(environment)
        if optional and not found:
            environment[name] = None
            if all(holds(environment) for holds in conditions):
                step(environment)

    return bind
