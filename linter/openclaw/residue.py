"""What lies beside the live files: legacy inputs, backups, archives, sidecars, and their directories."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from linter.files import names_in, open_regular
from linter.openclaw.agents import Agent
from linter.openclaw.plain import members
from linter.openclaw.reading import Reading, StateFile
from linter.openclaw.references import References
from linter.openclaw.spares import add_spare_file, add_spares, lacks_logins, read_misplaced
from linter.openclaw.store_rows import located

_HOLDS_TOKENS = rb'"(?:access|refresh|idToken|token|key|apiKey|access_token|refresh_token)"\s*:\s*"[^"]'
_ENOUGH = 1 << 22  # bytes; a store of 4 MiB holds a thousand logins
_AGENT_FILES = ("auth-profiles.json", "auth-state.json", "auth.json", "openclaw-agent.sqlite")
_CREDENTIALS = (*_AGENT_FILES, "openclaw.sqlite", "oauth.json")
_COMPANIONS = ("-wal", "-shm", "-journal", ".lock")
_IMPORTED = "session-sqlite-import-archive"


def read_residue(reading: Reading, agents: list[Agent], references: References, first: str) -> None:
    """Enter leftovers and directories into the snapshot; `first` is whose the oldest are."""
    state_dir, oauth_dir = reading.location.state_dir, reading.location.oauth_dir
    for folder in (state_dir, state_dir / "state", oauth_dir):
        reading.look(folder, "directory", secret=True)
    _read_archives(reading, state_dir, ("openclaw.json",), None)
    _read_archives(reading, state_dir / "state", ("openclaw.sqlite",), None)
    _read_archives(reading, oauth_dir, ("oauth.json",), None)
    oauth = reading.open_json(oauth_dir / "oauth.json", "legacy-oauth")
    if oauth:
        _count(reading, oauth, oauth_dir / "oauth.json", reading.snapshot.meta["auth_owner"])
    for path in _entries(oauth_dir / "auth-profiles", lambda name: name.endswith(".json")):
        references.sidecar(path)
    for path in reading.location.key_files:
        reading.look(path, "sidecar-key", secret=True)
    for agent in agents:
        _read_agent(reading, agent)
    read_misplaced(reading, agents, first)


def _read_agent(reading: Reading, agent: Agent) -> None:
    reading.look(agent.dir, "directory", agent.id, secret=True)
    legacy = reading.open_json(agent.dir / "auth.json", "legacy-auth", agent.id)
    if legacy:
        _count(reading, legacy, agent.dir / "auth.json", agent.id)
    _read_archives(reading, agent.dir, _AGENT_FILES, agent.id)
    folder = reading.location.state_dir / "agents" / agent.id
    _read_archives(reading, folder / "sessions", ("sessions.json",), agent.id)
    for path in _entries(folder / _IMPORTED, lambda name: ".sessions.json." in name):
        _archive(reading, path, agent.id)


def _read_archives(reading: Reading, folder: Path, live: tuple[str, ...], agent: str | None) -> None:
    """Enter the files of a folder that were once one of its live files, whatever was put behind the name."""

    def is_archive(name: str) -> bool:
        base = next((base for base in live if name.startswith(base)), None)
        return base is not None and name != base and not name.endswith(_COMPANIONS)

    for path in _entries(folder, is_archive):
        _archive(reading, path, agent)


def _archive(reading: Reading, path: Path, agent: str | None) -> None:
    reading.look(path, "archive", agent, secret=_holds_tokens(path))
    if path.name.startswith(_CREDENTIALS) and lacks_logins(reading, agent):
        add_spare_file(reading, path, "archive", agent)


def _holds_tokens(path: Path) -> bool:
    """Look for the fields of a credential in the first part of a file: where it has any, there are some."""
    try:
        with os.fdopen(open_regular(path), "rb") as stream:
            return re.search(_HOLDS_TOKENS, stream.read(_ENOUGH)) is not None
    except OSError:
        return False


def _entries(folder: Path, wanted: Callable[[str], bool]) -> Iterator[Path]:
    yield from (folder / name for name in names_in(folder) if wanted(name) and (folder / name).is_file())


def _count(reading: Reading, file: StateFile, path: Path, agent: str) -> None:
    """Enter how many logins a file of the oldest layout holds, and which."""
    logins = members(file.value)
    file.row["profile_count"] = (
        sum(isinstance(entry, dict) for entry in logins.values()) if file.value is not None else None
    )
    add_spares(reading, logins, located(file.source), "old-layout", agent, path)
