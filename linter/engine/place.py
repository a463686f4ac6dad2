"""Where a violation lies and what it is about: locations, subjects, fingerprints and values of bound rows."""

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from linter.engine.finding import Location
from linter.engine.join import Tables
from linter.engine.rule import Path, Rule
from linter.engine.scope import Environment
from linter.engine.vocabulary import Vocabulary, singular

_SMALL = 20
_SCALARS = (str, int, float, bool)


def rows_at(environment: Environment, path: Path) -> list[tuple[Any, Path]]:
    """Return the rows that a path starts from, with the fields that remain; a list gives all its rows."""
    name, *fields = path
    value = environment.get(name)
    if isinstance(value, list):  # `others` and `rows`, lists of environments
        return [found for inner in value if fields for found in rows_at(inner, fields)]
    return [(value, fields)] if isinstance(value, dict) else []


def pointer_to(row: Mapping[str, Any], fields: Sequence[str]) -> tuple[str, str] | None:
    """Return the source and pointer of a field of a row; None for a row that lies nowhere."""
    at = row.get("at")
    if not at:
        return None
    steps = "".join(["/" + field.replace("~", "~0").replace("/", "~1") for field in fields])
    return at["source"], at["pointer"] + steps


class Places:
    """Answers for one rule where its rows lie and what names them."""

    def __init__(self, rule: Rule, tables: Tables, vocabulary: Vocabulary) -> None:
        self._rule = rule
        self._tables = tables
        self._identity = vocabulary.identity
        self._references = vocabulary.references
        self._row_tables = {source["name"]: source["tables"] for source in rule.sources}
        candidate = rule.require["candidate"]
        if candidate is not None:
            self._row_tables[candidate["name"]] = candidate["tables"]

    def locations(self, environment: Environment, path: Path, label: str = "") -> Iterator[Location]:
        """Yield the places of a path; a reference column leads to the row that it names."""
        for row, fields in rows_at(environment, path):
            found = self._referenced(row, fields) if len(fields) == 1 else None
            place = pointer_to(found, ()) if found else pointer_to(row, fields)
            if place and not (found is None and self._is_missing_reference(fields)):
                yield Location(*place, label)

    def primary(self, environment: Environment, at: Path) -> Location:
        """Return the place to report: `at`, else the subject's row, else any bound row."""
        for path in (at, [self._rule.subject], *([name] for name in self._row_tables)):
            for location in self.locations(environment, path):
                return location
        return Location("", "")

    def table(self, environment: Environment) -> str:
        """Return the table of the subject's row."""
        return self._tables.table_of(environment[self._rule.subject], self._row_tables[self._rule.subject])

    def identity(self, environment: Environment) -> list[Any]:
        """Return the values that name the subject's row for good."""
        row = environment[self._rule.subject]
        return [row.get(column) for column in self._identity.get(self.table(environment), ())]

    def key(self, environment: Environment) -> tuple[Any, ...]:
        """Return what tells the subject's row from every other row."""
        row = environment[self._rule.subject]
        place = pointer_to(row, ())
        return (self.table(environment), *(place or map(str, self.identity(environment))))

    def subject(self, environment: Environment) -> tuple[tuple[str, str], ...]:
        """Return the subject as (kind, name) pairs from the outside in."""
        table = self.table(environment)
        columns = self._identity.get(table, ())
        kinds = [*columns[:-1], singular(table)]
        pairs = zip(kinds, self.identity(environment), strict=False)
        return tuple((kind, str(name)) for kind, name in pairs if name is not None)

    def fingerprint(self, environment: Environment, collected: Sequence[Any] | None) -> str:
        """Return a hash that survives moved lines: of the rule and its subject, or what it collects by."""
        named = [self.table(environment), *self.identity(environment)] if collected is None else collected
        return sha256(json.dumps([self._rule.id, *named], default=str).encode()).hexdigest()[:32]

    def _referenced(self, row: Mapping[str, Any], fields: Path) -> Mapping[str, Any] | None:
        if fields[0] not in self._references:
            return None
        return self._tables.referenced(self._references[fields[0]], row.get(fields[0]))

    def _is_missing_reference(self, fields: Path) -> bool:
        return len(fields) == 1 and fields[0] in self._references


def values(environment: Environment, mentions: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return the mentioned fields by binding; of a secret only its fingerprint and kind."""
    result = {}
    for binding, columns in mentions.items():
        row = environment.get(binding)
        if isinstance(row, dict):
            shown = {column: _shown(_follow(row, column)) for column in columns}
            result[binding] = {column: value for column, value in shown.items() if value is not _HIDDEN}
    return result


_HIDDEN = object()


def _follow(row: Any, column: str) -> Any:
    for name in column.split("."):
        row = row.get(name) if isinstance(row, dict) else None
    return row


def _shown(value: Any) -> Any:
    if value is None or isinstance(value, _SCALARS):
        return value
    if isinstance(value, dict) and "fingerprint" in value and "kind" in value:
        return {"fingerprint": value["fingerprint"], "kind": value["kind"]}
    if isinstance(value, list) and len(value) <= _SMALL and all(isinstance(item, _SCALARS) for item in value):
        return value
    return _HIDDEN
