"""The rows that a source offers to the names before it: those that match, and for which `where` holds."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from linter.engine.expression import Evaluator, truth, values
from linter.engine.failure import FAILURES, guarded
from linter.engine.join import Tables, normal_key
from linter.engine.once import once
from linter.engine.rule import Expression, Source
from linter.engine.scope import Environment, Scope
from linter.engine.syntax import Node, in_scope, names

Rows = Sequence[Any]
Sieve = Callable[[Environment], Rows]
MANY = 16
"""Rows of one key from which on it pays to learn which of them a `where` cannot tell apart."""
FEW = 4
"""How many rows each kind must have."""


def candidates(source: Source, scope: Scope, tables: Tables) -> Callable[[Environment], Iterable[Any]]:
    """Return a function from the names bound before to the rows; it uses the name of the source there."""
    find, where = _finder(source, scope, tables), source["where"]
    if where is None:
        return lambda environment: tables.spend(find(environment))
    fits = _fitting(where, source["name"], tables)
    return lambda environment: fits(find(environment), environment)


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


def _fitting(where: Expression, name: str, tables: Tables) -> Callable[[Rows, Environment], Iterator[Any]]:
    """Return a function to those of some rows for which a condition holds."""
    holds = guarded(where, once(truth, [where["ast"]]))
    sieves: dict[int, Sieve | None] = {}

    def fitting(rows: Rows, environment: Environment) -> Iterator[Any]:
        if len(rows) >= MANY:
            if id(rows) not in sieves:
                sieves[id(rows)] = _sieve(where, name, rows, tables)
            sieve = sieves[id(rows)]
            if sieve is not None:
                rows = sieve(environment)
        for row in tables.spend(rows):
            environment[name] = row
            if holds(environment):
                yield row

    return fitting


def _sieve(where: Expression, name: str, rows: Rows, tables: Tables) -> Sieve | None:
    """Return a function to the rows that pass the first arms of a condition, asked about one of each kind.

    As many arms as leave the rows few kinds; None where even the first tells them apart.
    """
    for arms in _beginnings(where["ast"]):
        read = list(_read_of(arms, name))
        if ["field", name] not in read and "@" not in names(arms):
            kinds = _kinds(rows, name, once(values, read))
            if len(kinds) * FEW <= len(rows):
                break
    else:
        return None
    passes = guarded({**where, "ast": arms}, once(truth, [arms]))

    def sieve(environment: Environment) -> list[Any]:
        found: list[int] = []
        for kind in tables.spend(kinds):
            environment[name] = rows[kind[0]]
            if passes(environment):
                found += kind
        return [rows[index] for index in sorted(found)]

    return sieve


def _kinds(rows: Rows, name: str, key_of: Evaluator) -> Sequence[list[int]]:
    """Return the indexes of rows that are equal in what is read of them; each by itself where that fails."""
    kinds: dict[Any, list[int]] = {}
    try:
        for index, row in enumerate(rows):
            kinds.setdefault(normal_key(key_of({name: row})), []).append(index)
    except FAILURES:  # whether it counts shows when the condition is asked
        return [[index] for index, _ in enumerate(rows)]
    return list(kinds.values())


def _beginnings(node: Node) -> Iterator[Node]:
    """Yield an `a && b && c`, then `a && b`, then `a`."""
    yield node
    if node[0] == "and_expression":
        yield from _beginnings(node[2])


def _read_of(node: Node, name: str) -> Iterator[Node]:
    """Yield the largest parts of an expression that read nothing but a name."""
    read = names(node)
    if read == {name}:
        yield node
    elif name in read:
        for child in in_scope(node):
            yield from _read_of(child, name)
