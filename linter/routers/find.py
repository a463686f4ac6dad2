"""Where tools keep logins, by `places.json`. Looking for them loads no reader."""

import json
import os
from collections.abc import Container, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from linter.openclaw.reading import Reading
from linter.routers.interface import Found, RouterError


class Place(NamedTuple):
    """A place that tools keep logins in: the folder `at` below a base, and the files in it, globs both.

    `env` names the variable that moves the folder, and `below` the folders in it that are meant, a glob, too.
    `reader` is the mapping or module that understands the files; without one they are only swept for tokens.
    `copies` are kept for later, and nobody refreshes them. `tables` are those of a database, with the columns
    that are swept.
    `eras` are those in which OpenClaw has the files used, where it is not all.
    """

    tool: str
    base: str
    at: str
    below: str
    files: tuple[str, ...]
    reader: str | None
    env: str | None
    copies: bool
    eras: frozenset[str]
    tables: Mapping[str, Sequence[str]]


@lru_cache
def known_places() -> tuple[Place, ...]:
    """Return the table of places."""
    table = json.loads(Path(__file__).with_name("places.json").read_bytes())
    return tuple(_place(**entry) for entry in table["places"])


def find_routers(reading: Reading) -> list[Found]:
    """Return the tools in their usual places and those whose files were named, each folder once.

    Raises RouterError for a named file that is not there or is of no router.
    """
    found: dict[tuple[str, str], Found] = {}
    for place in known_places():
        if place.reader:
            for folder, agent in _folders(reading, place):
                anchor = next(_matches(folder, place.files), None)
                if anchor is not None:
                    one = Found(
                        place.tool, folder, anchor, place.reader, place.files, agent, _label(place, folder)
                    )
                    found.setdefault((place.tool, os.path.realpath(folder)), one)
    for one in _named(reading):
        found.setdefault((one.tool, os.path.realpath(one.folder)), one)
    return list(found.values())


def holding_files(reading: Reading, bases: Container[str]) -> Iterator[tuple[Place, Path, Path, str | None]]:
    """Yield every file in the known places below some bases, with its folder and the agent that owns it.

    Also those of routers that are read in full.
    """
    for place in known_places():
        if place.base in bases:
            for folder, agent in _folders(reading, place):
                for path in _matches(folder, place.files):
                    yield place, folder, path, agent


def absolute(reading: Reading, shown: str) -> Path:
    """Return the path that a shown path stands for."""
    if shown == "~" or shown.startswith("~/"):
        return reading.location.home / shown[2:]
    return reading.location.state_dir / shown


def matches(folder: Path, pattern: str) -> list[Path]:
    """Return the files that a pattern below a folder means, sorted; a plain one also as a link to nowhere."""
    if "*" in pattern:
        try:
            found = sorted(path for path in folder.glob(pattern) if path.is_file())
            return [path for path in found if not path.name.startswith(".")]
        except (OSError, ValueError):
            return []
    return [folder / pattern] if os.path.lexists(folder / pattern) else []


def _matches(folder: Path, patterns: tuple[str, ...]) -> Iterator[Path]:
    for pattern in patterns:
        yield from matches(folder, pattern)


def _folders(reading: Reading, place: Place) -> Iterator[tuple[Path, str | None]]:
    """Return the folders of a place, with the agent that owns each, if one does."""
    moved = reading.location.folders.get(place.env or "")
    bases = [(moved, None)] if moved else _bases(reading, place.base)
    pattern = place.below if moved else f"{place.at}/{place.below}".strip("/")
    for base, agent in bases:
        if "*" not in pattern:
            yield base / pattern, agent
        elif base.is_dir():
            yield from ((folder, agent) for folder in sorted(base.glob(pattern)) if folder.is_dir())


def _bases(reading: Reading, name: str) -> list[tuple[Path, str | None]]:
    where, agents = reading.location, reading.snapshot.tables["agents"]
    if name == "workspace":
        own = [absolute(reading, row["workspace"]) for row in agents]
        return [(path, None) for path in (*where.workspaces, *own)]
    if name == "agent":
        return [(absolute(reading, row["agent_dir"]), row["id"]) for row in agents]
    folder = {
        "state": where.state_dir,
        "codex": where.codex_home,
        "home": where.home,
        "data": where.folders.get("XDG_DATA_HOME", where.home / ".local/share"),
        "config": where.folders.get("XDG_CONFIG_HOME", where.home / ".config"),
    }[name]
    return [(folder, None)]


def _named(reading: Reading) -> Iterator[Found]:
    readable = [place for place in known_places() if place.reader]
    for path in reading.location.router_files:
        fitting = [place for place in readable if any(fnmatchcase(path.name, name) for name in place.files)]
        in_folder = [
            place
            for place in fitting
            if fnmatchcase(path.parent.name, (place.below or place.at).rpartition("/")[2] or "?*")
        ]
        tools = {place.tool: place for place in (*in_folder, *_by_plain_name(fitting, path.name))}
        if not tools:
            names = sorted({name for place in readable for name in place.files if "*" not in name})
            known = (
                f"known are {', '.join(names)}; `authlint init router FILE` drafts what to declare of another"
            )
            raise RouterError(f"{reading.shown(path)} is no router file: {known}")
        if not path.is_file():
            raise RouterError(f"there is no {reading.shown(path)}")
        place = next(iter(tools.values()))
        yield Found(place.tool, path.parent, path, place.reader or "", place.files)


def _by_plain_name(places: list[Place], name: str) -> list[Place]:
    """Return the places that a file's name alone tells, wherever it lies."""
    plain = [place for place in places if name in place.files]
    return plain if len({place.tool for place in plain}) == 1 else []


def _label(place: Place, folder: Path) -> str | None:
    """Return the part of a folder's name that tells several of one place apart."""
    return folder.name if "*" in place.at + place.below else None


def _place(
    files: list[str],
    holds: str = "",
    eras: Sequence[str] = (),
    source: str = "",  # noqa: ARG001 - for readers
    checked: str = "",  # noqa: ARG001 - for readers
    **rest: Any,
) -> Place:
    unset: dict[str, Any] = {"reader": None, "env": None, "below": "", "tables": {}}
    kept = holds == "copies"
    return Place(files=tuple(files), copies=kept, eras=frozenset(eras), **{**unset, **rest})
