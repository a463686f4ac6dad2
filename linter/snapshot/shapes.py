"""Whether the rows of a saved snapshot can be worked with: what they are known by, and what code looks into.

Other columns may hold anything, as what is stored in a state may.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from linter.snapshot.tables import IDENTITY, Row

_PYTHON = {
    "string": (str,),
    "integer": (int, float),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
    "array": (list,),
    "object": (dict,),
}
_WORDS = {
    "string": "text",
    "integer": "a number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
    "array": "a list",
    "object": "an object",
}


class Mistake(NamedTuple):
    """A value of a row, by index, that is not what its column takes."""

    row: int
    column: str
    wanted: str


def mistake_in(name: str, rows: Iterable[Row], schema: Mapping[str, Any]) -> Mistake | None:
    """Return the first mistake in the rows of a table; `schema` is that of snapshots."""
    columns = schema["properties"][name]["items"]["properties"]
    checked = {
        column: _types(columns[column], schema["$defs"])
        for column in columns
        if column in IDENTITY[name] or "type" not in columns[column]
    }
    taken = {
        column: {python for word in words for python in _PYTHON[word]}
        for column, words in checked.items()
        if words
    }
    for index, row in enumerate(rows):
        for column, types in taken.items():
            if type(row[column]) not in types and (row[column] is not None or column in IDENTITY[name]):
                return Mistake(index, column, " or ".join(_WORDS[word] for word in checked[column]))
    return None


def _types(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> list[str]:
    """Return the JSON types that a part of a schema takes; none if it takes all."""
    if "$ref" in schema:
        return _types(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    if "anyOf" in schema:
        return [word for choice in schema["anyOf"] for word in _types(choice, definitions)]
    found = schema.get("type", [])
    return [found] if isinstance(found, str) else list(found)
