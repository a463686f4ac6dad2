"""A tool's database as the value of a file: tables by name, each a list of rows."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from linter.openclaw.reading import facts_of
from linter.snapshot.tables import Row
from linter.sources.json_document import parse_json
from linter.sources.reading import Loaded
from linter.sources.text_document import TextDocument


def load_tables(path: Path, shown: str, tables: Mapping[str, Sequence[str]]) -> Loaded:
    """Read some columns of some tables from a private copy; a text that holds a JSON object is parsed.

    What cannot be read on is told as `file.obstacle`, and there is no value.
    """
    from linter.sources.database import DatabaseProblem, open_private_copy  # noqa: PLC0415 - seldom needed

    facts = facts_of(path)
    if facts.state != "ok":
        return Loaded(facts, None, None, None, empty=False)
    try:
        with open_private_copy(path) as database:
            value = {
                table: [_parsed(row) for row in database.rows(table, columns)]
                for table, columns in tables.items()
            }
    except DatabaseProblem as problem:
        facts = facts._replace(
            state="unstable" if problem.kind == "unstable" else "unreadable", obstacle=problem.message
        )
        return Loaded(facts, None, None, None, empty=False)
    return Loaded(facts, TextDocument(shown, path, shown, "", "", "file"), value, None, empty=False)


def _parsed(row: Row) -> Row:
    return {name: _value(value) for name, value in row.items()}


def _value(cell: Any) -> Any:
    if not isinstance(cell, str) or not cell.lstrip().startswith("{"):
        return cell
    value = parse_json(cell).value
    return value if isinstance(value, dict) else cell
