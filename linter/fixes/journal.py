"""What was changed, kept on the disk: for every run of changes the files as they were, and where they belong.

`<state>/.authlint/undo/<number>/` holds `run.json` and the backups `0`, `1`, ... or `database`. It is
private: backups of credential stores are credential stores. A run is written down before anything else is
written, again before the first change and again after the last one, so that whoever finds it knows how far it
came.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, NamedTuple

from linter.files import read_bytes
from linter.fixes.disk import PRIVATE_FOLDER, Owner, remove, replace, sync_folder, write_new
from linter.fixes.refusal import RefusedError, refusing
from linter.openclaw.session_entries import Entry

Stage = Literal["preparing", "changing", "done"]
"""How far a run came: no file changed, some may have, all have."""

_FOLDER, _RECORD = (".authlint", "undo"), "run.json"


class Changed(NamedTuple):
    """A file of a run: where it really lies, its digests before and after, and whose it is."""

    path: Path
    before: str
    after: str
    owner: Owner

    def temporary(self, number: str) -> Path:
        """Return the file in the same folder that takes its place."""
        return self.path.with_name(f".{self.path.name}.authlint-{number}")


class Run(NamedTuple):
    """Changes that are made together: `titles` of the fixes, `at` in ms since the epoch.

    They are changes of `files`, or of session `entries` in one `database`. `elsewhere` is the folder in which
    the run was written down, if it is now another: the state was moved, or this is a copy of it.
    """

    folder: Path
    titles: tuple[str, ...]
    at: int
    files: tuple[Changed, ...]
    stage: Stage
    database: Path | None = None
    entries: tuple[Entry, ...] = ()
    elsewhere: Path | None = None

    @property
    def number(self) -> str:
        """The name of the run: `0001`, `0002`, ..."""
        return self.folder.name

    def backup(self, index: int) -> Path:
        """Return where the file with that index is kept as it was."""
        return self.folder / str(index)

    @property
    def database_backup(self) -> Path:
        """Where the whole database is kept as it was."""
        return self.folder / "database"


def journal_folder(state_dir: Path) -> Path:
    """Return the folder of the runs of a state."""
    return state_dir.joinpath(*_FOLDER)


def runs(journal: Path) -> list[Run]:
    """Return all runs, the oldest first. Files of a run that was never written down are left out.

    Raises RefusedError if one cannot be read.
    """
    with refusing():
        try:
            folders = sorted(entry for entry in journal.iterdir() if entry.name.isdecimal())
        except (FileNotFoundError, NotADirectoryError):
            return []
        return [run for run in map(_read, folders) if run]


def require_in_place(found: Iterable[Run]) -> None:
    """Refuse runs that were made elsewhere: they would change the files there. Raises RefusedError."""
    for run in found:
        if run.elsewhere is not None:
            raise RefusedError(
                f"the change was made in {run.elsewhere}, and the state was moved or copied since;"
                f" what was there before is kept in {run.folder}, to be put back by hand"
            )


def new_folder(journal: Path) -> Path:
    """Make the folder of the next run."""
    for folder in (journal.parent, journal):
        _make_private(folder)
    known = [int(entry.name) for entry in journal.iterdir() if entry.name.isdecimal()]
    folder = journal / f"{max(known, default=0) + 1:04d}"
    _make_private(folder)
    return folder


def write_down(run: Run) -> None:
    """Record a run in its folder, in place of what is recorded there."""
    value = {
        "folder": os.path.realpath(run.folder),
        "titles": run.titles,
        "at": run.at,
        "stage": run.stage,
        "files": [
            {"path": os.fspath(file.path), "before": file.before, "after": file.after, **file.owner._asdict()}
            for file in run.files
        ],
        "database": run.database and os.fspath(run.database),
        "entries": [entry._asdict() for entry in run.entries],
    }
    draft = run.folder / f"{_RECORD}.new"
    remove(draft)
    write_new(draft, json.dumps(value, indent=2).encode())
    replace(run.folder / _RECORD, draft)


def forget(folder: Path) -> None:
    """Remove a run with its backups; its record goes last."""
    for path in sorted(folder.iterdir(), key=lambda path: path.name == _RECORD):
        remove(path)
    os.rmdir(folder)  # noqa: PTH106 - the tests stop the process at every call of `os`
    sync_folder(folder.parent)


def leftovers(journal: Path) -> list[Path]:
    """Return the folders of runs that ended before they were written down, or when they were forgotten."""
    if not journal.is_dir():
        return []
    known = {run.folder for run in runs(journal)}
    return [entry for entry in journal.iterdir() if entry.name.isdecimal() and entry not in known]


def _make_private(folder: Path) -> None:
    try:
        os.mkdir(folder, PRIVATE_FOLDER)  # noqa: PTH102 - see forget
    except FileExistsError:
        if folder.is_symlink() or not folder.is_dir():
            raise
        return
    sync_folder(folder.parent)


def _read(folder: Path) -> Run | None:
    record = folder / _RECORD
    try:
        return _run(folder, json.loads(read_bytes(record)))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        why = "is damaged; put back by hand what is kept beside it, or delete its folder"
        raise RefusedError(f"{record} {why}") from None


def _run(folder: Path, value: Any) -> Run:
    files = [
        Changed(
            Path(file["path"]),
            file["before"],
            file["after"],
            Owner(file["mode"], file["uid"], file["gid"]),
        )
        for file in value["files"]
    ]
    return Run(
        folder,
        tuple(value["titles"]),
        value["at"],
        tuple(files),
        value["stage"],
        value["database"] and Path(value["database"]),
        tuple([Entry(**entry) for entry in value["entries"]]),
        None if value["folder"] == os.path.realpath(folder) else Path(value["folder"]),
    )
