"""Message templates: text with `{expression}` in it; `{{` and `}}` are literal braces."""

import json
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

_QUOTES = "'\"`"


class TemplateError(ValueError):
    """A template that cannot be read; `offset` is where."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class Hole(NamedTuple):
    """The text of an expression in a template, and its offset."""

    text: str
    offset: int


def split(template: str) -> list[str | Hole]:
    """Split a template into literal texts and the expressions between braces."""
    parts: list[str | Hole] = []
    literal = ""
    position = 0
    while position < len(template):
        letter = template[position]
        if letter in "{}" and template[position : position + 2] == letter * 2:
            literal += letter
            position += 2
        elif letter == "{":
            end = _closing(template, position)
            parts += [literal, Hole(template[position + 1 : end], position + 1)]
            literal = ""
            position = end + 1
        elif letter == "}":
            raise TemplateError("a `}` without `{`; write `}}` for a literal brace", position)
        else:
            literal += letter
            position += 1
    return [part for part in (*parts, literal) if part != ""]


def render(parts: Sequence[str | Callable[[Any], Any]], scope: Any) -> str:
    """Fill a template whose expressions have become functions of the scope."""
    return "".join([part if isinstance(part, str) else show(part(scope)) for part in parts])


def show(value: Any) -> str:
    """Write a value for people: null as `none`, a list joined by commas, a secret as its fingerprint."""
    if value is None:
        return "none"
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ", ".join([show(item) for item in value])
    if isinstance(value, dict):
        return str(value["fingerprint"]) if "fingerprint" in value else ", ".join(value)
    return json.dumps(value)


def _closing(template: str, start: int) -> int:
    """Return the offset of the brace that closes the one at `start`; quotes of JMESPath hide braces."""
    depth = 0
    quote = ""
    position = start
    while position < len(template):
        letter = template[position]
        if quote:
            if letter == "\\":
                position += 1
            elif letter == quote:
                quote = ""
        elif letter in _QUOTES:
            quote = letter
        elif letter in "{}":
            depth += 1 if letter == "{" else -1
            if depth == 0:
                return position
        position += 1
    raise TemplateError("a `{` that is never closed; write `{{` for a literal brace", start)
