"""Where rows and their columns stand in a router's files."""

from collections.abc import Mapping

from linter.snapshot.tables import Row


def located(source: str, pointer: str, pointers: Mapping[str, str]) -> Row:
    """Return an `at` with columns whose values stand elsewhere than under their own name below `pointer`."""
    at: Row = {"source": source, "pointer": pointer}
    if pointers:
        at["fields"] = fields_in(source, pointers, pointer)
    return at


def fields_in(source: str, pointers: Mapping[str, str], below: str = "") -> Row:
    """Return the places of columns, by column, whose pointers start from `below`."""
    return {column: {"source": source, "pointer": below + pointer} for column, pointer in pointers.items()}
