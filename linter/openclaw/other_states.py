"""Other state directories that may be taken for the inspected one, and when they were last in use."""

import os
from collections.abc import Iterator
from pathlib import Path

from linter.files import names_in
from linter.openclaw.location import expand
from linter.openclaw.reading import Reading, facts_of
from linter.sources.paths import Roots

_AGENT_FILES = (
    "agent/auth-profiles.json",
    "agent/openclaw-agent.sqlite",
    "agent/openclaw-agent.sqlite-wal",
    "sessions/sessions.json",
)


def enter_usual_state(reading: Reading) -> None:
    """Enter `~/.openclaw` into `files`, where the environment names another one and it is in use, too."""
    if reading.location.own:
        enter_other_state(reading, reading.location.home / ".openclaw")


def enter_other_state(reading: Reading, folder: Path) -> None:
    """Enter a state directory that holds credentials or sessions into `files`, with its last write as mtime.

    The directories of named profiles (`~/.openclaw-<name>`) stand for themselves and are left out.
    """
    inspected, home = reading.location.state_dir, reading.location.home
    if _same(folder, inspected) or any(_is_named(path, home) for path in (folder, inspected)):
        return
    written = [
        facts.mtime_ms for facts in map(facts_of, _live_files(folder)) if facts.size and facts.mtime_ms
    ]
    if written and not any(row["path"] == reading.shown(folder) for row in reading.snapshot.tables["files"]):
        row = reading.look(folder, "other-state", secret=False)
        if row is not None:
            row["mtime"] = max(written)


def declared_state(reading: Reading, text: str) -> str:
    """Return the shown path of a state directory that a tool declares; the inspected one goes by one name."""
    location = reading.location
    folder = expand(text, location.home, location.state_dir)
    path = location.state_dir if _same(folder, location.state_dir) else folder
    return Roots(None, location.home).shown(path)


def _live_files(folder: Path) -> Iterator[Path]:
    yield folder / "state/openclaw.sqlite"
    yield folder / "state/openclaw.sqlite-wal"
    agents = folder / "agents"
    yield from (agents / agent / name for agent in names_in(agents) for name in _AGENT_FILES)


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _is_named(folder: Path, home: Path) -> bool:
    return folder.parent == home and folder.name.startswith(".openclaw-")
