"""Places that fixes write: below a folder that was allowed, and reached through no link.

Whoever can write in a state may put a link where a folder was, between a look and a change. So a file is
named within its folder, which is opened step by step from the root of what was allowed.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from linter.fixes.container import Conflict

_BY_DESCRIPTOR = os.open in os.supports_dir_fd  # not on Windows
_FOLDER = getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class Place(NamedTuple):
    """A file or folder, `steps` below the real path of a folder."""

    root: Path
    steps: tuple[str, ...]

    @property
    def path(self) -> Path:
        """Its absolute path."""
        return self.root.joinpath(*self.steps)

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.steps[-1]

    def beside(self, name: str) -> "Place":
        """Return the place with another name in the same folder."""
        return Place(self.root, (*self.steps[:-1], name))

    def inside(self, name: str) -> "Place":
        """Return the place with that name in this folder."""
        return Place(self.root, (*self.steps, name))

    @contextmanager
    def folder(self) -> Iterator["Folder"]:
        """Open the folder that this lies in. Raises RefusedError if a link leads there, OSError."""
        with _named(self.path):
            folder = _opened(self.root, self.steps[:-1])
        try:
            with _named(self.path):
                yield folder
        finally:
            if folder.descriptor is not None:
                os.close(folder.descriptor)


class Folder(NamedTuple):
    """An open folder; where a system cannot name files within one, its path instead."""

    descriptor: int | None
    path: str

    def named(self, place: Place) -> str:
        """Return the name of a place in this folder, to be used with the descriptor."""
        return place.name if self.descriptor is not None else os.path.join(self.path, place.name)  # noqa: PTH118 - a name for `os`


def _opened(root: Path, steps: tuple[str, ...]) -> Folder:
    path = os.fspath(root)
    if not _BY_DESCRIPTOR:
        return Folder(None, os.fspath(root.joinpath(*steps)))
    descriptor = os.open(path, os.O_RDONLY | _FOLDER)
    for step in steps:
        try:
            inner = os.open(step, os.O_RDONLY | _FOLDER, dir_fd=descriptor)
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.ENOTDIR):
                raise RefusedError(f"{path}/{step} is a link or no folder, and is not followed") from None
            raise
        finally:
            os.close(descriptor)
        descriptor, path = inner, f"{path}/{step}"
    return Folder(descriptor, path)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Have errors of the system tell the whole path."""
    try:
        yield
    except OSError as error:
        error.filename = os.fspath(path)
        raise


class RefusedError(Exception):
    """Why files or databases were not changed."""


@contextmanager
def refusing() -> Iterator[None]:
    """Turn errors of the system, and conflicts, into refusals."""
    try:
        yield
    except Conflict as conflict:
        raise RefusedError(str(conflict)) from None
    except OSError as error:
        raise RefusedError(f"{error.filename or 'a file'}: {error.strerror}") from None
