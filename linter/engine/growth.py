"""How much an expression can make of what it is given: that is settled before it is ever evaluated."""

from math import prod

from linter.engine.syntax import Node

MOST_COPIES = 1_000
"""How often an expression may repeat what it is given, as `[@, @][]` does twice."""
GROWS = f"this expression can repeat what it is given more than {MOST_COPIES} times; make it shorter"
_MOST_NODES = 20_000
_PASSED_ON = frozenset(
    {"subexpression", "index_expression", "pipe", "projection", "value_projection", "flatten"}
)
_ONE_OF = frozenset({"comparator", "not_expression", "and_expression", "or_expression"})


def grows_too_much(node: Node) -> bool:
    """Tell whether a value on the way could repeat its input too often, or the expression is too large."""
    return _size(node) > _MOST_NODES or _copies(node) > MOST_COPIES


def _size(node: Node) -> int:
    return 1 + sum(_size(child) for child in node[2:] if isinstance(child, list))


def _copies(node: Node) -> int:
    """Return how often a value on the way can hold what the node is evaluated against."""
    kind, children = node[0], [child for child in node[2:] if isinstance(child, list)]
    if not children:
        return 1
    copies = [_copies(child) for child in children]
    if kind in _PASSED_ON:
        return prod(copies)
    if kind == "filter_projection":
        base, projected, condition = copies
        return base * max(projected, condition)
    if kind in _ONE_OF:
        return max(copies)
    mapped = [number for child, number in zip(children, copies, strict=True) if child[0] == "expref"]
    return max(1, sum(copies) - sum(mapped)) * prod(mapped)
