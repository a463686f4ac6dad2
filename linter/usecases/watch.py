"""Lint again when what was read changes. Files are only looked at: nothing is left in the state."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn

from linter.reports.interface import Report

Seen = dict[Path, tuple[int, int, int] | None]
"""Inode, size and time of change by path; None for what is not there."""

_MOST_PAUSES = 10
"""A state that never rests is linted nevertheless."""


def watch(lint: Callable[[], Report], show: Callable[[Report], None], pause: Callable[[], None]) -> NoReturn:
    """Lint, show, wait for a change and begin again, until an exception ends it.

    A state that changed while it was read is read again at once: files that appear are known only afterwards.
    """
    before: Seen = {}
    while True:
        report = lint()
        show(report)
        after = look(watched(report))
        before = _changed(after, pause) if after == before else _rested(after, pause)


def watched(report: Report) -> set[Path]:
    """Return the files that were read, logs of databases, and folders in which others may appear."""
    folders = {path for name, path in report.roots.items() if name != "HOME"}
    files = {document.path for document in report.documents}
    logs = {path.with_name(f"{path.name}-wal") for path in files if path.suffix == ".sqlite"}
    between = {
        folder
        for path in files
        for folder in path.parents
        if any(folder.is_relative_to(root) for root in folders)
    }
    return files | logs | folders | between


def look(paths: Iterable[Path]) -> Seen:
    """Look at files without opening them."""
    return {path: _look_at(path) for path in paths}


def _changed(before: Seen, pause: Callable[[], None]) -> Seen:
    """Wait until something is different, and until it rests."""
    while (now := look(before)) == before:
        pause()
    return _rested(now, pause)


def _rested(before: Seen, pause: Callable[[], None]) -> Seen:
    for _ in range(_MOST_PAUSES):
        pause()
        now = look(before)
        if now == before:
            break
        before = now
    return before


def _look_at(path: Path) -> tuple[int, int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - half the time of Path.stat, and there may be many
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
