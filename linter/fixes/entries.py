"""Session entries changed in a database, and changed back: what `transaction` does with files.

SQLite itself makes a transaction as a whole or not at all. OpenClaw may write other rows afterwards, so only
the changed ones are changed back; the copy of the whole database that the run keeps is for people.
"""

import json
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from linter.fixes.disk import facts_of, sync_folder_of, write_new
from linter.fixes.journal import Run, forget, new_folder, write_down
from linter.fixes.place import Place, RefusedError, refusing
from linter.openclaw.session_entries import (
    COLUMN,
    PIN_FIELDS,
    TABLE,
    Entry,
    EntryError,
    back_up,
    read_entries,
    rewrite,
)

Find = Callable[[str], Place]
"""Tells in which file a source lies. Raises Conflict for one that fixes would not write."""


def change_entries(
    database: str, entries: Sequence[Entry], journal: Place, find: Find, titles: Sequence[str], at: int
) -> Run:
    """Change entries of one database together and return the run that can be undone.

    Raises RefusedError when they cannot be; then all of them are as they were.
    """
    with refusing(), _refusing_entries():
        run = Run(new_folder(journal), tuple(titles), at, (), "preparing", database, tuple(entries))
        try:
            place = _place(run, find)
            write_down(run)
            write_new(run.database_backup, b"")  # private before there is anything in it
            back_up(place.path, run.database_backup.path)
            sync_folder_of(run.database_backup)
            run = run._replace(stage="changing")
            write_down(run)
            rewrite(place.path, entries)
            run = run._replace(stage="done")
            write_down(run)
        except (EntryError, RefusedError):  # the database has kept nothing of it
            forget(run.folder)
            raise
        except BaseException:
            restore_entries(run, find)
            forget(run.folder)
            raise
        return run


def restore_entries(run: Run, find: Find) -> None:
    """Put back the entries that a run has changed.

    Raises RefusedError, and changes none, if somebody else changed one of them after that.
    """
    if run.database is None or run.stage == "preparing":
        return
    with _refusing_entries():
        place = _place(run, find)
        found = read_entries(place.path, [entry.key for entry in run.entries])
        changed = []
        for key, before, after in run.entries:
            if found.get(key) == after:
                changed.append(Entry(key, after, before))
            elif found.get(key) != before:
                raise RefusedError(
                    f"{key} in {place.path} has changed since the fix;"
                    f" what it was before is kept in {run.folder.path}"
                )
        if changed:
            rewrite(place.path, changed)


def _place(run: Run, find: Find) -> Place:
    """Return where the database of a run lies. Raises RefusedError for what fixes would not write."""
    if not all(_but_for_pin(entry.before) == _but_for_pin(entry.after) for entry in run.entries):
        raise RefusedError(f"what would change in {run.database} is more than a pin")
    places = {find(f"{run.database}#{TABLE}/{entry.key}/{COLUMN}") for entry in run.entries}
    if len(places) != 1:
        raise RefusedError(f"{run.database} is not one database with these sessions")
    (place,) = places
    for suffix in ("", "-wal", "-shm", "-journal"):  # SQLite writes them where they are
        found = facts_of(place.beside(place.name + suffix))
        if found is not None and (not stat.S_ISREG(found.st_mode) or found.st_nlink > 1):
            raise RefusedError(f"{place.path}{suffix} is a link, or has several names")
    return place


def _but_for_pin(entry: str) -> object:
    try:
        value = json.loads(entry)
    except (ValueError, RecursionError):
        return entry
    return (
        {name: value[name] for name in value if name not in PIN_FIELDS} if isinstance(value, dict) else value
    )


@contextmanager
def _refusing_entries() -> Iterator[None]:
    try:
        yield
    except EntryError as error:
        raise RefusedError(str(error)) from None
