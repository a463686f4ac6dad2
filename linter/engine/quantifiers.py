"""What a rule requires, as the test that a result violates it."""

from collections.abc import Iterator, Sequence
from typing import Any

from linter.engine.expression import Evaluator, Json, condition, equal, evaluator, is_true
from linter.engine.failure import guarded
from linter.engine.join import Index, Tables, has_null, keys, normal_key
from linter.engine.rule import Expression, Requirement, Source
from linter.engine.scope import Environment, Scope, Test


def violation(require: Requirement, scope: Scope, tables: Tables) -> Test:
    """Return the test that `exists`, `absent`, `agree` or `that` does not hold."""
    if require["kind"] in ("exists", "absent"):
        found = _found(_candidate(require), scope, tables)
        wanted = (require["kind"] == "absent") is not require["negated"]
        return found if wanted else _turned(found)
    test = _agreement(require, scope) if require["kind"] == "agree" else _that(require, scope)
    return _turned(test) if require["negated"] else test


def first_match(require: Requirement, environment: Environment, tables: Tables) -> Json:
    """Return the first row that an `absent` forbids; None when there is none."""
    source = _candidate(require)
    key = (
        keys([evaluator(value["ast"]) for _, value in source["match"]])(environment)
        if source["match"]
        else None
    )
    rows = tables.index(source).rows(key) if source["match"] else tables.rows(source["rows"])
    where = source["where"]
    if where is None:
        return next(iter(rows), None)
    holds = guarded(where, condition(where["ast"]))
    return next((row for row in rows if holds({**environment, source["name"]: row})), None)


def repeated(require: Requirement, environments: Sequence[Environment]) -> Iterator[Environment]:
    """Yield the first result of each group that is equal in all keys of a `unique`."""
    parts = [guarded(expression, evaluator(expression["ast"])) for expression in require["expressions"]]
    key_of = keys(parts)
    groups: dict[Any, list[Environment]] = {}
    for environment in environments:
        key = key_of(environment)
        name = ("alone", id(environment)) if has_null(key) else normal_key(key)
        groups.setdefault(name, []).append(environment)
    where = require["where"]
    holds = guarded(where, condition(where["ast"])) if where else None
    for group in groups.values():
        first, *others = group
        together = {**first, "others": others, "rows": group}
        is_violation = bool(others) and (holds is None or bool(holds(together)))
        if is_violation is not require["negated"]:
            yield together


def _candidate(require: Requirement) -> Source:
    source = require["candidate"]
    assert source is not None
    return source


def _turned(test: Test) -> Test:
    holds = test.holds
    return test._replace(holds=lambda scope: not holds(scope))


def _found(source: Source, scope: Scope, tables: Tables) -> Test:
    """Return the test that some candidate matches."""
    values = [value for _, value in source["match"]]
    where = source["where"]
    level = scope.level([*values, *([where] if where else [])], without=source["name"])
    blamed = where or (values[0] if values else source["rows"])
    if not values:
        rows = tables.rows(source["rows"])
        run = _any(rows, source["name"], where) if where else _constantly(bool(rows))
        return Test(level, blamed, scope.from_environment(level, run))
    index = tables.index(source)
    if where is None:
        return Test(level, blamed, _holds(index, keys([scope.evaluator(value, level) for value in values])))
    key_of = keys([evaluator(value["ast"]) for value in values])
    return Test(
        level, blamed, scope.from_environment(level, _any_keyed(index, key_of, source["name"], where))
    )


def _constantly(value: bool) -> Evaluator:  # noqa: FBT001 - the value itself
    return lambda _scope: value


def _holds(index: Index, key_of: Evaluator) -> Evaluator:
    if not index.plain:
        return lambda scope: index.holds(key_of(scope))
    buckets = index.buckets

    def hold(scope: Json) -> bool:
        key = key_of(scope)
        try:
            return key in buckets
        except TypeError:  # unhashable, so equal to no string
            return False

    return hold


def _any(rows: Sequence[Any], name: str, where: Expression) -> Evaluator:
    holds = condition(where["ast"])
    return lambda environment: any(holds({**environment, name: row}) for row in rows)


def _any_keyed(index: Index, key_of: Evaluator, name: str, where: Expression) -> Evaluator:
    holds = condition(where["ast"])
    return lambda environment: any(
        holds({**environment, name: row}) for row in index.rows(key_of(environment))
    )


def _that(require: Requirement, scope: Scope) -> Test:
    (expression,) = require["expressions"]
    level = scope.level([expression])
    value_of = scope.evaluator(expression, level)
    null_violates = require["null_violates"]

    def fails(scope: Json) -> bool:
        value = value_of(scope)
        return null_violates if value is None else not is_true(value)

    return Test(level, expression, fails)


def _agreement(require: Requirement, scope: Scope) -> Test:
    expressions = require["expressions"]
    level = scope.level(expressions)
    parts = [scope.evaluator(expression, level) for expression in expressions]

    def differ(scope: Json) -> bool:
        known = [value for part in parts if (value := part(scope)) is not None]
        return any(not equal(known[0], value) for value in known[1:])

    return Test(level, expressions[0], differ)
