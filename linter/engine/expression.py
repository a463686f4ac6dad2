"""JMESPath trees turned into Python closures, with the results of the jmespath library.

A closure takes the value that the expression is evaluated against. What has no closure here goes through the
library's own interpreter, which is imported at that moment.
"""

from collections.abc import Callable, Sequence
from typing import Any

from linter.engine.comparators import comparison, field_comparison, text_comparison
from linter.engine.functions import QUICK
from linter.engine.projections import filtered_projection, flattened, projection, selection
from linter.engine.syntax import Node, library_form
from linter.engine.truth import NUMBERS, is_true

Json = Any
Evaluator = Callable[[Json], Json]


def evaluator(node: Node) -> Evaluator:
    """Return a function that computes the value of the expression."""
    return _BUILDERS.get(node[0], _by_library)(node)


def condition(node: Node) -> Evaluator:
    """Return a function whose Python truth is the JMESPath truth of the expression."""
    kind = node[0]
    if kind == "field":
        return _field_truth(node[1])
    if kind in ("and_expression", "or_expression"):
        left, right = condition(node[2]), condition(node[3])
        if kind == "and_expression":
            return lambda scope: left(scope) and right(scope)
        return lambda scope: left(scope) or right(scope)
    value = evaluator(node)
    if kind in ("comparator", "not_expression"):  # which give True, False or None
        return value
    return lambda scope: is_true(value(scope))


def values(nodes: Sequence[Node]) -> Evaluator:
    """Return a function for the value of a single expression, for the tuple of the values of several."""
    if len(nodes) == 2 and nodes[0][0] == nodes[1][0] == "field":
        return _two_fields(nodes[0][1], nodes[1][1])
    parts = [evaluator(node) for node in nodes]
    if len(parts) == 1:
        return parts[0]
    return lambda scope: tuple([part(scope) for part in parts])


def truth(nodes: Sequence[Node]) -> Evaluator:
    """Return a function whose Python truth is that of the only expression."""
    return condition(nodes[0])


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
        return True if value else value.__class__ in NUMBERS

    return get


def _two_fields(first: str, second: str) -> Evaluator:
    def get(scope: Json) -> tuple[Json, Json]:
        try:
            return scope.get(first), scope.get(second)
        except AttributeError:
            return None, None

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
        return _nested_field(children[0][1], children[1][1])
    first, *rest = [evaluator(child) for child in children]

    def follow(scope: Json) -> Json:
        value = first(scope)
        for step in rest:
            value = step(value)
        return value

    return follow


def _nested_field(outer: str, inner: str) -> Evaluator:
    def get(scope: Json) -> Json:
        try:
            return scope.get(outer).get(inner)
        except AttributeError:
            return None

    return get


def _index(node: Node) -> Evaluator:
    position = node[1]

    def get(scope: Json) -> Json:
        try:
            return scope[position] if isinstance(scope, list) else None
        except IndexError:
            return None

    return get


def _slice(node: Node) -> Evaluator:
    stretch = slice(*node[2:])
    return lambda scope: scope[stretch] if isinstance(scope, list) else None


def _comparator(node: Node) -> Evaluator:
    name, left, right = node[1:]
    if name in ("eq", "ne") and right[0] == "literal" and (right[1] is None or isinstance(right[1], str)):
        if left[0] == "field":
            return field_comparison(name, left[1], right[1])
        return text_comparison(name, evaluator(left), right[1])
    return comparison(name, evaluator(left), evaluator(right))


def _and(node: Node) -> Evaluator:
    left, right = evaluator(node[2]), evaluator(node[3])

    def both(scope: Json) -> Json:
        value = left(scope)
        return right(scope) if is_true(value) else value

    return both


def _or(node: Node) -> Evaluator:
    left, right = evaluator(node[2]), evaluator(node[3])

    def either(scope: Json) -> Json:
        value = left(scope)
        return value if is_true(value) else right(scope)

    return either


def _not(node: Node) -> Evaluator:
    holds = condition(node[2])
    return lambda scope: not holds(scope)


def _filter(node: Node) -> Evaluator:
    base, keep = evaluator(node[2]), condition(node[4])
    return (
        selection(base, keep)
        if node[3][0] == "identity"
        else filtered_projection(base, keep, evaluator(node[3]))
    )


def _projection(node: Node) -> Evaluator:
    return projection(evaluator(node[2]), evaluator(node[3]))


def _flatten(node: Node) -> Evaluator:
    return flattened(evaluator(node[2]))


def _multi_select_list(node: Node) -> Evaluator:
    parts = [evaluator(child) for child in node[2:]]
    return lambda scope: None if scope is None else [part(scope) for part in parts]


def _function(node: Node) -> Evaluator:
    function = QUICK.get(node[1])
    if function is None:
        return _by_library(node)
    arguments = [evaluator(child) for child in node[2:]]
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
