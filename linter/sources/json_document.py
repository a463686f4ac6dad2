"""JSON: values by the standard parser, places by skipping whole subtrees with its C scanner."""

import json
import re
from json.scanner import make_scanner

from linter.sources.interface import Json
from linter.sources.positions import BYTE_ORDER_MARK, Parsed, problem_at
from linter.sources.tree_document import Span, TreeDocument

_START = re.compile(r"\ufeff?[ \t\n\r]*")
_SPACE = re.compile(r"[ \t\n\r]*")
_KEY = re.compile(r'[ \t\n\r]*("(?:[^"\\]|\\.)*+")[ \t\n\r]*:[ \t\n\r]*')
_NEXT = re.compile(r"[ \t\n\r]*(,?)[ \t\n\r]*")
_STRING_OR_CONSTANT = re.compile(r'"(?:[^"\\]|\\.)*+"|NaN|-?Infinity')
_TOO_DEEP = "values are nested too deeply"
_LONGEST_INT = 4000  # digits; Python refuses to convert 4,300, JavaScript reads such a number as a float

_MESSAGES = {
    "Expecting value": "a value is missing or malformed",
    "Expecting property name enclosed in double quotes": "a property name in double quotes is missing",
    "Expecting ':' delimiter": "`:` is missing after a property name",
    "Expecting ',' delimiter": "`,` or a closing bracket is missing",
    "Unterminated string starting at": "a string has no end",
    "Invalid control character at": "a string contains a raw control character",
    "Invalid \\escape": "a string contains an invalid escape",
    "Invalid \\uXXXX escape": "a string contains an invalid escape",
    "Extra data": "text follows the end of the document",
    "Illegal trailing comma before end of object": "`,` before a closing bracket",
    "Illegal trailing comma before end of array": "`,` before a closing bracket",
}


class JsonDocument(TreeDocument):
    """A JSON file, or a JSON cell of a database."""

    def _extent(self) -> tuple[int, int]:
        return _end(_START, self.text, 0), _last(self.text)

    def _children(self, start: int) -> list[Span]:
        return _children(self.text, start)


def parse_json(text: str) -> Parsed:
    """Parse as JavaScript's `JSON.parse` does, with a byte order mark tolerated.

    Unlike `json.loads`, refuses NaN and Infinity. Lone surrogates, which no encoder could write later, become
    U+FFFD.
    """
    start = _end(_START, text, 0)
    if start == len(text):
        return Parsed(None, problem_at(text, start, "the document is empty"), empty=True)
    try:
        value = _decode(text, start)
        return Parsed(repaired(value, text), None)
    except json.JSONDecodeError as error:
        offset, message = error.pos, _MESSAGES.get(error.msg, "not valid JSON")
        if text.startswith("\0", offset):
            message = "NUL bytes: the file was torn or overwritten"
    except _ConstantError:
        offset, message = _first_constant(text), "NaN and Infinity are not JSON"
    except RecursionError:
        offset, message = start, _TOO_DEEP
    return Parsed(None, problem_at(text, offset, message))


def parse_node_json(text: str) -> Parsed:
    """Parse as `JSON.parse` does to the letter: with a byte order mark, a text is no JSON."""
    if text.startswith(BYTE_ORDER_MARK):
        return Parsed(None, problem_at(text, 0, "a byte order mark stands before the JSON"))
    return parse_json(text)


def repaired(value: Json, text: str) -> Json:
    """Return a value with U+FFFD for each lone surrogate, which JSON can escape and no encoder can write.

    `text` is what it was parsed from.
    """
    escapes = "\\u" in text  # asked first, as most texts have none and a search through 60 MB takes its time
    return _repaired(value) if escapes and ("\\ud" in text or "\\uD" in text) else value


def repaired_string(string: str) -> str:
    """Return a string without lone surrogates."""
    if string.isascii():
        return string
    return string.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _repaired(value: Json) -> Json:
    if isinstance(value, str):
        return repaired_string(value)
    if isinstance(value, list):
        return [_repaired(item) for item in value]
    if isinstance(value, dict):
        return {repaired_string(key): _repaired(item) for key, item in value.items()}
    return value


def _children(text: str, start: int) -> list[Span]:
    opening = text[start]
    if opening not in "{[":
        return []
    children: list[Span] = []
    position = _end(_SPACE, text, start + 1)
    try:
        while text[position] not in "]}":
            children.append(_child(text, position, len(children) if opening == "[" else None))
            position = _end(_NEXT, text, children[-1].end)
    except RecursionError:  # deeper than the stack of this caller allows: point at the container
        return []
    return children


def _child(text: str, position: int, index: int | None) -> Span:
    if index is not None:
        return Span(index, position, position, position, _skip(text, position)[1])
    match = _KEY.match(text, position)
    assert match is not None, "the text was parsed before"
    name = match[1][1:-1]
    if "\\" in name:
        name = repaired_string(json.loads(match[1]))
    return Span(name, match.start(1), match.end(1), match.end(), _skip(text, match.end())[1])


class _ConstantError(ValueError):
    """NaN or Infinity, which JSON does not have."""


def _refuse(_: str) -> None:
    raise _ConstantError


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _LONGEST_INT else float(digits)


_decoder = json.JSONDecoder(parse_constant=_refuse)
_patient_decoder = json.JSONDecoder(parse_constant=_refuse, parse_int=_integer)
_skip = make_scanner(  # values are dropped, so that a float will do for an integer of any length
    json.JSONDecoder(parse_int=float)  # type: ignore[arg-type] # typeshed asks for a scanner here
)


def _decode(text: str, start: int) -> Json:
    try:
        value, end = _decoder.raw_decode(text, start)
    except (json.JSONDecodeError, _ConstantError):
        raise
    except ValueError:  # an integer of thousands of digits
        value, end = _patient_decoder.raw_decode(text, start)
    end = _end(_SPACE, text, end)
    if end != len(text):
        raise json.JSONDecodeError("Extra data", text, end)
    return value


def _first_constant(text: str) -> int:
    return next(match.start() for match in _STRING_OR_CONSTANT.finditer(text) if match[0][0] != '"')


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    """Return the end of a match that may be empty."""
    match = pattern.match(text, position)
    return match.end() if match else position


def _last(text: str) -> int:
    end = len(text)
    while end and text[end - 1] in " \t\n\r":
        end -= 1
    return end
