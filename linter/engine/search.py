"""The results of a rule: every combination of joined rows that violates it.

Conditions run as early as they can: those on the first binding alone sift its rows before anything is joined,
and the requirement itself is one of them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from linter.engine.expression import Evaluator, truth, values
from linter.engine.failure import Failures, guarded
from linter.engine.join import Tables
from linter.engine.once import once
from linter.engine.quantifiers import crowded, matches, matching, repeated, violation
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
    return _completed(rule, found, tables, failures)


def _tests(rule: Rule, scope: Scope, tables: Tables) -> Iterator[Test]:
    where = rule.sources[0]["where"]
    for expression in (*([where] if where else []), *rule.when):
        yield scope.test(expression)
    if rule.require["kind"] != "unique":
        yield violation(rule.require, scope, tables)
    for unread in rule.unless_unread:
        yield matching(unread, scope, tables, wanted=False)


def _completed(rule: Rule, found: list[Environment], tables: Tables, failures: Failures) -> list[Environment]:
    """Bind what only a violation has: the forbidden row, or the other rows of a group."""
    if rule.require["kind"] == "unique":
        return list(repeated(rule.require, found, failures))
    candidate, kind = rule.require["candidate"], rule.require["kind"]
    if candidate and kind != "exists":
        for environment in found:
            rows = matches(rule.require, environment, tables)
            environment[candidate["name"]] = rows if kind == "count" else next(iter(rows), None)
    return found


def _join(source: Source, scope: Scope, tables: Tables, tests: Sequence[Test], step: Step) -> Step:
    """Return a step that binds each matching row in turn, and goes on to the next where all tests hold."""
    name, optional = source["name"], source["optional"]
    find = _finder(source, scope, tables)
    where = source["where"]
    fits = guarded(where, once(truth, [where["ast"]])) if where else None
    conditions = [guarded(test.expression, test.holds) for test in tests]

    def bind(environment: Environment) -> None:
        found = False
        for row in tables.spend(find(environment)):
            environment[name] = row
            if fits is not None and not fits(environment):
                continue
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


def _finder(source: Source, scope: Scope, tables: Tables) -> Evaluator:
    """Return a function from an environment to the rows that match it."""
    wanted = [value for _, value in source["match"]]
    if not wanted:
        rows = tables.rows(source["rows"])
        return lambda _environment: rows
    rows_with = tables.finder(source)
    if scope.level(wanted) == 0:
        key_of_row = scope.prepare(0, wanted, values)
        first = scope.first
        return guarded(wanted[0], lambda environment: rows_with(key_of_row(environment[first])))
    key_of = once(values, [value["ast"] for value in wanted])
    return guarded(wanted[0], lambda environment: rows_with(key_of(environment)))
