"""The few system calls that change files: new files written through to the disk, and nothing half done."""

import os
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from linter.files import read_bytes

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class Owner(NamedTuple):
    """Whose a file is, and what others may do with it."""

    mode: int
    uid: int
    gid: int


def write_new(path: Path, data: bytes, owner: Owner | None = None) -> None:
    """Write a file that must not exist yet, private until it is whole, and have it reach the disk."""
    descriptor = os.open(path, _NEW, PRIVATE_FILE)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if owner is not None and os.name == "posix":
            found = os.fstat(descriptor)
            if (found.st_uid, found.st_gid) != owner[1:]:
                os.fchown(descriptor, owner.uid, owner.gid)
            os.fchmod(descriptor, owner.mode)  # after the owner, whose change can take bits away
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace(path: Path, by: Path) -> None:
    """Put one file in the place of another, at once and for good."""
    os.replace(by, path)  # noqa: PTH105 - the tests stop the process at every call of `os`
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder reach the disk, where a system can do that."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(path: Path) -> None:
    """Remove a file if it is there."""
    try:
        os.unlink(path)  # noqa: PTH108 - see replace
    except FileNotFoundError:
        return


def digest_of(path: Path) -> str | None:
    """Return the SHA-256 of a file in hex; None if there is no such file."""
    try:
        return sha256(read_bytes(path)).hexdigest()
    except FileNotFoundError:
        return None
