"""A consistent copy of an SQLite database that may be in use, made without any trace beside the original.

SQLite itself would create `-wal` and `-shm` files beside a database that it opens, or miss what is only in
the `-wal`. Plain copying is safe under one condition. In WAL mode, what a checkpoint writes into the database
stays in the `-wal` until its next generation begins, with a new header. So if the header is the same before
the database is copied and after the `-wal` is applied, that repairs whatever a checkpoint changed in between,
and its checksums cut off a half-written end. A database without a `-wal` must not change at all.

No copy has a name. SQLite opens an empty file, which then loses its name and is filled: whatever ends this
process, the tokens end with it, and no database is too large for memory.
"""

from __future__ import annotations

import os
import re
import time
from contextlib import contextmanager, suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple

from linter.files import names_in, open_regular
from linter.sources.database_logs import apply_wal, roll_back

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

_ATTEMPTS = 5
_PAUSE = 0.02  # seconds
_CHUNK = 1 << 20
_WAL_HEADER = 32
_DATABASE_HEADER = 100  # holds the change counter
_NAMES_A_FILE = bytes.fromhex("d9d505f920a163d7")
"""What a journal ends with that names the common one of several databases: SQLite deletes that file."""
_OURS = re.compile(r"authlint-[0-9a-f]{16}")
_STALE = 600  # seconds; nothing of ours keeps a name for longer than a moment


class DatabaseProblem(Exception):  # noqa: N818 - as ParseProblem, it is what a reader reports
    """A database that could not be read; `kind` says in which way. Never tells any content."""

    def __init__(self, kind: Literal["unstable", "corrupt", "unreadable"], message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


class _Mark(NamedTuple):
    """What must be the same before and after copying."""

    file: tuple[int, int]
    generation: bytes
    journal: tuple[int, int] | None
    unlogged: tuple[int, int, bytes] | None


@contextmanager
def connected_copy(path: Path) -> Iterator[sqlite3.Connection]:
    """Connect to a copy of a database, with what was committed in its logs; no other process can find it."""
    import sqlite3  # noqa: PLC0415 - only a state with databases needs it

    name = _scratch_name()
    try:
        image = os.fdopen(os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")
    except OSError as error:
        raise DatabaseProblem("unreadable", f"no private copy can be made: {error.strerror}") from None
    with image:
        connection = sqlite3.connect(name, isolation_level=None)
        try:
            _remove(name)
            _fill(image, path)
            yield connection
        finally:
            connection.close()
            _remove(name)  # where an open file keeps its name


def _fill(image: BinaryIO, path: Path) -> None:
    for attempt in range(_ATTEMPTS):
        if attempt:
            time.sleep(_PAUSE)
        try:
            before = _mark(path)
            _copy(path, image)
            if _mark(path) == before:
                return
        except OSError as error:
            raise DatabaseProblem("unreadable", f"the database cannot be copied: {error.strerror}") from None
    raise DatabaseProblem("unstable", "the database kept changing while it was copied")


def _copy(path: Path, image: BinaryIO) -> None:
    """Copy a database and apply its logs, the -wal last: it may only be newer than the database."""
    image.truncate(0)
    image.seek(0)
    with _opened(path) as database:
        while chunk := database.read(_CHUNK):
            image.write(chunk)
    expect_own_journal(path)
    with _beside(path, "-journal") as journal:
        roll_back(image, journal)
    with _beside(path, "-wal") as wal:
        apply_wal(image, wal)
    image.flush()


def expect_own_journal(path: Path) -> None:
    """Raise DatabaseProblem if the journal of a database has SQLite delete another file when it is opened.

    OpenClaw's databases have no such journal; one is made for transactions over several databases.
    """
    with _beside(path, "-journal") as journal:
        journal.seek(max(journal.seek(0, os.SEEK_END) - len(_NAMES_A_FILE), 0))
        if journal.read() == _NAMES_A_FILE:
            raise DatabaseProblem("unreadable", "the journal of the database names another file")


def _mark(path: Path) -> _Mark:
    found = path.stat()
    with _beside(path, "-wal") as wal:
        generation = wal.read(_WAL_HEADER)
    unlogged = None
    if not generation:
        with _opened(path) as database:
            unlogged = (found.st_size, found.st_mtime_ns, database.read(_DATABASE_HEADER))
    return _Mark((found.st_dev, found.st_ino), generation, _size_and_time(Path(f"{path}-journal")), unlogged)


def _size_and_time(path: Path) -> tuple[int, int] | None:
    with suppress(FileNotFoundError):
        found = path.stat()
        return found.st_size, found.st_mtime_ns
    return None


def _beside(path: Path, suffix: str) -> BinaryIO:
    """Open a log of a database, an empty one where there is none."""
    try:
        return _opened(Path(f"{path}{suffix}"))
    except FileNotFoundError:
        return BytesIO()


def _opened(path: Path) -> BinaryIO:
    return os.fdopen(open_regular(path), "rb", buffering=_CHUNK)


def _scratch_name() -> str:
    """Return a name in the folder for temporary files, as `tempfile` would, whose import costs more."""
    places = [os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP")]
    base = next((place for place in places if place and Path(place).is_dir()), "/tmp")  # noqa: S108 - made 0600
    _sweep(base)
    return f"{base}/authlint-{os.urandom(8).hex()}"


def _remove(name: str) -> None:
    with suppress(OSError):
        Path(name).unlink()


@cache
def _sweep(base: str) -> None:
    """Remove what killed runs have left, once: folders with copies (up to version 0.1), empty files."""
    with suppress(OSError), os.scandir(base) as entries:
        for entry in entries:
            if _OURS.fullmatch(entry.name) and _is_stale(entry.stat(follow_symlinks=False)):
                if entry.is_dir(follow_symlinks=False):
                    for name in names_in(Path(entry.path)):
                        _remove(f"{entry.path}/{name}")
                    Path(entry.path).rmdir()
                else:
                    _remove(entry.path)


def _is_stale(found: os.stat_result) -> bool:
    own = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    return own and time.time() - found.st_mtime > _STALE
