"""Credential stores that OpenClaw does not read: of an older layout, without their role, or elsewhere."""

import os
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from linter.openclaw.agent_database import open_store_cell
from linter.openclaw.agents import Agent, usual_dir
from linter.openclaw.json_era import open_routing, open_store
from linter.openclaw.plain import members, public
from linter.openclaw.reading import Reading
from linter.openclaw.spares import add_spares
from linter.openclaw.state_database import LEGACY_MAIN, StateDatabase
from linter.openclaw.store_rows import located
from linter.snapshot.secrets import reduce_secret
from linter.snapshot.tables import Row

_SECRETS = ("access", "refresh", "token", "key")

Live = dict[str | None, dict[str, Row]]
"""Profiles in use by agent (None: shared) and id."""


def compare_stores(
    reading: Reading, older: Iterable[Agent], moved: Iterable[Agent], shared: StateDatabase | None
) -> None:
    """Enter stores that are out of use into the snapshot, compared with the profiles that were read so far.

    `older` are agents whose JSON files were replaced by databases. `moved` were given other directories.
    """
    live: Live = defaultdict(dict)
    for row in reading.snapshot.tables["profiles"]:
        live[row["agent"]][row["id"]] = row
    heir = reading.snapshot.meta["auth_owner"]
    live[heir] = live[heir] or live[None]  # what all agents inherit went into the shared store
    for agent in older:
        _compare_json(reading, agent, live, "old-layout")
        open_routing(reading, agent)
    for agent in moved:
        _compare_usual(reading, agent, live)
    if shared is not None and shared.location == LEGACY_MAIN and shared.store is not None:
        shared.owned.row["differs"] = _differing(shared.store.value, live, heir)
        at = located(shared.store.source)
        add_spares(reading, shared.store.value, at, "shared-row", None, shared.owned.path)


def _compare_usual(reading: Reading, agent: Agent, live: Live) -> None:
    """Compare the stores in an agent's usual directory, unless that is a link to the one in use."""
    usual = agent._replace(dir=usual_dir(reading.location, agent.id))
    if not usual.dir.is_dir() or os.path.realpath(usual.dir) == os.path.realpath(agent.dir):
        return
    _compare_json(reading, usual, live, "moved-agent")
    found = open_store_cell(reading, usual)
    if found is not None:
        row, store = found
        row["differs"] = _differing(store.value, live, agent.id)
        add_spares(reading, store.value, located(store.source), "moved-agent", agent.id, usual.database)


def _compare_json(reading: Reading, agent: Agent, live: Live, place: str) -> None:
    file = open_store(reading, agent)
    if file is not None:
        file.row["differs"] = _differing(file.value, live, agent.id)
        path = agent.dir / "auth-profiles.json"
        add_spares(reading, file.value, located(file.source), place, agent.id, path)


def _differing(store: dict[str, Any], live: Live, agent: str) -> list[str]:
    """Return the ids under which the store in use has another token."""
    used = live[agent]
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
