import json
import sqlite3
from contextlib import closing
from pathlib import Path

import jsonschema
import pytest

from linter.openclaw.location import locate
from linter.openclaw.read import read_state
from linter.snapshot.tables import schema

NOW = 1_795_305_600_000


def _profile(email="alice@example.com", **fields):
    return {
        "type": "oauth",
        "provider": "openai-codex",
        "access": f"opaque-access-of-{email}",
        "refresh": f"opaque-refresh-of-{email}",
        "expires": NOW + 3_600_000,
        "email": email,
    } | fields


class State:
    """A state directory in the making, and what is read from it."""

    def __init__(self, folder, validator):
        self.dir = folder / "state"
        self.dir.mkdir(mode=0o700)
        self._validator = validator

    def write(self, name, value, mode=0o600):
        path = self.dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(value if isinstance(value, str) else json.dumps(value))
        path.chmod(mode)
        return path

    def write_database(self, name, version, tables):
        """Write tables given as {name: rows}, each row a dict; the first column is the key."""
        path = self.dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as database:
            for table, rows in tables.items():
                columns = list(rows[0]) if rows else ["unused"]
                database.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
                marks = ", ".join("?" * len(columns))
                database.executemany(
                    f"INSERT INTO {table} VALUES ({marks})", [list(row.values()) for row in rows]
                )
            database.execute(f"PRAGMA user_version = {version}")
            database.commit()
        path.chmod(0o600)
        return path

    def read(self, **options):
        location = locate(self.dir, environ={}, home=Path("/nonexistent"), **options)
        snapshot = read_state(location, NOW)
        sources = [
            {"id": document.id, "path": document.shown, "kind": document.kind, "cell": None}
            for document in snapshot.documents
        ]
        self._validator.validate({"sources": sources, **snapshot.root()})
        return snapshot

    def rows(self, table, **wanted):
        found = self.read().tables[table]
        return [row for row in found if all(row[name] == value for name, value in wanted.items())]

    def file(self, path):
        (row,) = self.rows("files", path=path)
        return row


@pytest.fixture(scope="session")
def validator():
    return jsonschema.Draft202012Validator(schema())


@pytest.fixture
def profile():
    return _profile


@pytest.fixture
def state(tmp_path, validator):
    return State(tmp_path, validator)
