"""Reading SQLite databases through private copies, each value as the bytes that stand in the file."""

from __future__ import annotations

from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from linter.sources.database_image import DatabaseProblem, connected_copy

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["Database", "DatabaseProblem", "octet_length", "open_private_copy"]

_ALL: Mapping[str, str] = MappingProxyType({})
_DAMAGE = {
    "SQLITE_NOTADB": "the file is not an SQLite database",
    "SQLITE_CORRUPT": "the database is damaged",
}


class Database:
    """A private copy of a database, open for reading.

    `user_version` is where an application keeps its schema version; `tables` names all tables. Every method
    raises DatabaseProblem where SQLite fails.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.user_version: int = self._query("PRAGMA user_version")[0][0]
        self.tables = frozenset(
            name for (name,) in self._query("SELECT name FROM sqlite_master WHERE type = 'table'")
        )

    def check(self, table: str) -> str | None:
        """Return what SQLite's quick check finds wrong in a table; None when it is sound or cannot be told.

        A schema may call functions of a newer SQLite than this one: that is no fault of the database.
        """
        try:
            ((first,), *_) = self._query(f"PRAGMA quick_check({_name(table)})")
        except DatabaseProblem as problem:
            if problem.kind == "corrupt":
                raise
            return None
        return None if first == "ok" else str(first)

    def rows(
        self,
        table: str,
        columns: Sequence[str],
        cells: Sequence[str] = (),
        *,
        where: Mapping[str, str] = _ALL,
        newest: tuple[str, int] | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Read columns of all rows; without the table there are no rows, without a column its value is None.

        Columns named in `cells` come as the raw bytes of their text, None where they hold no text. Only rows
        whose columns hold the texts of `where` are read; of `newest`, a column and a number, the last so many
        by that column, the last first.
        """
        if table not in self.tables:
            return
        present = {name for (name,) in self._query("SELECT name FROM pragma_table_info(?)", table)}
        wanted = [*columns, *cells]
        selected = ", ".join(_select(name, present, raw=name in cells) for name in wanted)
        if not present.issuperset([*where, *(newest or ())[:1]]):
            return
        tests = " AND ".join([f"{_name(name)} = ?" for name in where]) or "TRUE"
        last = f" ORDER BY {_name(newest[0])} DESC LIMIT {newest[1]}" if newest else ""
        sql = f"SELECT {selected} FROM {_name(table)} WHERE {tests}{last}"  # noqa: S608 - quoted names
        for values in _run(self._connection, sql, *where.values()):
            yield dict(zip(wanted, values, strict=True))

    def cells(self, table: str, key: str, value: str) -> Iterator[tuple[str, bytes | None]]:
        """Read one text column by key: raw bytes for `load_cell`, None where the cell holds no text."""
        for row in self.rows(table, [key], [value]):
            yield str(row[key]), row[value]

    def _query(self, sql: str, *parameters: str) -> list[tuple[Any, ...]]:
        return list(_run(self._connection, sql, *parameters))


@contextmanager
def open_private_copy(path: Path) -> Iterator[Database]:
    """Open a private copy of a database; the original stays as it is, whoever writes to it meanwhile.

    The copy has no name, so that it ends with this process, even if that is killed. Raises DatabaseProblem.
    """
    with connected_copy(path) as connection:
        connection.text_factory = lambda data: data.decode(errors="replace")
        connection.create_function("octet_length", 1, octet_length, deterministic=True)
        yield Database(connection)


def _run(connection: sqlite3.Connection, sql: str, *parameters: str) -> Iterator[tuple[Any, ...]]:
    import sqlite3  # noqa: PLC0415 - only a state with databases needs it

    try:
        yield from connection.execute(sql, parameters)
    except UnicodeDecodeError:  # a name of a column, or of what SQLite complains of
        raise DatabaseProblem("corrupt", "the layout holds text that is not UTF-8") from None
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", type(error).__name__)
        if name in _DAMAGE:
            raise DatabaseProblem("corrupt", _DAMAGE[name]) from None
        raise DatabaseProblem("unreadable", f"SQLite reports {name}") from None


def octet_length(value: object) -> int | None:
    """SQLite 3.43's function of that name, for schemas that use it in checks and triggers."""
    if value is None:
        return None
    return len(value if isinstance(value, bytes) else str(value).encode())


def _select(name: str, present: set[str], *, raw: bool) -> str:
    if name not in present:
        return "NULL"
    quoted = _name(name)
    return f"CASE typeof({quoted}) WHEN 'text' THEN CAST({quoted} AS BLOB) END" if raw else quoted


def _name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'
