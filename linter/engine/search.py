"""The results of a rule: every combination of joined rows that violates it.

Conditions run as early as they can: those on the first binding alone sift its rows before anything is joined,
and the requirement itself is one of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from linter.engine.expression import Evaluator, condition, evaluator
from linter.engine.failure import guarded
from linter.engine.join import Tables, keys
from linter.engine.quantifiers import first_match, repeated, violation
from linter.engine.rule import Rule, Source
from linter.engine.scope import Environment, Scope, Test, sift


def violations(rule: Rule, tables: Tables, constants: Mapping[str, Any]) -> list[Environment]:
    """Return the names bound at each violation of a rule. Raises EvaluationError."""
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
            rows = sift(rows, test, first["name"])
            if not rows:
                return []
    joins = [_Join(source, tables, tests.get(level, [])) for level, source in enumerate(later, 1)]
    found = list(_joined(rows, first["name"], joins, constants))
    if rule.require["kind"] == "unique":
        return list(repeated(rule.require, found))
    if rule.require["kind"] == "absent":
        name = rule.require["candidate"]["name"] if rule.require["candidate"] else ""
        for environment in found:
            environment[name] = first_match(rule.require, environment, tables)
    return found


def _tests(rule: Rule, scope: Scope, tables: Tables) -> Iterator[Test]:
    where = rule.sources[0]["where"]
    for expression in (*([where] if where else []), *rule.when):
        yield scope.test(expression)
    if rule.require["kind"] != "unique":
        yield violation(rule.require, scope, tables)


class _Join:
    """One further binding: how to find its rows, and what must hold once it is bound."""

    def __init__(self, source: Source, tables: Tables, tests: Sequence[Test]) -> None:
        self.name = source["name"]
        self._optional = source["optional"]
        self._tests = [guarded(test.expression, test.holds) for test in tests]
        where = source["where"]
        self._where: Evaluator | None = guarded(where, condition(where["ast"])) if where else None
        values = [value for _, value in source["match"]]
        if values:
            self._index = tables.index(source)
            self._key = keys([guarded(value, evaluator(value["ast"])) for value in values])
            self._rows = None
        else:
            self._rows = tables.rows(source["rows"])

    def extend(self, environment: Environment) -> Iterator[None]:
        """Bind each matching row in turn, in the environment itself, where all tests hold."""
        name, where = self.name, self._where
        found = False
        for row in self._find(environment):
            environment[name] = row
            if where is not None and not where(environment):
                continue
            found = True
            if all(holds(environment) for holds in self._tests):
                yield
        if not found and self._optional:
            environment[name] = None
            if all(holds(environment) for holds in self._tests):
                yield

    def _find(self, environment: Environment) -> Sequence[Any]:
        return self._index.rows(self._key(environment)) if self._rows is None else self._rows


def _joined(
    rows: Sequence[Any], first: str, joins: Sequence[_Join], constants: Mapping[str, Any]
) -> Iterator[Environment]:
    environment = dict(constants)
    for row in rows:
        environment[first] = row
        for _ in _extended(environment, joins):
            yield dict(environment)


def _extended(environment: Environment, joins: Sequence[_Join]) -> Iterator[None]:
    if not joins:
        yield
        return
    for _ in joins[0].extend(environment):
        yield from _extended(environment, joins[1:])
