"""What a rule requires, as the test that a result violates it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from linter.engine.candidates import candidates
from linter.engine.expression import Evaluator, Json, evaluator, truth, values
from linter.engine.failure import FAILURES, Failures, guarded
from linter.engine.join import Index, Tables, has_null, normal_key
from linter.engine.once import once
from linter.engine.rule import Expression, Requirement, Source
from linter.engine.scope import Environment, Scope, Test
from linter.engine.syntax import Node
from linter.engine.truth import equal, is_true


def violation(require: Requirement, scope: Scope, tables: Tables) -> Test:
    """Return the test that a requirement other than `unique` does not hold."""
    if require["parts"]:
        return _combined(require, scope, tables)
    if require["kind"] == "count":
        return _counted(require, scope, tables)
    if require["kind"] in ("exists", "absent"):
        wanted = (require["kind"] == "absent") is not require["negated"]
        return matching(_candidate(require), scope, tables, wanted=wanted)
    expressions = require["expressions"]
    level = scope.level(expressions)
    if require["kind"] == "agree":
        fails = scope.prepare(level, expressions, _differ)
    else:
        fails = scope.prepare(level, expressions, _falsity, require["null_violates"])
    return Test(level, expressions[0], (lambda scope: not fails(scope)) if require["negated"] else fails)


def _combined(require: Requirement, scope: Scope, tables: Tables) -> Test:
    """Return the test that no part of an `any` holds, or not every part of an `all`."""
    tests = [violation(part, scope, tables) for part in require["parts"]]
    level = max(test.level for test in tests)
    together = all if require["kind"] == "any" else any

    def fails(given: Json) -> bool:
        row = given[scope.first] if level else given
        found = together(bool(test.holds(given if test.level else row)) for test in tests)
        return found is not require["negated"]

    return Test(level, tests[0].expression, fails)


def _counted(require: Requirement, scope: Scope, tables: Tables) -> Test:
    """Return the test that too few rows match, or too many."""
    source, least, most = _candidate(require), require["least"], require["most"]
    level, blamed = _level(source, scope)
    rows = candidates(source, scope, tables)

    def fails(environment: Environment) -> bool:
        count = len(list(rows({**environment})))
        return (least <= count and (most is None or count <= most)) is require["negated"]

    return Test(level, blamed, scope.from_environment(level, fails))


def crowded(require: Requirement, rows: Sequence[Json], scope: Scope) -> Sequence[Json]:
    """Return the rows that share the keys of a `unique` with another row; the others need no grouping.

    Only for a rule without joins, since a join may make several results of one row.
    """
    by = require["expressions"]
    key_of = scope.prepare(0, by, values)
    try:
        keys = [key_of(row) for row in rows]
        counts = Counter(keys)
    except FAILURES:  # the grouping compares keys that are no scalars, and says on which row a key fails
        return rows
    return [row for row, key in zip(rows, keys, strict=True) if counts[key] > 1]


def repeated(
    require: Requirement, environments: Sequence[Environment], failures: Failures
) -> Iterator[Environment]:
    """Yield the first result of each group that is equal in all keys of a `unique`."""
    by = require["expressions"]
    key_of = guarded(by[0], once(values, [expression["ast"] for expression in by]))
    groups: dict[Any, list[Environment]] = {}
    for environment in environments:
        before = len(failures)
        key = failures.attempt(key_of, environment)
        if len(failures) > before:
            continue
        name = ("alone", id(environment)) if has_null(key) else normal_key(key)
        groups.setdefault(name, []).append(environment)
    where = require["where"]
    holds = guarded(where, once(truth, [where["ast"]])) if where else None
    for group in groups.values():
        first, *others = group
        together = {**first, "others": others, "rows": group}
        is_violation = bool(others) and (holds is None or bool(failures.attempt(holds, together)))
        if is_violation is not require["negated"]:
            yield together


def _candidate(require: Requirement) -> Source:
    source = require["candidate"]
    assert source is not None
    return source


def matching(source: Source, scope: Scope, tables: Tables, *, wanted: bool) -> Test:
    """Return the test that some candidate matches, or that none does."""
    level, blamed = _level(source, scope)
    wanted_values = [value for _, value in source["match"]]
    if source["where"] is None and wanted_values:
        index = tables.index(source)
        return Test(level, blamed, _holds(index, scope.prepare(level, wanted_values, values), wanted=wanted))
    if source["where"] is None:
        any_row = bool(tables.rows(source["rows"])) is wanted
        return Test(level, blamed, lambda _scope: any_row)
    rows = candidates(source, scope, tables)

    def found(environment: Environment) -> bool:
        return any(True for _ in rows({**environment})) is wanted

    return Test(level, blamed, scope.from_environment(level, found))


def _level(source: Source, scope: Scope) -> tuple[int, Expression]:
    """Return when it is known which candidates match, and the expression that decides."""
    where = source["where"]
    read = [*([where] if where else []), *(value for _, value in source["match"])]
    return scope.level(read, without=source["name"]), (*read, source["rows"])[0]


def _holds(index: Index, key_of: Evaluator, *, wanted: bool) -> Evaluator:
    buckets = index.buckets

    def known(scope: Json) -> bool:
        key = key_of(scope)
        try:
            return key in buckets
        except TypeError:  # unhashable, so equal to no text
            return False

    def unknown(scope: Json) -> bool:
        key = key_of(scope)
        try:
            return key not in buckets
        except TypeError:
            return True

    if index.plain:
        return known if wanted else unknown
    return lambda scope: bool(index.rows(key_of(scope))) is wanted


def _falsity(nodes: Sequence[Node], null_violates: bool) -> Evaluator:  # noqa: FBT001 - goes with the node
    value_of = values(nodes)

    def fails(scope: Json) -> bool:
        value = value_of(scope)
        return null_violates if value is None else not is_true(value)

    return fails


def _differ(nodes: Sequence[Node]) -> Evaluator:
    parts = [evaluator(node) for node in nodes]

    def differ(scope: Json) -> bool:
        known = [value for part in parts if (value := part(scope)) is not None]
        return any(not equal(known[0], value) for value in known[1:])

    return differ
