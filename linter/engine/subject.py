"""What a finding is about: the row that is its subject, under a name that survives moved lines."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from linter.engine.join import Row, Tables
from linter.engine.place import pointer_to
from linter.engine.rule import Rule
from linter.engine.scope import Environment
from linter.engine.vocabulary import singular


class Subject(NamedTuple):
    """A row of a table with the columns that name it for good, outermost first, and their values."""

    table: str
    columns: tuple[str, ...]
    names: tuple[Any, ...]

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the subject as (kind, name) pairs; the innermost kind is the word for a row of the table."""
        kinds = (*self.columns[:-1], singular(self.table))
        named = zip(kinds, self.names, strict=False)
        return tuple([(kind, str(name)) for kind, name in named if name is not None])


class Subjects:
    """Names the subjects of one rule."""

    def __init__(self, rule: Rule, tables: Tables, identity: Mapping[str, tuple[str, ...]]) -> None:
        self._binding = rule.subject
        self._tables = tables
        self._identity = identity
        self._possible = next(source["tables"] for source in rule.sources if source["name"] == rule.subject)

    def name(self, *environments: Environment) -> Subject:
        """Return the subject of a violation, or of several that make one finding."""
        return self._first(environments)[0]

    def key(self, environment: Environment) -> tuple[Any, ...]:
        """Return what tells the subject's row from every other row: its place, else its name."""
        subject, row = self._first([environment])
        return (subject.table, *(pointer_to(row, ()) or map(str, subject.names)))

    def _first(self, environments: Iterable[Environment]) -> tuple[Subject, Row]:
        """Return the subject that comes first by name.

        Which row of a file is read first does not decide: the next writer of the file may put it elsewhere.
        """
        rows = [
            result[self._binding]
            for environment in environments
            for result in environment.get("rows", (environment,))
        ]
        named = [(self._named(row), row) for row in rows]
        return named[0] if len(named) == 1 else min(named, key=lambda one: list(map(str, one[0].names)))

    def _named(self, row: Row) -> Subject:
        table = self._tables.table_of(row, self._possible)
        columns = self._identity.get(table, ())
        return Subject(table, columns, tuple([row.get(column) for column in columns]))


def fingerprint(parts: Iterable[Any]) -> str:
    """Return 32 hex digits of the SHA-256 of the parts."""
    return sha256("\0".join([str(part) for part in parts]).encode(errors="replace")).hexdigest()[:32]
