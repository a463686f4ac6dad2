"""JMESPath trees turned into Python closures, with the results of the jmespath library.

A closure takes the value that the expression is evaluated against. What has no closure here goes through the
library's own interpreter, which is imported at that moment.
"""

import operator
from collections.abc import Callable
from typing import Any

from linter.engine.functions import QUICK, Function
from linter.engine.syntax import Node, library_form

Json = Any
Evaluator = Callable[[Json], Json]

_ORDERINGS = {"lt": operator.lt, "lte": operator.le, "gt": operator.gt, "gte": operator.ge}
_NUMBERS = (int, float)
_ORDERED = (str, int, float)
_YIELDS_TRUTH = frozenset({"comparator", "not_expression"})


def evaluator(node: Node) -> Evaluator:
    """Return a function that computes the value of the expression."""
    return _BUILDERS.get(node[0], _by_library)(node)


def condition(node: Node) -> Evaluator:
    """Return a function whose Python truth is the JMESPath truth of the expression."""
    if _is_truth(node):
        return evaluator(node)
    if node[0] == "field":
        return _field_truth(node[1])
    value = evaluator(node)
    return lambda scope: is_true(value(scope))


def is_true(value: Json) -> bool:
    """Tell whether JMESPath takes the value for true: all but null, false and what is empty; zero is true."""
    return True if value else value.__class__ in _NUMBERS


def equal(left: Json, right: Json) -> bool:
    """Compare as JMESPath does: a boolean equals no number."""
    return left == right and (left.__class__ is bool) is (right.__class__ is bool)


def _is_truth(node: Node) -> bool:
    """Tell whether the value is always True, False or None."""
    if node[0] in ("and_expression", "or_expression"):
        return all(_is_truth(child) for child in node[2:])
    return node[0] in _YIELDS_TRUTH


def _by_library(node: Node) -> Evaluator:
    tree = library_form(node)
    visit: Callable[[Any, Json], Json] | None = None

    def interpret(scope: Json) -> Json:
        nonlocal visit
        if visit is None:
            from linter.engine.library import interpreter  # noqa: PLC0415 - imports jmespath

            visit = interpreter().visit
        return visit(tree, scope)

    return interpret


def _field(node: Node) -> Evaluator:
    name = node[1]

    def get(scope: Json) -> Json:
        try:
            return scope.get(name)
        except AttributeError:
            return None

    return get


def _field_truth(name: str) -> Evaluator:
    def get(scope: Json) -> bool:
        try:
            value = scope.get(name)
        except AttributeError:
            return False
        return True if value else value.__class__ in _NUMBERS

    return get


def _itself(_node: Node) -> Evaluator:
    return lambda scope: scope


def _literal(node: Node) -> Evaluator:
    value = node[1]
    return lambda _scope: value


def _chain(node: Node) -> Evaluator:
    """Each child is evaluated against the result of the one before: `a.b`, `a[0]`, `a | b`."""
    children = node[2:]
    if len(children) == 2 and children[0][0] == children[1][0] == "field":
        return _field_pair(children[0][1], children[1][1])
    first, *rest = [evaluator(child) for child in children]

    def follow(scope: Json) -> Json:
        value = first(scope)
        for step in rest:
            value = step(value)
        return value

    return follow


def _field_pair(outer: str, inner: str) -> Evaluator:
    def get(scope: Json) -> Json:
        try:
            return scope.get(outer).get(inner)
        except AttributeError:
            return None

    return get


def _index(node: Node) -> Evaluator:
    position = node[1]

    def get(scope: Json) -> Json:
        if not isinstance(scope, list):
            return None
        try:
            return scope[position]
        except IndexError:
            return None

    return get


def _slice(node: Node) -> Evaluator:
    stretch = slice(*node[2:])
    return lambda scope: scope[stretch] if isinstance(scope, list) else None


