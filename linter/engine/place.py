"""Where the rows of a violation lie in the sources."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from linter.engine.finding import Location
from linter.engine.join import Tables
from linter.engine.rule import Path
from linter.engine.scope import Environment


def rows_at(environment: Environment, path: Path) -> list[tuple[Any, Path]]:
    """Return the rows that a path starts from, with the fields that remain; a list gives all its rows."""
    name, *fields = path
    value = environment.get(name)
    if isinstance(value, list):  # `others` and `rows`, lists of environments
        return [found for inner in value if fields for found in rows_at(inner, fields)]
    return [(value, fields)] if isinstance(value, dict) else []


def pointer_to(row: Mapping[str, Any], fields: Sequence[str]) -> tuple[str, str] | None:
    """Return the source and pointer of a field of a row; None for a row that lies nowhere.

    A row whose fields have other names in their source, or lie elsewhere, says so in `at.fields`.
    """
    at = row.get("at")
    if not at:
        return None
    moved = at.get("fields", {}).get(fields[0]) if fields else None
    start, rest = (moved, fields[1:]) if moved else (at, fields)
    steps = "".join(["/" + field.replace("~", "~0").replace("/", "~1") for field in rest])
    return start["source"], start["pointer"] + steps


class Places:
    """Finds the places of rows; `references` are columns that hold the key of another table's row."""

    def __init__(self, tables: Tables, references: Mapping[str, tuple[str, str]]) -> None:
        self._tables = tables
        self._references = references

    def locations(self, environment: Environment, path: Path, label: str = "") -> Iterator[Location]:
        """Yield the places of a path; a reference leads to the row that it names, or nowhere."""
        for row, fields in rows_at(environment, path):
            target = self._references.get(fields[0]) if len(fields) == 1 else None
            if target is None:
                place = pointer_to(row, fields)
            else:
                named = self._tables.referenced(target, row.get(fields[0]))
                place = pointer_to(named, ()) if named else None
            if place:
                yield Location(*place, label)

    def first(self, environment: Environment, paths: Sequence[Path]) -> Location:
        """Return the first place that one of the paths has."""
        for path in paths:
            for location in self.locations(environment, path):
                return location
        return Location("", "")
