"""A consistent copy of an SQLite database that may be in use, made without any trace beside the original.

SQLite itself would create `-wal` and `-shm` files beside a database that it opens, or miss what is only in
the `-wal`. Plain copying is safe under one condition. In WAL mode, what a checkpoint writes into the database
stays in the `-wal` until its next generation begins, with a new header. So if the header is the same before
the database is copied and after the `-wal` is, the copied `-wal` repairs whatever a checkpoint changed in
between, and its checksums cut off a half-written end. A database without a `-wal` must not change at all.
"""

import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal, NamedTuple

from linter.sources.reading import open_quietly

_ATTEMPTS = 5
_PAUSE = 0.02  # seconds
_CHUNK = 1 << 20
_WAL_HEADER = 32
_DATABASE_HEADER = 100  # holds the change counter
_NAMES_A_FILE = bytes.fromhex("d9d505f920a163d7")
"""What a journal ends with that names the common one of several databases: SQLite deletes that file."""


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
def private_copy(path: Path) -> Iterator[Path]:
    """Copy a database into a directory that only this user can enter, and remove it at the end."""
    directory = _private_directory()
    copy = directory / "copy.sqlite"
    try:
        for attempt in range(_ATTEMPTS):
            if attempt:
                time.sleep(_PAUSE)
            if _copied(path, copy):
                break
        else:
            raise DatabaseProblem("unstable", "the database kept changing while it was copied")
        yield copy
    finally:
        remove(directory)


def remove(directory: Path) -> None:
    """Remove what can be removed of a directory of files."""
    with suppress(OSError):
        for entry in list(os.scandir(directory)):
            Path(entry.path).unlink()
        directory.rmdir()


def _private_directory() -> Path:
    """Make a directory as `tempfile` does, whose import would cost more than the copy."""
    places = [os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP")]
    base = next((place for place in places if place and Path(place).is_dir()), "/tmp")  # noqa: S108 - made 0700
    directory = Path(base, f"authlint-{os.urandom(8).hex()}")
    try:
        directory.mkdir(0o700)
    except OSError as error:
        raise DatabaseProblem("unreadable", f"no private copy can be made: {error.strerror}") from None
    return directory


def _copied(path: Path, copy: Path) -> bool:
    """Copy the files of a database; return whether they belong together."""
    try:
        before = _mark(path)
        for suffix in ("", "-journal", "-wal"):  # the -wal last: it may only be newer than the database
            _copy_file(Path(f"{path}{suffix}"), Path(f"{copy}{suffix}"), required=not suffix)
        expect_own_journal(copy)
        return _mark(path) == before
    except OSError as error:
        raise DatabaseProblem("unreadable", f"the database cannot be copied: {error.strerror}") from None


def expect_own_journal(path: Path) -> None:
    """Raise DatabaseProblem if the journal of a database has SQLite delete another file when it is opened.

    OpenClaw's databases have no such journal; one is made for transactions over several databases.
    """
    try:
        descriptor = _open_regular(Path(f"{path}-journal"))
    except FileNotFoundError:
        return
    try:
        os.lseek(descriptor, max(os.fstat(descriptor).st_size - len(_NAMES_A_FILE), 0), os.SEEK_SET)
        if os.read(descriptor, len(_NAMES_A_FILE)) == _NAMES_A_FILE:
            raise DatabaseProblem("unreadable", "the journal of the database names another file")
    finally:
        os.close(descriptor)


def _mark(path: Path) -> _Mark:
    found = path.stat()
    generation = _head(Path(f"{path}-wal"), _WAL_HEADER)
    unlogged = None
    if not generation:
        unlogged = (found.st_size, found.st_mtime_ns, _head(path, _DATABASE_HEADER))
    return _Mark((found.st_dev, found.st_ino), generation, _size_and_time(Path(f"{path}-journal")), unlogged)


def _size_and_time(path: Path) -> tuple[int, int] | None:
    with suppress(FileNotFoundError):
        found = path.stat()
        return found.st_size, found.st_mtime_ns
    return None


def _head(path: Path, size: int) -> bytes:
    try:
        descriptor = _open_regular(path)
    except FileNotFoundError:
        return b""
    try:
        return os.read(descriptor, size)
    finally:
        os.close(descriptor)


def _open_regular(path: Path) -> int:
    """Open a file for reading. A device that lies in its place, by a link, say, may never end."""
    descriptor = open_quietly(path)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise DatabaseProblem("unreadable", f"{path.name} is no regular file")
    return descriptor


def _copy_file(source: Path, target: Path, *, required: bool) -> None:
    try:
        descriptor = _open_regular(source)
    except FileNotFoundError:
        if required:
            raise
        target.unlink(missing_ok=True)  # of an earlier attempt
        return
    try:
        with target.open("wb", buffering=0) as copy:
            while chunk := os.read(descriptor, _CHUNK):
                copy.write(chunk)
    finally:
        os.close(descriptor)
