"""TOML: values by `tomllib`, places by a scan of its statements: `[table]` and `key = value`."""

import re
from collections.abc import Iterator
from functools import cached_property

from linter.sources.interface import Document
from linter.sources.paths import join
from linter.sources.positions import BYTE_ORDER_MARK, Parsed, problem_at

_STRING = r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*+"|\'[^\'\n]*+\''
_PART = r'(?:[\w-]+|"(?:[^"\\\n]|\\.)*+"|\'[^\'\n]*+\')'
_KEY = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*+"
_STATEMENT = re.compile(
    rf"^\ufeff?[ \t]*(?:\[(?P<table>[ \t]*{_KEY}[ \t]*)\]"
    rf"|\[\[(?P<array>[ \t]*{_KEY}[ \t]*)\]\]"
    rf"|(?P<key>{_KEY})[ \t]*=[ \t]*(?P<value>(?:{_STRING}|[^\"'#\n])*))",
    re.MULTILINE | re.DOTALL,
)
_PLACE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)


class TomlDocument(Document):
    """A TOML file, never edited. Values inside arrays and inline tables are found at what holds them."""

    format = "toml"

    def _span(self, pointer: str) -> tuple[int, int]:
        while pointer and pointer not in self._spans:
            pointer = pointer.rpartition("/")[0]
        return self._spans.get(pointer, (0, len(self.text)))

    @cached_property
    def _spans(self) -> dict[str, tuple[int, int]]:
        return dict(_statements(self.text))


def parse_toml(text: str) -> Parsed:
    """Parse TOML; dates become their texts, as JSON has none."""
    import tomllib  # noqa: PLC0415 - imported only for a file that needs it

    body = text.removeprefix(BYTE_ORDER_MARK)
    try:
        return Parsed(_plain(tomllib.loads(body)), None, empty=not body.strip())
    except RecursionError:
        return Parsed(None, problem_at(text, 0, "values are nested too deeply"))
    except tomllib.TOMLDecodeError as error:
        match = _PLACE.fullmatch(str(error))
    offset = len(text)
    if match and match[2]:
        lines = body.split("\n")[: int(match[2]) - 1]
        offset = len(text) - len(body) + sum(len(line) + 1 for line in lines) + int(match[3]) - 1
    return Parsed(None, problem_at(text, offset, "not valid TOML"))


def _statements(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    table = ""
    arrays: dict[str, int] = {}
    for match in _STATEMENT.finditer(text):
        if match["table"]:
            table = join("", *_parts(match["table"]))
            yield table, match.span("table")
        elif match["array"]:
            array = join("", *_parts(match["array"]))
            arrays[array] = arrays.get(array, -1) + 1
            table = join(array, arrays[array])
            yield table, match.span("array")
        else:
            end = match.start("value") + len(match["value"].rstrip())
            yield join(table, *_parts(match["key"])), (match.start("value"), end)


def _parts(key: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_PART, key)]


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool) else str(value)
