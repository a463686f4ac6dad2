"""Expressions over one binding, rewritten to read its row directly, with constant parts computed once."""

from collections.abc import Mapping
from typing import Any

from linter.engine.expression import evaluator
from linter.engine.syntax import CURRENT, Node, in_scope, names


def focus(node: Node, binding: str, constants: Mapping[str, Any]) -> Node:
    """Return the expression as seen from the binding's row, which must not be null.

    The expression may name only the binding and the constants. Raises what computing a constant part raises.
    """
    if node[0] == "key_val_pair":  # a part of a multi-select, which has no value of its own
        return [*node[:2], focus(node[2], binding, constants)]
    if node[0] == "expref":
        return node
    if binding not in names(node):
        return ["literal", evaluator(node)(constants)]
    if node[0] == "field":
        return CURRENT
    scoped = len(list(in_scope(node)))
    children = [focus(child, binding, constants) for child in node[2 : 2 + scoped]] + node[2 + scoped :]
    if node[0] == "subexpression" and children[0] is CURRENT:
        return children[1] if len(children) == 2 else [*node[:2], *children[1:]]
    return [*node[:2], *children]
