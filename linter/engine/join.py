"""Hash joins: rows by key, each index built once for all rules."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from linter.engine.expression import values
from linter.engine.failure import FAILURES, EvaluationError, Failures, OverBudgetError
from linter.engine.once import once
from linter.engine.rule import Expression, Source
from linter.engine.syntax import Node

Row = Any
Key = Any
_NO_ROWS: Sequence[Row] = ()
MOST_STEPS = 10_000_000
"""Rows that a rule looks at beside its first ones: a hundred for each of 100,000 sessions."""


class Index(NamedTuple):
    """Rows by key. A key is one value, or a tuple of values; a row with a null in its key is in no bucket.

    `plain`: every key part is a string, so that a key needs no normalising before it is looked up.
    """

    buckets: dict[Key, list[Row]]
    plain: bool

    def rows(self, key: Key) -> Sequence[Row]:
        """Return the rows with this key."""
        try:
            return self.buckets.get(key if self.plain else normal_key(key), _NO_ROWS)
        except TypeError:  # an unhashable value equals no string
            return _NO_ROWS


class Tables:
    """The rows of a snapshot, selected and indexed once per expression, whichever rule asks."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self._root = root
        self._rows: dict[str, list[Row]] = {}
        self._indexes: dict[tuple[str, ...], Index] = {}
        self._references: dict[tuple[str, str], dict[Any, Row]] = {}
        self._origins: dict[str, set[int]] = {}
        self._failed: dict[str, list[EvaluationError]] = {}
        self.begin(Failures())

    def begin(self, failures: Failures) -> None:
        """Give a rule its budget, and a list for the failures on rows that it selects."""
        self._left, self._failures = MOST_STEPS, failures

    def spend(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Return rows that a rule looks at for one combination of others. Raises OverBudgetError."""
        self._left -= len(rows)
        if self._left < 0:
            raise OverBudgetError
        return rows

    def beside(self, more: Mapping[str, Any]) -> "Tables":
        """Return the tables together with lists of rows that one rule brings."""
        tables = Tables({**self._root, **more})
        tables.begin(self._failures)
        return tables

    def rows(self, expression: Expression) -> list[Row]:
        """Return the rows that an expression over the snapshot selects."""
        text = expression["text"]
        found = self._rows.get(text)
        if found is None:
            value = self._selected(expression)
            found = self._rows[text] = (
                [row for row in value if row is not None] if isinstance(value, list) else []
            )
        for failure in self._failed.get(text, ()):
            if failure not in self._failures:
                self._failures.append(failure)
        return found

    def _selected(self, expression: Expression, within: Node | None = None) -> Any:
        """Return the value of an expression or a node in it; a filter leaves out rows on which it fails."""
        node = within or expression["ast"]
        try:
            return once(values, [node])(self._root)
        except FAILURES as error:
            failure = EvaluationError(expression, error, {})
        kind, position, base, *rest = node
        if kind == "multi_select_list":
            return [self._selected(expression, each) for each in node[2:]]
        if kind not in ("filter_projection", "flatten", "projection"):
            raise failure
        found: list[Row] = []
        for row in self._selected(expression, base):
            try:
                found += values([[kind, position, ["literal", [row]], *rest]])(self._root)
            except FAILURES as error:
                failures = self._failed.setdefault(expression["text"], [])
                failures.append(EvaluationError(expression, error, {}))
        return found

    def counted(self, expression: Expression) -> int | None:
        """Return how many rows an expression selects; None when no rule has asked for them."""
        found = self._rows.get(expression["text"])
        return None if found is None else len(found)

    def index(self, source: Source) -> Index:
        """Return the rows of a source by its `match` columns."""
        columns = [column["text"] for column, _ in source["match"]]
        name = (source["rows"]["text"], *columns)
        found, rows = self._indexes.get(name), self.rows(source["rows"])
        if found is None:
            key_of = once(values, [column["ast"] for column, _ in source["match"]])
            found = self._indexes[name] = _indexed(rows, key_of)
        return found

    def finder(self, source: Source) -> Callable[[Key], Sequence[Row]]:
        """Return a function from a key to rows of a source; only a key without a null needs an index."""
        find: Callable[[Key], Sequence[Row]] | None = None

        def rows_with(key: Key) -> Sequence[Row]:
            nonlocal find
            if has_null(key):
                return _NO_ROWS
            if find is None:
                find = self.index(source).rows
            return find(key)

        return rows_with

    def referenced(self, target: tuple[str, str], name: Any) -> Row | None:
        """Return the row of a table whose column has this value."""
        found = self._references.get(target)
        if found is None:
            table, column = target
            found = self._references[target] = {
                str(row.get(column)): row for row in self._root.get(table, ())
            }
        return found.get(name) if isinstance(name, str) else None

    def table_of(self, row: Row, tables: Sequence[str]) -> str:
        """Return which of the tables a row is from."""
        for table in tables[:-1]:
            found = self._origins.get(table)
            if found is None:
                found = self._origins[table] = {id(member) for member in self._root.get(table, ())}
            if id(row) in found:
                return table
        return tables[-1]


def has_null(key: Key) -> bool:
    """Tell whether a part of a key is null."""
    return None in key if key.__class__ is tuple else key is None


def normal_key(key: Key) -> Key:
    """Return a key that hashes, and that is equal to another where JMESPath says so: true is not 1."""
    return tuple([_normal(part) for part in key]) if key.__class__ is tuple else _normal(key)


def _normal(value: Any) -> Any:
    kind = value.__class__
    if kind is str or kind is int or kind is float or value is None:
        return value
    return kind.__name__, json.dumps(value, sort_keys=True)


def _indexed(rows: Sequence[Row], key_of: Callable[[Any], Key]) -> Index:
    buckets: dict[Key, list[Row]] = {}
    plain = True
    for row in rows:
        key = key_of(row)
        if has_null(key):
            continue
        if not _is_plain(key):
            plain = False
            key = normal_key(key)
        bucket = buckets.get(key)
        if bucket is None:
            buckets[key] = [row]
        else:
            bucket.append(row)
    return Index(buckets, plain)


def _is_plain(key: Key) -> bool:
    if key.__class__ is tuple:
        return all(part.__class__ is str for part in key)
    return key.__class__ is str
