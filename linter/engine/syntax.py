"""JMESPath syntax trees as plain data: `[type, value, child...]`, which JSON can hold.

Children are nodes, except those of a slice, which are integers or None.
"""

from collections.abc import Iterable, Mapping
from typing import Any

Node = list[Any]

_SCOPED_BY_FIRST_CHILD = frozenset(
    {
        "subexpression",
        "index_expression",
        "pipe",
        "projection",
        "value_projection",
        "filter_projection",
        "flatten",
    }
)
_WITHOUT_SCOPE = frozenset({"literal", "slice", "index", "expref"})

_ARITHMETIC = "; there is no arithmetic: use add(), subtract(), multiply(), divide()"
_NUMBER = "; a number stands in backticks: `5`"
_MEANT = {
    "=": "; write `==`",
    "and": "; write `&&`",
    "or": "; write `||`",
    "not": "; write `!(...)`",
    "in": "; write contains(list, value)",
    "is": "; write `==`",
    "<>": "; write `!=`",
    "=~": "; write matches(text, regex)",
    "startswith": "; write starts_with(text, start)",
    "endswith": "; write ends_with(text, end)",
    "?": "; write `a && b || c`",
    "+": _ARITHMETIC,
    "/": _ARITHMETIC,
    "-": _ARITHMETIC,
}
"""What people write who think of another language."""

CURRENT: Node = ["current", None]

_DEEPEST = 100


def parse(text: str) -> Node:
    """Parse an expression with the jmespath library, whose ParseError it raises; RecursionError if deep."""
    from jmespath.parser import Parser  # noqa: PLC0415 - only rule files that are not cached are parsed

    node: Node = _plain(Parser().parse(text).parsed)
    return node


def mistake_in(text: str) -> tuple[str, int] | None:
    """Return why a text is not JMESPath, and the offset of the first letter that is wrong."""
    from jmespath import exceptions  # noqa: PLC0415 - needed only where rules are compiled

    try:
        parse(text)
    except exceptions.IncompleteExpressionError:
        return f"`{text.strip()}` is not JMESPath: it ends too early", len(text)
    except exceptions.LexerError as error:
        letter = text[error.lex_position : error.lex_position + 1]
        return _wording(text, letter, error.lex_position), error.lex_position
    except exceptions.ParseError as error:
        word = str(error.token_value)
        return _wording(text, word, error.lex_position), error.lex_position
    except exceptions.JMESPathError:
        return "an expression is missing here", 0
    except RecursionError:
        return "this expression is nested too deeply", 0
    return None


def _wording(text: str, word: str, at: int) -> str:
    """Say that a text is no expression, and what was probably meant by a word or sign in it."""
    said = "not" if text.lstrip().startswith("not ") else word
    meant = (text[at : at + 2], text[max(at - 1, 0) : at + 1], said)
    hint = next((_MEANT[sign] for sign in meant if sign in _MEANT), _NUMBER if word.isdecimal() else "")
    return f"`{text.strip()}` is not JMESPath: `{word}` is not expected here{hint}"


def library_form(node: Any) -> Any:
    """Return the node as the jmespath library writes it."""
    if not isinstance(node, list):
        return node
    return {"type": node[0], "value": node[1], "children": [library_form(child) for child in node[2:]]}


def in_scope(node: Node) -> Iterable[Node]:
    """Yield the children that are evaluated against the same value as the node itself."""
    kind = node[0]
    if kind in _SCOPED_BY_FIRST_CHILD:
        return node[2:3]
    return () if kind in _WITHOUT_SCOPE else node[2:]


def names(node: Node) -> set[str]:
    """Return the fields that the node reads from what it is evaluated against; `@` for all of it."""
    if node[0] == "field":
        return {node[1]}
    if node[0] in ("current", "identity"):
        return {"@"}
    return set().union(*(names(child) for child in in_scope(node)))


def inlined(node: Node, values: Mapping[str, Node]) -> Node:
    """Return the node with names that it reads from its scope replaced by what they stand for."""
    if node[0] == "field":
        return values.get(node[1], node)
    scoped = list(in_scope(node))
    return [*node[:2], *(inlined(child, values) for child in scoped), *node[2 + len(scoped) :]]


def _plain(node: Any, depth: int = 0) -> Any:
    if not isinstance(node, dict):
        return node
    if depth > _DEEPEST:
        raise RecursionError
    return [node["type"], node.get("value"), *(_plain(child, depth + 1) for child in node["children"])]
