"""Files changed together or not at all, whenever the process ends, and changed back again.

The caller holds the locks of the files. Each is written beside its old self and then renamed over it; a
process that ends in between leaves a run that is not done, which `recover` takes back.
"""

import stat
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import NamedTuple

from linter.fixes.disk import digest_of, facts_of, read, remove, replace, sync_folder_of, write_new
from linter.fixes.entries import restore_entries
from linter.fixes.journal import Changed, Run, forget, leftovers, new_folder, runs, write_down
from linter.fixes.place import Place, RefusedError, refusing
from linter.fixes.rights import Rights, restrict, rights_to_restore

Find = Callable[[str], Place]
"""Tells where a source lies. Raises Conflict for one that fixes would not write."""


class NewFile(NamedTuple):
    """What one file is to become, if it still has the content with this SHA-256."""

    source: str
    digest: str
    data: bytes


def make(
    targets: Sequence[NewFile],
    journal: Place,
    find: Find,
    titles: Sequence[str],
    at: int,
    rights: Sequence[Rights] = (),
) -> Run:
    """Change files and `rights` together and return the run that can be undone.

    Raises RefusedError when they cannot be; then all of them are as they were.
    """
    with refusing():
        files = [Changed(one.source, one.digest, sha256(one.data).hexdigest()) for one in targets]
        places = [find(file.source) for file in files]
        for place in places:
            _expect_replaceable(place)
        if len(set(places)) < len(places):
            raise RefusedError("two paths lead to the same file")
        for file, place in zip(files, places, strict=True):
            _expect(place, file.before)
        run = Run(new_folder(journal), tuple(titles), at, tuple(files), "preparing", rights=tuple(rights))
        try:
            _prepare(run, places, targets)
            run = run._replace(stage="changing")
            write_down(run)
            for file, place in zip(files, places, strict=True):
                _expect(place, file.before)
                replace(place, _temporary(place, run))
            restrict(rights, find)
            run = run._replace(stage="done")
            write_down(run)
        except BaseException:
            roll_back(run, find)
            raise
        return run


def recover(journal: Place, find: Find) -> list[Run]:
    """Take back the runs that were interrupted and return them. Raises RefusedError if one cannot be."""
    interrupted = [run for run in runs(journal) if run.stage != "done"]
    with refusing():
        for run in reversed(interrupted):
            roll_back(run, find)
        for folder in leftovers(journal):
            forget(folder)
    return interrupted


def undo(run: Run, find: Find) -> None:
    """Change files back to what they were before a run. Raises RefusedError if one has changed since."""
    with refusing():
        _to_restore(run, find)
        rights_to_restore(run.rights, find)
        restore_entries(run, find)  # all or none, so that a run of which this is refused stays what it was
        undone = run._replace(stage="changing")  # from here on, an interrupted undo is gone on with
        write_down(undone)
        roll_back(undone, find)


def roll_back(run: Run, find: Find) -> None:
    """Put back what a run has changed, and forget the run."""
    restore_entries(run, find)
    if run.stage != "preparing":
        restrict(rights_to_restore(run.rights, find), find)
    for place, data in _to_restore(run, find):
        temporary = _temporary(place, run)
        remove(temporary)
        write_new(temporary, data, like=place)
        replace(place, temporary)
    for file in run.files:
        remove(_temporary(find(file.source), run))
    forget(run.folder)


def _temporary(place: Place, run: Run) -> Place:
    """Return the file in the same folder that takes the place of one."""
    return place.beside(f".{place.name}.authlint-{run.number}")


def _expect_replaceable(place: Place) -> None:
    found = facts_of(place)
    if found is not None and not stat.S_ISREG(found.st_mode):
        raise RefusedError(f"{place.path} is no regular file")
    if found is not None and found.st_nlink > 1:
        raise RefusedError(f"{place.path} has several names (hard links), which would part")


def _prepare(run: Run, places: Sequence[Place], targets: Sequence[NewFile]) -> None:
    """Write the backups, and beside every file what takes its place."""
    write_down(run)
    for index, (file, place) in enumerate(zip(run.files, places, strict=True)):
        data = read(place)
        if data is None or sha256(data).hexdigest() != file.before:
            raise RefusedError(f"{place.path} has changed since it was read")
        write_new(run.backup(index), data)
    if run.files:
        sync_folder_of(run.backup(0))
    for place, target in zip(places, targets, strict=True):
        write_new(_temporary(place, run), target.data, like=place)


def _expect(place: Place, digest: str) -> None:
    if digest_of(place) != digest:
        raise RefusedError(f"{place.path} has changed since it was read")


def _to_restore(run: Run, find: Find) -> list[tuple[Place, bytes]]:
    """Return the files that a run has changed, and what they were before.

    Raises RefusedError if somebody else changed one of them, or its backup, after that. What the run did not
    come to, which shows by what would have taken its place, is nothing to it.
    """
    if run.stage == "preparing":
        return []
    changed = []
    for index, file in enumerate(run.files):
        place = find(file.source)
        digest = digest_of(place)
        if digest == file.after:
            data = read(run.backup(index))
            if data is None or sha256(data).hexdigest() != file.before:
                raise RefusedError(f"{run.backup(index).path} is not what {place.path} was before the fix")
            changed.append((place, data))
        elif digest != file.before and facts_of(_temporary(place, run)) is None:
            raise RefusedError(
                f"{place.path} has changed since the fix; what it was before is kept in {run.folder.path}"
            )
    return changed
