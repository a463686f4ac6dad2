"""Expressions over one binding, rewritten to read its row directly, with constant parts computed once."""

from collections.abc import Mapping
from typing import Any

from linter.engine.expression import evaluator
from linter.engine.syntax import CURRENT, Node, in_scope


def focus(node: Node, binding: str, constants: Mapping[str, Any]) -> Node:
    """Return the expression as seen from the binding's row, which must not be null.

    The expression may name only the binding and the constants. Raises what computing a constant part raises.
    """
    return _rewritten(node, binding, constants) or _computed(node, constants)


def _rewritten(node: Node, binding: str, constants: Mapping[str, Any]) -> Node | None:
    """Return the expression as seen from the row; None when it does not read the row."""
    if node[0] == "field":
        return CURRENT if node[1] == binding else None
    scoped = list(in_scope(node))
    found = [_rewritten(child, binding, constants) for child in scoped]
    if not any(found):
        return None
    children = [new or _computed(old, constants) for new, old in zip(found, scoped, strict=True)]
    rest = node[2 + len(scoped) :]
    if node[0] == "subexpression" and children[0] is CURRENT:
        return rest[0] if len(rest) == 1 else [*node[:2], *rest]
    return [*node[:2], *children, *rest]


def _computed(node: Node, constants: Mapping[str, Any]) -> Node:
    """Return a part that reads no row as a literal, where it has a value of its own."""
    if node[0] in ("literal", "expref"):
        return node
    if node[0] == "key_val_pair":  # a part of a multi-select
        return [*node[:2], _computed(node[2], constants)]
    return ["literal", evaluator(node)(constants)]
