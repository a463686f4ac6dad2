"""What was changed, kept on the disk: for every run of changes the files as they were, and which they are.

`<state>/.authlint/undo/<number>/` holds `run.json` and the backups `0`, `1`, ... or `database`. It is
private: backups of credential stores are credential stores. A run is written down before anything else is
written, again before the first change and again after the last one, so that whoever finds it knows how far it
came.

A record is part of the state, which somebody else may have written. It names sources, as findings do; where
these lie, and whose they are, is never taken from it.
"""

import json
import os
import re
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from linter.fixes.disk import (
    make_folder,
    names_in,
    read,
    remove,
    remove_folder,
    replace,
    write_new,
)
from linter.fixes.place import Place, RefusedError, refusing
from linter.fixes.rights import Rights
from linter.openclaw.session_entries import Entry

Stage = Literal["preparing", "changing", "done"]
"""How far a run came: no file changed, some may have, all have."""

_FOLDER, _RECORD = (".authlint", "undo"), "run.json"
_NUMBER = re.compile("[0-9]{4,9}")
_MODE = re.compile("[0-7]{4}")
_LAST_MOMENT = 253402300799999  # ms since the epoch: the end of the year 9999


class Changed(NamedTuple):
    """A file of a run: the id of its document, and its digests before and after."""

    source: str
    before: str
    after: str


class Run(NamedTuple):
    """Changes that are made together: `titles` of the fixes, `at` in ms since the epoch.

    They are changes of `files` and of `rights`, or of session `entries` in one `database`, each named as its
    document names it.
    """

    folder: Place
    titles: tuple[str, ...]
    at: int
    files: tuple[Changed, ...]
    stage: Stage
    database: str | None = None
    entries: tuple[Entry, ...] = ()
    rights: tuple[Rights, ...] = ()

    @property
    def number(self) -> str:
        """The name of the run: `0001`, `0002`, ..."""
        return self.folder.name

    def backup(self, index: int) -> Place:
        """Return where the file with that index is kept as it was."""
        return self.folder.inside(str(index))

    @property
    def database_backup(self) -> Place:
        """Where the whole database is kept as it was."""
        return self.folder.inside("database")


def journal_folder(state_dir: Path) -> Place:
    """Return the folder of the runs of a state."""
    return Place(Path(os.path.realpath(state_dir)), _FOLDER)


def runs(journal: Place) -> list[Run]:
    """Return all runs, the oldest first. Files of a run that was never written down are left out.

    Raises RefusedError if one cannot be read.
    """
    with refusing():
        return [run for run in map(_read, _folders(journal)) if run]


def new_folder(journal: Place) -> Place:
    """Make the folder of the next run."""
    make_journal(journal)
    known = [int(folder.name) for folder in _folders(journal)]
    folder = journal.inside(f"{max(known, default=0) + 1:04d}")
    make_folder(folder)
    return folder


def make_journal(journal: Place) -> None:
    """Make the folders of a journal. Raises RefusedError if something else lies in their place."""
    for depth in range(1, len(journal.steps) + 1):
        folder = Place(journal.root, journal.steps[:depth])
        try:
            make_folder(folder)
        except FileExistsError:
            names_in(folder)  # refuses a link


def write_down(run: Run) -> None:
    """Record a run in its folder, in place of what is recorded there."""
    value = {
        "titles": run.titles,
        "at": run.at,
        "stage": run.stage,
        "files": [file._asdict() for file in run.files],
        "database": run.database,
        "entries": [entry._asdict() for entry in run.entries],
        "rights": [one._asdict() for one in run.rights],
    }
    draft = run.folder.inside(f"{_RECORD}.new")
    remove(draft)
    write_new(draft, json.dumps(value, indent=2).encode())
    replace(run.folder.inside(_RECORD), draft)


def forget(folder: Place) -> None:
    """Remove a run with its backups; its record goes last."""
    for name in sorted(names_in(folder), key=lambda name: name == _RECORD):
        remove(folder.inside(name))
    remove_folder(folder)


def leftovers(journal: Place) -> list[Place]:
    """Return the folders of runs that ended before they were written down, or when they were forgotten."""
    known = {run.folder for run in runs(journal)}
    return [folder for folder in _folders(journal) if folder not in known]


def _folders(journal: Place) -> list[Place]:
    names = [name for name in names_in(journal) if _NUMBER.fullmatch(name)]
    return [journal.inside(name) for name in sorted(names, key=int)]


def _read(folder: Place) -> Run | None:
    record = folder.inside(_RECORD)
    try:
        data = read(record)
        return None if data is None else _run(folder, json.loads(data))
    except (ValueError, KeyError, TypeError, RecursionError):
        why = "is damaged; put back by hand what is kept beside it, or delete its folder"
        raise RefusedError(f"{record.path} {why}") from None


def _run(folder: Place, value: Any) -> Run:
    files = tuple([Changed(**file) for file in value["files"]])
    entries = tuple([Entry(**entry) for entry in value["entries"]])
    rights = tuple([Rights(**one) for one in value.get("rights", ())])
    run = Run(
        folder, tuple(value["titles"]), value["at"], files, value["stage"], value["database"], entries, rights
    )
    texts = [run.stage, *run.titles, *(text for one in (*files, *entries, *rights) for text in one)]
    if run.database is not None:
        texts.append(run.database)
    if not all(isinstance(text, str) for text in texts) or run.stage not in get_args(Stage):
        raise TypeError
    if not all(_MODE.fullmatch(mode) for one in rights for mode in one[1:]):
        raise ValueError
    if not isinstance(run.at, int) or not 0 <= run.at <= _LAST_MOMENT:
        raise ValueError
    return run
