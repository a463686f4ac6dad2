"""Session entries changed in a database, and changed back: what `transaction` does with files.

SQLite itself makes a transaction as a whole or not at all. OpenClaw may write other rows afterwards, so only
the changed ones are changed back; the copy of the whole database that the run keeps is for people.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from linter.fixes.disk import sync_folder, write_new
from linter.fixes.journal import Run, forget, new_folder, write_down
from linter.fixes.refusal import RefusedError, refusing
from linter.openclaw.session_entries import Entry, EntryError, back_up, read_entries, rewrite


def change_entries(
    database: Path, entries: Sequence[Entry], journal: Path, titles: Sequence[str], at: int
) -> Run:
    """Change entries of one database together and return the run that can be undone.

    Raises RefusedError when they cannot be; then all of them are as they were.
    """
    with refusing(), _refusing_entries():
        run = Run(new_folder(journal), tuple(titles), at, (), "preparing", database, tuple(entries))
        try:
            write_down(run)
            write_new(run.database_backup, b"")  # private before there is anything in it
            back_up(database, run.database_backup)
            sync_folder(run.folder)
            run = run._replace(stage="changing")
            write_down(run)
            rewrite(database, entries)
            run = run._replace(stage="done")
            write_down(run)
        except EntryError:  # the database has kept nothing of it
            forget(run.folder)
            raise
        except BaseException:
            restore_entries(run)
            forget(run.folder)
            raise
        return run


def entries_to_restore(run: Run) -> list[Entry]:
    """Return the entries that a run has changed, the other way round.

    Raises RefusedError if somebody else changed one of them after that.
    """
    if run.database is None or run.stage == "preparing":
        return []
    with _refusing_entries():
        found = read_entries(run.database, [entry.key for entry in run.entries])
    changed = []
    for key, before, after in run.entries:
        if found.get(key) == after:
            changed.append(Entry(key, after, before))
        elif found.get(key) != before:
            raise RefusedError(
                f"{key} in {run.database} has changed since the fix;"
                f" what it was before is kept in {run.folder}"
            )
    return changed


def restore_entries(run: Run) -> None:
    """Put back the entries that a run has changed."""
    changed = entries_to_restore(run)
    if run.database is not None and changed:
        with _refusing_entries():
            rewrite(run.database, changed)


@contextmanager
def _refusing_entries() -> Iterator[None]:
    try:
        yield
    except EntryError as error:
        raise RefusedError(str(error)) from None
