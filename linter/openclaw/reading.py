"""A reading in progress: the snapshot being filled, and how a file becomes one of its rows."""

import os
import stat
from pathlib import Path
from typing import Any, NamedTuple

from linter.openclaw.location import StateLocation
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import Row, new_row
from linter.sources.reading import FileRead, Loaded, load_node_json
from linter.sources.text_document import TextDocument

_PARSES = {"ok": "none", "unstable": "unstable", "unreadable": "error", "absent": "none"}
_OBSTACLES = {"unreadable": "cannot be read", "absent": "the link leads nowhere"}
KNOWN_JSON_VERSION = 1
NO_OBJECT = "it holds no JSON object"
ROUTING = ("order", "lastGood", "usageStats")


class StateFile(NamedTuple):
    """A file that is there, and its row of `files`. `value` is None when it has none that can be parsed."""

    source: str
    value: Any
    row: Row


class Reading(NamedTuple):
    """The snapshot being filled, and where it is read from. `owner` is the user id of the state directory."""

    snapshot: Snapshot
    location: StateLocation
    owner: int | None

    @property
    def now(self) -> int:
        """The time for which the state is judged, ms since the epoch."""
        now: int = self.snapshot.meta["now"]
        return now

    def shown(self, path: Path) -> str:
        """Return a path as people see it."""
        return self.location.roots.shown(path)

    def open_json(
        self, path: Path, role: str, agent: str | None = None, *, secret: bool = True
    ) -> StateFile | None:
        """Read a versioned JSON object and enter it into the snapshot; None if there is no such file."""
        shown = self.shown(path)
        return self.enter(load_node_json(path, shown, shown), path, role, agent, secret=secret)

    def enter(
        self,
        loaded: Loaded,
        path: Path,
        role: str,
        agent: str | None = None,
        *,
        secret: bool = True,
        any_value: bool = False,
    ) -> StateFile | None:
        """Enter a file that was read into the snapshot; None if there is no such file.

        Unless `any_value`, a file that holds no JSON object is not of its format.
        """
        if loaded.file.state == "absent" and not loaded.file.symlink:
            return None
        row = self.add_file(path, loaded.file, role, agent, secret=secret)
        if loaded.document is not None:
            self.snapshot.documents.add(loaded.document)
            row["parse"] = "ok"
        if loaded.error is not None:
            row["parse"] = "empty" if loaded.empty else "error"
            row["parse_error"] = loaded.error.message
        elif loaded.document is not None and not any_value and not isinstance(loaded.value, dict):
            row.update(parse="error", parse_error=NO_OBJECT)
        return StateFile(row["path"], loaded.value, row)

    def look(self, path: Path, role: str, agent: str | None = None, *, secret: bool) -> Row | None:
        """Enter a file or directory by what the file system says of it; None if there is none."""
        facts = facts_of(path)
        if facts.state == "absent" and not facts.symlink:
            return None
        return self.add_file(path, facts, role, agent, secret=secret)

    def add_file(self, path: Path, facts: FileRead, role: str, agent: str | None, *, secret: bool) -> Row:
        """Append a row to `files`, and register the file as one whose content is not shown."""
        shown = self.shown(path)
        self.snapshot.documents.add(TextDocument(shown, path, shown, "", "", "file"))
        row = new_row(
            "files",
            at={"source": shown, "pointer": ""},
            path=shown,
            role=role,
            agent=agent,
            exists=facts.state != "absent",
            parse="error" if facts.symlink and facts.state == "absent" else _PARSES[facts.state],
            parse_error=facts.obstacle or _OBSTACLES.get(facts.state),
            mode=facts.mode,
            mode_text=None if facts.mode is None else f"{facts.mode:04o}",
            owner_ok=facts.uid is None or self.owner is None or facts.uid == self.owner,
            secret=secret,
            symlink=facts.symlink,
            realpath=facts.realpath,
            mtime=facts.mtime_ms,
        )
        self.snapshot.tables["files"].append(row)
        return row


def facts_of(path: Path) -> FileRead:
    """Return what the file system says of a path, without reading it."""
    symlink = os.path.islink(path)  # noqa: PTH114 - raises for no path, however long
    realpath = os.path.realpath(path)
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return FileRead("absent", b"", None, None, None, None, symlink, realpath)
    except OSError:
        return FileRead("unreadable", b"", None, None, None, None, symlink, realpath)
    mode = stat.S_IMODE(found.st_mode) if os.name == "posix" else None
    mtime = found.st_mtime_ns // 1_000_000
    return FileRead("ok", b"", mode, found.st_uid, mtime, found.st_size, symlink, realpath)


def judge_version(file: StateFile) -> dict[str, Any]:
    """Return the value of a store as an object, and enter what is wrong with its layout."""
    if not isinstance(file.value, dict):
        return {}
    version = file.value.get("version", KNOWN_JSON_VERSION)
    if not isinstance(version, bool) and isinstance(version, int):
        file.row["schema_version"] = version
    file.row.update(layout_faults(file.value))
    return file.value


def layout_faults(store: dict[str, Any]) -> Row:
    """Return the columns that say what is wrong with the layout of a store; none where nothing is.

    Without an object of profiles OpenClaw takes it for no store at all. Other members it drops.
    """
    if not isinstance(store.get("profiles") or {}, dict):
        return {"parse": "error", "parse_error": "`profiles` is not an object"}
    version = store.get("version", KNOWN_JSON_VERSION)
    details = []
    if isinstance(version, bool) or not isinstance(version, int):
        details.append("`version` is not a whole number")
    elif version != KNOWN_JSON_VERSION:
        details.append(f"version {version}; this reader knows {KNOWN_JSON_VERSION}")
    details.extend(
        f"`{name}` is not an object" for name in ROUTING if not isinstance(store.get(name) or {}, dict)
    )
    return {"schema_known": False, "schema_detail": "; ".join(details)} if details else {}
