"""Credential stores that OpenClaw does not read: of an older layout, without their role, or elsewhere."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from linter.openclaw.agent_database import open_store_cell
from linter.openclaw.agents import MAIN, Agent
from linter.openclaw.json_era import open_routing, open_store
from linter.openclaw.plain import members, public
from linter.openclaw.reading import Reading
from linter.openclaw.state_database import LEGACY_MAIN, StateDatabase
from linter.snapshot.secrets import reduce_secret
from linter.snapshot.tables import Row

_SECRETS = ("access", "refresh", "token", "key")

Live = dict[str | None, dict[str, Row]]
"""Profiles in use by agent (None: shared) and id."""


def live_profiles(reading: Reading) -> Live:
    """Return the profiles that were read so far."""
    live: Live = defaultdict(dict)
    for row in reading.snapshot.tables["profiles"]:
        live[row["agent"]][row["id"]] = row
    return live


def read_older_stores(reading: Reading, agents: Iterable[Agent], live: Live) -> None:
    """Enter the JSON stores of agents that keep their credentials in databases."""
    for agent in agents:
        _compare_json(reading, agent.dir, agent.id, live)
        open_routing(reading, agent.dir, agent.id)


def read_second_directories(reading: Reading, agents: Iterable[Agent], live: Live) -> None:
    """Enter the stores in the usual directory of agents that were given another one."""
    for agent in agents:
        usual = reading.location.state_dir / "agents" / agent.id / "agent"
        if usual.is_dir() and usual.resolve() != agent.dir.resolve():
            _compare_json(reading, usual, agent.id, live)
            found = open_store_cell(reading, usual, agent.id)
            if found is not None:
                row, store = found
                row["differs"] = _differing(store.value, live, agent.id)


def compare_unowned_store(shared: StateDatabase | None, live: Live) -> None:
    """Compare credentials in the shared database with main's, where main's are the shared ones."""
    if shared is not None and shared.location == LEGACY_MAIN and shared.store is not None:
        shared.owned.row["differs"] = _differing(shared.store.value, live, MAIN)


def _compare_json(reading: Reading, folder: Path, agent: str, live: Live) -> None:
    file = open_store(reading, folder, agent)
    if file is not None:
        file.row["differs"] = _differing(file.value, live, agent)


def _differing(store: dict[str, Any], live: Live, agent: str) -> list[str]:
    """Return the ids under which the store in use has another token."""
    used = live[agent] or (live[None] if agent == MAIN else {})  # main's went into the shared store
    return [
        public(id_)
        for id_, raw in members(store.get("profiles")).items()
        if public(id_) in used and _has_other_token(members(raw), used[public(id_)])
    ]


def _has_other_token(raw: dict[str, Any], row: Row) -> bool:
    for name in _SECRETS:
        secret, used = reduce_secret(raw.get(name)), row[name]
        if secret and used and secret["fingerprint"] != used["fingerprint"]:
            return True
    return False
