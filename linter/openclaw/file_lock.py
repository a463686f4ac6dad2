"""OpenClaw's lock beside a file: `<file>.lock`, which whoever writes the file holds meanwhile.

It contains `{"pid", "createdAt"}` and is stale when that process is gone or after 30 s: then anybody may take
it over.
"""

import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from linter.openclaw.process import is_alive
from linter.sources.reading import read_file

_STALE = 30.0  # seconds
_EMPTY = 0.5  # seconds that pass between making a lock and writing into it, at most
_ATTEMPTS, _PAUSE = 10, 0.1
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)


class LockHeldError(Exception):
    """Another process is writing the file."""


@contextmanager
def locked(paths: Iterable[Path], attempts: int = _ATTEMPTS) -> Iterator[None]:
    """Hold OpenClaw's locks of some files. Raises LockHeldError when one does not become free.

    OpenClaw names the lock after the path that it was given, in the resolved folder; whoever comes by another
    link names it after the file itself. Both are held.
    """
    names = {
        Path(os.path.realpath(folder)) / f"{name}.lock"
        for path in paths
        for folder, name in (os.path.split(path), os.path.split(os.path.realpath(path)))
    }
    with ExitStack() as held:
        for lock in sorted(names):  # in one order, so that two of us never wait for each other
            _acquire(lock, attempts)
            held.callback(_release, lock)
        yield


def _acquire(lock: Path, attempts: int) -> None:
    for attempt in range(attempts):
        if attempt:
            time.sleep(_PAUSE)
        if _take(lock) or (_is_stale(lock) and _take_over(lock)):
            return
    raise LockHeldError(f"{lock} is held by a process that is writing")


def _take(lock: Path) -> bool:
    try:
        descriptor = os.open(lock, _NEW, 0o600)
    except FileExistsError:
        return False
    content = {"pid": os.getpid(), "createdAt": datetime.now(UTC).isoformat(timespec="milliseconds")}
    try:
        os.write(descriptor, json.dumps(content, indent=2).replace("+00:00", "Z").encode())
    finally:
        os.close(descriptor)
    return True


def _take_over(lock: Path) -> bool:
    _release(lock)
    return _take(lock)


def _release(lock: Path) -> None:
    try:
        os.unlink(lock)  # noqa: PTH108 - the tests stop the process at every call of `os`
    except FileNotFoundError:
        return  # taken over by somebody for whom we took too long


def _is_stale(lock: Path) -> bool:
    """Judge as OpenClaw does: by the process, then by the time it wrote, then by that of the file."""
    read = read_file(lock)
    if read.state == "absent":
        return not read.symlink
    if read.state != "ok" or read.mtime_ms is None:
        return False
    content, written = read.data, read.mtime_ms / 1000
    if not content:  # its process was killed before it wrote anything
        return time.time() - written > _EMPTY
    try:
        value = json.loads(content)
        pid, created = value.get("pid"), value.get("createdAt")
    except (ValueError, AttributeError, RecursionError):
        pid = created = None
    if isinstance(pid, int) and pid > 0 and not is_alive(pid):
        return True
    since = _seconds(created) if isinstance(created, str) else written
    return time.time() - min(since, written) > _STALE


def _seconds(text: str) -> float:
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError:
        return 0.0
