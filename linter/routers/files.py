"""Reading a router's files into the snapshot, and what a reader knows of their layout."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from linter.openclaw.reading import Reading
from linter.routers.database import load_tables
from linter.snapshot.tables import Row
from linter.sources.reading import FileRead, Loaded, load_json, load_json5, load_text, load_toml, load_yaml

_PLAIN_NAME = re.compile(r"[A-Za-z_][\w.-]{0,39}")
FORMATS: dict[str, Callable[[Path, str, str], Loaded]] = {
    "json": load_json,
    "jsonc": load_json5,
    "json5": load_json5,
    "yaml": load_yaml,
    "yml": load_yaml,
    "toml": load_toml,
}
"""The formats of router files; a file is of the format that its name ends with, else JSON."""

_ABSENT = FileRead("absent", b"", None, None, None, None, symlink=False, realpath="")


class Schema(NamedTuple):
    """What a reader knows of a JSON file: the newest version, where it stands, and the top-level keys."""

    newest: int | None = None
    version_key: str = "version"
    known_keys: frozenset[str] | None = None


class FileMapping(NamedTuple):
    """A file of the router, or with `*` in its path several; relative paths start from its folder.

    With `tables`, columns by table, it is an SQLite database.
    """

    path: str
    role: str
    schema: Schema
    secret: bool
    optional: bool = False
    format: str | None = None
    tables: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class RouterFile(NamedTuple):
    """A file that is there. `value` is None when it was not read or parsed; `row` is its row of `files`."""

    source: str
    value: Any
    row: Row

    @property
    def mtime(self) -> int:
        """When it was written last, ms since the epoch; 0 if that is not known."""
        mtime: int | None = self.row["mtime"]
        return mtime or 0


def words(text: str) -> frozenset[str]:
    """Return the words of a text: names of keys."""
    return frozenset(text.split())


def open_json(
    reading: Reading, path: Path, role: str, schema: Schema, *, secret: bool = False
) -> RouterFile | None:
    """Read a JSON object and enter it into the snapshot; None if there is no such file."""
    return open_as(reading, path, FileMapping(path.name, role, schema, secret, format="json"))


def open_as(reading: Reading, path: Path, declared: FileMapping, *, whole: bool = False) -> RouterFile | None:
    """Read a file as it is declared, else by its name, and enter it; None if there is none.

    Of files that are `whole` by what they are for, others are left out: not every `auth.json.*` is a login.
    """
    shown = reading.shown(path)
    if declared.tables:
        loaded = load_tables(path, shown, declared.tables)
    else:
        loaded = FORMATS.get(declared.format or path.suffix[1:].lower(), load_json)(path, shown, shown)
    if whole and not isinstance(loaded.value, dict):
        return None
    file = reading.enter(loaded, path, declared.role, secret=declared.secret)
    if file is None:
        return None
    if isinstance(file.value, dict) and not declared.tables:
        _judge_schema(file.row, file.value, declared.schema)
    return RouterFile(*file)


def open_text(reading: Reading, path: Path, role: str) -> RouterFile | None:
    """Read a text file and enter it into the snapshot; None if there is no such file."""
    return _open(reading, path, role, load_text)


def open_toml(reading: Reading, path: Path, role: str) -> RouterFile | None:
    """Read a TOML file and enter it into the snapshot; None if there is no such file."""
    return _open(reading, path, role, load_toml)


def missing_file(reading: Reading, path: Path, role: str) -> None:
    """Enter a file that something names and that is not there."""
    reading.add_file(path, _ABSENT, role, None, secret=False)


def _open(
    reading: Reading, path: Path, role: str, load: Callable[[Path, str, str], Loaded]
) -> RouterFile | None:
    shown = reading.shown(path)
    file = reading.enter(load(path, shown, shown), path, role, secret=False, any_value=True)
    return RouterFile(*file) if file is not None else None


def _judge_schema(row: Row, value: Row, schema: Schema) -> None:
    """Enter into the row what the reader does not know: a newer version, other top-level keys."""
    version = value.get(schema.version_key)
    details = []
    if isinstance(version, int) and not isinstance(version, bool):
        row["schema_version"] = version
        if schema.newest is not None and version > schema.newest:
            details.append(f"version {version} is newer than {schema.newest}, which this reader knows")
    elif version is not None:
        details.append(f"`{schema.version_key}` is not a whole number")
    unknown = value.keys() - schema.known_keys if schema.known_keys is not None else set()
    if unknown:
        plain = sorted(name for name in unknown if _PLAIN_NAME.fullmatch(name))[:5]
        rest = len(unknown) - len(plain)
        names = plain + ([f"{rest} more" if plain else f"{rest} in all"] if rest else [])
        details.append(f"keys that this reader does not know: {', '.join(names)}")
    if details:
        row.update(schema_known=False, schema_detail="; ".join(details))
