"""The few system calls that change files: new files written through to the disk, and nothing half done."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from linter.files import LARGEST, content
from linter.fixes.place import Place, RefusedError

_PRIVATE_FILE, _PRIVATE_FOLDER = 0o600, 0o700
_COMMON = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _COMMON
_OLD = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _COMMON


def write_new(place: Place, data: bytes, like: Place | None = None) -> None:
    """Write a file that must not exist yet, private until it is whole, and have it reach the disk.

    It gets the owner, mode, access control list and other attributes of the file that it is to be `like`.
    """
    with place.folder() as folder:
        descriptor = os.open(folder.named(place), _NEW, _PRIVATE_FILE, dir_fd=folder.descriptor)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            if like is not None and os.name == "posix":
                with _opened(like) as model:
                    _resemble(descriptor, model)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def replace(place: Place, by: Place) -> None:
    """Put one file in the place of another in the same folder, at once and for good."""
    with place.folder() as folder:
        inside = folder.descriptor
        os.replace(folder.named(by), folder.named(place), src_dir_fd=inside, dst_dir_fd=inside)
        _sync(inside)


def sync_folder_of(place: Place) -> None:
    """Have the names in the folder of a place reach the disk, where a system can do that."""
    with place.folder() as folder:
        _sync(folder.descriptor)


def remove(place: Place) -> None:
    """Remove a file if it is there."""
    with place.folder() as folder:
        try:
            os.unlink(folder.named(place), dir_fd=folder.descriptor)
        except FileNotFoundError:
            return


def make_folder(place: Place) -> None:
    """Make a private folder. Raises FileExistsError."""
    with place.folder() as folder:
        os.mkdir(folder.named(place), _PRIVATE_FOLDER, dir_fd=folder.descriptor)
        _sync(folder.descriptor)


def remove_folder(place: Place) -> None:
    """Remove an empty folder for good."""
    with place.folder() as folder:
        os.rmdir(folder.named(place), dir_fd=folder.descriptor)
        _sync(folder.descriptor)


def names_in(place: Place) -> list[str]:
    """Return the names in a folder; none if there is no such folder. Raises RefusedError for a link."""
    try:
        with place.inside("").folder() as folder:
            return os.listdir(folder.path if folder.descriptor is None else folder.descriptor)  # noqa: PTH208 - of an open folder
    except FileNotFoundError:
        return []


def facts_of(place: Place) -> os.stat_result | None:
    """Return what the system says of what lies at a place, of a link about itself; None if nothing does."""
    try:
        with place.folder() as folder:
            return os.stat(folder.named(place), dir_fd=folder.descriptor, follow_symlinks=False)
    except FileNotFoundError:
        return None


def read(place: Place) -> bytes | None:
    """Return what a file holds; None if there is no such file. Raises RefusedError for what is none."""
    try:
        with _opened(place) as descriptor:
            return content(descriptor, place.path, LARGEST)
    except FileNotFoundError:
        return None


def set_mode(place: Place, before: str, after: str) -> None:
    """Give a file or folder another mode. Raises RefusedError if it has several names, or not that before."""
    with place.folder() as folder:
        descriptor = os.open(folder.named(place), _OLD, dir_fd=folder.descriptor)
    try:
        found = os.fstat(descriptor)
        if not (stat.S_ISDIR(found.st_mode) or (stat.S_ISREG(found.st_mode) and found.st_nlink == 1)):
            raise RefusedError(f"{place.path} is no folder, and no file with one name")
        if f"{stat.S_IMODE(found.st_mode):04o}" != before:
            raise RefusedError(f"the rights of {place.path} have changed since they were read")
        os.fchmod(descriptor, int(after, 8))
    finally:
        os.close(descriptor)


def digest_of(place: Place) -> str | None:
    """Return the SHA-256 of a file in hex; None if there is no such file."""
    data = read(place)
    return None if data is None else sha256(data).hexdigest()


@contextmanager
def _opened(place: Place) -> Iterator[int]:
    """Open a regular file for reading. What lies in its place may be a pipe, which would never be opened."""
    found = facts_of(place)
    if found is not None and not stat.S_ISREG(found.st_mode):
        raise RefusedError(f"{place.path} is no regular file")
    with place.folder() as folder:
        descriptor = os.open(folder.named(place), _OLD, dir_fd=folder.descriptor)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise RefusedError(f"{place.path} is no regular file")
        yield descriptor
    finally:
        os.close(descriptor)


def _resemble(descriptor: int, model: int) -> None:
    """Give an open file what the system keeps of another beside its content and times."""
    found, own = os.fstat(model), os.fstat(descriptor)
    if (own.st_uid, own.st_gid) != (found.st_uid, found.st_gid):
        os.fchown(descriptor, found.st_uid, found.st_gid)
    if hasattr(os, "listxattr"):  # Linux, where an access control list is an attribute, too
        wanted, given = _attributes(model), _attributes(descriptor)
        for name in given.keys() - wanted:  # as a list of its folder
            os.removexattr(descriptor, name)
        for name, value in wanted.items() - given.items():
            os.setxattr(descriptor, name, value)
    os.fchmod(descriptor, stat.S_IMODE(found.st_mode))  # last: what is done before can take bits away


def _attributes(descriptor: int) -> dict[str, bytes]:
    return {name: os.getxattr(descriptor, name) for name in os.listxattr(descriptor)}


def _sync(descriptor: int | None) -> None:
    if descriptor is not None:
        os.fsync(descriptor)
