"""How any file is opened: only a regular one, of limited size, and without a trace."""

import errno
import os
import stat
from pathlib import Path

LARGEST = 1 << 28
"""Bytes that are read of a file at most: twice what 100,000 sessions take."""
SMALL = 1 << 20
"""Bytes that are read of a file that people write by hand."""
_FLAGS = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_QUIET = getattr(os, "O_NOATIME", 0)


class UnusableFileError(Exception):
    """A file that somebody named is not what it should be; the message says what is expected."""


def open_regular(path: Path) -> int:
    """Open a file for reading, without a new access time where the system allows that (to its owner).

    Raises OSError, also for what is something else: a directory, a pipe, a device, which may never end.
    """
    try:
        descriptor = os.open(path, _FLAGS | _QUIET)
    except PermissionError:
        descriptor = os.open(path, _FLAGS)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    raise OSError(errno.EINVAL, "it is no regular file", str(path))


def names_in(folder: Path) -> list[str]:
    """Return the names in a folder, sorted; none where it cannot be read."""
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - names, not paths: there may be many
    except OSError:
        return []


def read_bytes(path: Path, most: int = LARGEST) -> bytes:
    """Return what is in a regular file. Raises OSError, also for one of more than `most` bytes."""
    descriptor = open_regular(path)
    try:
        return content(descriptor, path, most)
    finally:
        os.close(descriptor)


def content(descriptor: int, path: Path, most: int) -> bytes:
    """Return what is in an open file. Raises OSError for more than `most` bytes."""
    if os.fstat(descriptor).st_size <= most:
        with open(descriptor, "rb", closefd=False) as stream:
            data = stream.read(most + 1)
        if len(data) <= most:
            return data
    raise OSError(errno.EFBIG, f"it has more than {most >> 20} MB", str(path))


def last_lines(path: Path, size: int) -> list[bytes]:
    """Return the lines in the last `size` bytes of a regular file, newest first; none if it is no such file.

    The oldest may be cut off, and the newest half written.
    """
    try:
        descriptor = open_regular(path)
    except OSError:
        return []
    try:
        os.lseek(descriptor, max(0, os.fstat(descriptor).st_size - size), os.SEEK_SET)
        return os.read(descriptor, size).splitlines()[::-1]
    except OSError:
        return []
    finally:
        os.close(descriptor)