def _comparator(node: Node) -> Evaluator:
    left, right = evaluator(node[2]), evaluator(node[3])
    if node[1] in ("eq", "ne"):
        return _equality(node, left, right)
    compare: Callable[[Json, Json], bool] = _ORDERINGS[node[1]]

    def order(scope: Json) -> bool | None:
        first, second = left(scope), right(scope)
        if first.__class__ in _ORDERED and second.__class__ in _ORDERED:
            return compare(first, second)
        return None

    return order


def _equality(node: Node, left: Evaluator, right: Evaluator) -> Evaluator:
    if node[3][0] == "literal" and not isinstance(node[3][1], (int, float, list, dict)):
        text = node[3][1]  # a string or null equals nothing but itself, so that Python's comparison will do
        if node[1] == "eq":
            return lambda scope: left(scope) == text
        return lambda scope: left(scope) != text
    if node[1] == "eq":
        return lambda scope: equal(left(scope), right(scope))
    return lambda scope: not equal(left(scope), right(scope))


def _and(node: Node) -> Evaluator:
    left, right = evaluator(node[2]), evaluator(node[3])
    if _is_truth(node[2]):
        return lambda scope: left(scope) and right(scope)

    def both(scope: Json) -> Json:
        value = left(scope)
        return right(scope) if is_true(value) else value

    return both


def _or(node: Node) -> Evaluator:
    left, right = evaluator(node[2]), evaluator(node[3])
    if _is_truth(node[2]):
        return lambda scope: left(scope) or right(scope)

    def either(scope: Json) -> Json:
        value = left(scope)
        return value if is_true(value) else right(scope)

    return either


def _not(node: Node) -> Evaluator:
    value = condition(node[2])
    return lambda scope: not value(scope)


def _filter(node: Node) -> Evaluator:
    base, keep = evaluator(node[2]), condition(node[4])
    if node[3][0] == "identity":

        def select(scope: Json) -> list[Json] | None:
            rows = base(scope)
            if not isinstance(rows, list):
                return None
            return [row for row in rows if keep(row) and row is not None]

        return select
    project = evaluator(node[3])

    def select_values(scope: Json) -> list[Json] | None:
        rows = base(scope)
        if not isinstance(rows, list):
            return None
        return [value for row in rows if keep(row) if (value := project(row)) is not None]

    return select_values


def _projection(node: Node) -> Evaluator:
    base, project = evaluator(node[2]), evaluator(node[3])

    def each(scope: Json) -> list[Json] | None:
        rows = base(scope)
        if not isinstance(rows, list):
            return None
        return [value for row in rows if (value := project(row)) is not None]

    return each


def _flatten(node: Node) -> Evaluator:
    base = evaluator(node[2])

    def flat(scope: Json) -> list[Json] | None:
        rows = base(scope)
        if not isinstance(rows, list):
            return None
        return [value for row in rows for value in (row if isinstance(row, list) else (row,))]

    return flat


def _multi_select_list(node: Node) -> Evaluator:
    parts = [evaluator(child) for child in node[2:]]
    return lambda scope: None if scope is None else [part(scope) for part in parts]


def _function(node: Node) -> Evaluator:
    function = QUICK.get(node[1])
    if function is None:
        return _by_library(node)
    arguments = [evaluator(child) for child in node[2:]]
    return _call(function, arguments)


def _call(function: Function, arguments: list[Evaluator]) -> Evaluator:
    if len(arguments) == 1:
        only = arguments[0]
        return lambda scope: function(only(scope))
    if len(arguments) == 2:
        first, second = arguments
        return lambda scope: function(first(scope), second(scope))
    return lambda scope: function(*[argument(scope) for argument in arguments])


_BUILDERS: dict[str, Callable[[Node], Evaluator]] = {
    "field": _field,
    "current": _itself,
    "identity": _itself,
    "literal": _literal,
    "subexpression": _chain,
    "index_expression": _chain,
    "pipe": _chain,
    "index": _index,
    "slice": _slice,
    "comparator": _comparator,
    "and_expression": _and,
    "or_expression": _or,
    "not_expression": _not,
    "filter_projection": _filter,
    "projection": _projection,
    "flatten": _flatten,
    "multi_select_list": _multi_select_list,
    "function_expression": _function,
}
