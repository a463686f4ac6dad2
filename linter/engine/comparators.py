"""Comparisons as closures over the closures of both sides."""

import operator
from collections.abc import Callable
from typing import Any

from linter.engine.truth import equal

Json = Any
Evaluator = Callable[[Json], Json]

_ORDERINGS: dict[str, Callable[[Json, Json], bool]] = {
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
}
_NUMBERS = (int, float)


def comparison(name: str, left: Evaluator, right: Evaluator) -> Evaluator:
    """Return a comparison by its name in a syntax tree: eq, ne, lt, lte, gt, gte."""
    if name == "eq":
        return lambda scope: equal(left(scope), right(scope))
    if name == "ne":
        return lambda scope: not equal(left(scope), right(scope))
    compare = _ORDERINGS[name]

    def order(scope: Json) -> bool | None:
        first, second = left(scope), right(scope)
        numbers = first.__class__ in _NUMBERS and second.__class__ in _NUMBERS
        return compare(first, second) if numbers or first.__class__ is second.__class__ is str else None

    return order


def text_comparison(name: str, left: Evaluator, text: str | None) -> Evaluator:
    """Return eq or ne to a text or null, which equal nothing else, so that Python's comparison will do."""
    if name == "eq":
        return lambda scope: left(scope) == text
    return lambda scope: left(scope) != text


def field_comparison(name: str, field: str, text: str | None) -> Evaluator:
    """Return eq or ne of a field to a text or null."""
    if name == "eq":

        def same(scope: Json) -> bool:
            try:
                return bool(scope.get(field) == text)
            except AttributeError:
                return text is None

        return same

    def other(scope: Json) -> bool:
        try:
            return bool(scope.get(field) != text)
        except AttributeError:
            return text is not None

    return other
