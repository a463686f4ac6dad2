"""Whether two values can ever be equal, or in order: what is known of both decides before a rule runs."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from linter.engine.columns import Column, constant, type_of
from linter.engine.errors import near

_WORDS = {
    "string": "text",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}


_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


class Known(NamedTuple):
    """A value in an expression: how it is written, what is known of it, and whether it is written out."""

    text: str
    column: Column
    constant: bool = False


def unequal(left: Known, right: Known) -> str | None:
    """Return why two values are never equal."""
    if not left.column.types & right.column.types:
        return _of_other_types(left, right)
    if left.column.of and right.column.of and left.column.of != right.column.of:
        return f"{left.text} {_names(left.column)}, {right.text} {_names(right.column)}: they are never equal"
    for one, other in ((left, right), (right, left)):
        for value in other.column.values:
            why = impossible(one, value)
            if why and len(other.column.values) == 1:
                return why
    closed = left.column.values and right.column.values
    if closed and not set(map(_key, left.column.values)) & set(map(_key, right.column.values)):
        return f"{left.text} and {right.text} have no value in common"
    return None


def impossible(known: Known, value: Any) -> str | None:
    """Return why a value never equals a literal."""
    column = known.column
    if type_of(value) not in column.types:
        return _of_other_types(known, Known(literal(value), constant(value)))
    if column.values and _key(value) not in map(_key, column.values):
        return f"{known.text} is never {literal(value)}{_choice(value, column.values)}"
    if column.lower and isinstance(value, str) and value != value.lower():
        meant = literal(value.lower())
        return f"{known.text} is in lower case, so never {literal(value)}; did you mean {meant}?"
    if column.usual and isinstance(value, str) and value not in column.usual:
        hint = near(value, [each for each in column.usual if isinstance(each, str)])
        return f"{known.text} is never {literal(value)}{hint}" if hint else None
    return None


def unordered(left: Known, right: Known) -> str | None:
    """Return why two values have no order, so that a comparison of them is null."""
    for one, other in ((left, right), (right, left)):
        if one.column.of == "version":
            return f"as text 2026.10.1 comes before 2026.9.1; compare version({one.text.strip('`')})"
        if one.constant and _is_date(one.column.values) and "number" in other.column.types:
            return f"{other.text} is in ms; write date({one.text})"
    both = left.column.types & right.column.types & {"string", "number"}
    if both:
        return None
    return f"{_is(left)} and {_is(right)}, which have no order"


def literal(value: Any) -> str:
    """Return a value as an expression writes it."""
    if isinstance(value, str):
        return f"'{value}'"
    return f"`{str(value).lower() if value is None or isinstance(value, bool) else value}`".replace(
        "none", "null"
    )


def in_words(types: frozenset[str]) -> str:
    """Return the names of types."""
    return " or ".join(_WORDS[kind] for kind in sorted(types)) or "null"


def _of_other_types(left: Known, right: Known) -> str:
    if right.column.types == {"null"}:
        return f"{left.text} is never null"
    if left.column.types == {"null"}:
        return f"{right.text} is never null"
    hint = ""
    for one, other in ((left, right), (right, left)):
        for value in one.column.values[:1]:
            if isinstance(value, str) and _meant(value) in other.column.types:
                hint = f"; did you mean {literal(_plain(value))}?"
    return f"{_is(left)}, {_is(right)}, so they are never equal{hint}"


def _plain(text: str) -> Any:
    """Return the value that was meant by a text."""
    if _meant(text) == "boolean":
        return _FLAGS[text.lower()]
    return None if _meant(text) == "null" else text


def _meant(text: str) -> str:
    if text.lower() in _FLAGS:
        return "boolean"
    if text == "null":
        return "null"
    return "number" if text.lstrip("-").replace(".", "", 1).isdecimal() else ""


def _is(known: Known) -> str:
    return f"{known.text} is {in_words(known.column.types - {'null'})}"


def _names(column: Column) -> str:
    table, _, _ = column.of.partition(".")
    return f"names one of {table}" if "." in column.of else f"is a {column.of}"


def _choice(value: Any, values: Iterable[Any]) -> str:
    texts = [str(each) for each in values if each is not None]
    return near(str(value), texts) or f" (it is one of {', '.join(texts)})"


def _is_date(values: tuple[Any, ...]) -> bool:
    return bool(values) and isinstance(values[0], str) and re.match(r"\d{4}-\d\d", values[0]) is not None


def _key(value: Any) -> tuple[str, Any]:
    return type_of(value), value
