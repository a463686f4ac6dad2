"""Files changed together or not at all, whenever the process ends, and changed back again.

The caller holds the locks of the files. Each is written beside its old self and then renamed over it; a
process that ends in between leaves a run that is not done, which `recover` takes back.
"""

import os
import stat
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from linter.files import read_bytes
from linter.fixes.disk import Owner, digest_of, remove, replace, sync_folder, write_new
from linter.fixes.entries import restore_entries
from linter.fixes.journal import Changed, Run, forget, leftovers, new_folder, runs, write_down
from linter.fixes.refusal import RefusedError, refusing


class NewFile(NamedTuple):
    """What one file is to become, if it still has the content with this SHA-256."""

    path: Path
    digest: str
    data: bytes


def make(targets: Sequence[NewFile], journal: Path, titles: Sequence[str], at: int) -> Run:
    """Change files together and return the run that can be undone.

    Raises RefusedError when they cannot be; then all of them are as they were.
    """
    with refusing():
        files = [_examined(target) for target in targets]
        if len({file.path for file in files}) < len(files):
            raise RefusedError("two paths lead to the same file")
        for file in files:
            _expect(file, file.before)
        run = Run(new_folder(journal), tuple(titles), at, tuple(files), "preparing")
        try:
            _prepare(run, targets)
            run = run._replace(stage="changing")
            write_down(run)
            for file in files:
                _expect(file, file.before)
                replace(file.path, file.temporary(run.number))
            run = run._replace(stage="done")
            write_down(run)
        except BaseException:
            roll_back(run)
            raise
        return run


def recover(journal: Path) -> list[Run]:
    """Take back the runs that were interrupted and return them. Raises RefusedError if one cannot be."""
    interrupted = [run for run in runs(journal) if run.stage != "done"]
    with refusing():
        for run in reversed(interrupted):
            roll_back(run)
        for folder in leftovers(journal):
            forget(folder)
    return interrupted


def undo(run: Run) -> None:
    """Change files back to what they were before a run. Raises RefusedError if one has changed since."""
    with refusing():
        _to_restore(run)
        restore_entries(run)  # all of them or none, so that a run of which this is refused stays what it was
        undone = run._replace(stage="changing")  # from here on, an interrupted undo is gone on with
        write_down(undone)
        roll_back(undone)


def roll_back(run: Run) -> None:
    """Put back what a run has changed, and forget the run."""
    restore_entries(run)
    for index in _to_restore(run):
        file = run.files[index]
        remove(file.temporary(run.number))
        write_new(file.temporary(run.number), read_bytes(run.backup(index)), file.owner)
        replace(file.path, file.temporary(run.number))
    for file in run.files:
        remove(file.temporary(run.number))
    forget(run.folder)


def _examined(target: NewFile) -> Changed:
    """Return the file behind a path, links resolved, if it may be replaced."""
    path = Path(os.path.realpath(target.path))
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise RefusedError(f"{path} is no regular file")
    if found.st_nlink > 1:
        raise RefusedError(f"{path} has several names (hard links), which would part")
    owner = Owner(stat.S_IMODE(found.st_mode), found.st_uid, found.st_gid)
    return Changed(path, target.digest, sha256(target.data).hexdigest(), owner)


def _prepare(run: Run, targets: Sequence[NewFile]) -> None:
    """Write the backups, and beside every file what takes its place."""
    write_down(run)
    for index, file in enumerate(run.files):
        write_new(run.backup(index), read_bytes(file.path))
        if digest_of(run.backup(index)) != file.before:
            raise RefusedError(f"{file.path} has changed since it was read")
    sync_folder(run.folder)
    for file, target in zip(run.files, targets, strict=True):
        write_new(file.temporary(run.number), target.data, file.owner)


def _expect(file: Changed, digest: str) -> None:
    if digest_of(file.path) != digest:
        raise RefusedError(f"{file.path} has changed since it was read")


def _to_restore(run: Run) -> list[int]:
    """Return the indices of the files that a run has changed.

    Raises RefusedError if somebody else changed one of them after that. What the run did not come to, which
    shows by what would have taken its place, is nothing to it.
    """
    if run.stage == "preparing":
        return []
    changed = []
    for index, file in enumerate(run.files):
        digest = digest_of(file.path)
        if digest == file.after:
            changed.append(index)
        elif digest != file.before and not file.temporary(run.number).exists():
            raise RefusedError(
                f"{file.path} has changed since the fix; what it was before is kept in {run.folder}"
            )
    return changed
