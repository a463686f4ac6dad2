"""Era J: credentials, orders and sessions in JSON files of each agent."""

from collections.abc import Iterable
from typing import Any

from linter.openclaw.agents import MAIN, Agent, default_agent, session_store
from linter.openclaw.config import Config
from linter.openclaw.legacy_import import import_older_files
from linter.openclaw.plain import folded, members
from linter.openclaw.reading import ROUTING, Reading, StateFile, judge_version
from linter.openclaw.references import References
from linter.openclaw.session_rows import session_rows
from linter.openclaw.store_rows import (
    Owner,
    add_last_good,
    add_orders,
    add_profiles,
    add_usage_stats,
    count_profiles,
    located,
)
from linter.snapshot.tables import Row
from linter.sources.paths import join

_LEFTOVER = "codex_switcher_pending_known_profile_ids"
"""What early versions of the codex-switcher skill put into the store while a login was under way."""


def open_store(reading: Reading, agent: Agent) -> StateFile | None:
    """Read an agent's auth-profiles.json; its value is an object."""
    file = reading.open_json(agent.dir / "auth-profiles.json", "store", agent.id)
    if file is None or not isinstance(file.value, dict):
        return file and file._replace(value={})
    judge_version(file)
    count_profiles(file.row, file.value, file.row["mtime"])
    if _LEFTOVER in file.value:
        place = {"source": file.source, "pointer": join("", _LEFTOVER)}
        file.row.update(at={**file.row["at"], "fields": {"leftover": place}}, leftover=_LEFTOVER)
    return file


def open_routing(reading: Reading, agent: Agent) -> StateFile | None:
    """Read an agent's auth-state.json; its value is an object."""
    file = reading.open_json(agent.dir / "auth-state.json", "auth-state", agent.id)
    return file and file._replace(value=judge_version(file))


def read_json_store(reading: Reading, agent: Agent, references: References) -> None:
    """Read an agent's credentials, and its orders and statistics beside them or in a file of their own.

    A file that is main's own, by a link, has nothing to add: the agent inherits what is in it.
    """
    store = open_store(reading, agent)
    routing = open_routing(reading, agent)
    owner = Owner(agent.id)
    if store and not _is_mains(reading, store):
        at = located(store.source)
        add_profiles(reading.snapshot.tables, store.value, at, owner, store.row["realpath"], references)
        add_routing(reading, store.value, store.source, owner, over=routing.value if routing else None)
    elif agent.id == MAIN:
        import_older_files(reading, agent, references)
    if routing and not _is_mains(reading, routing):
        add_routing(reading, routing.value, routing.source, owner)


def _is_mains(reading: Reading, file: StateFile) -> bool:
    others = (row for row in reading.snapshot.tables["files"] if row["agent"] == MAIN and row is not file.row)
    return any(row["role"] == file.row["role"] and row["realpath"] == file.row["realpath"] for row in others)


def add_routing(
    reading: Reading,
    value: dict[str, Any],
    source: str,
    owner: Owner,
    *,
    over: dict[str, Any] | None = None,
) -> None:
    """Append order, lastGood and usageStats; `over` is a second document, whose keys win."""
    tables = reading.snapshot.tables
    order, last_good, stats = (members(value.get(name)) for name in ROUTING)
    winning = [frozenset(members((over or {}).get(name))) for name in ROUTING]

    def at(name: str) -> Any:
        return lambda *path: {"source": source, "pointer": join("", name, *path)}

    add_orders(tables, order, at("order"), layer=owner.layer, agent=owner.agent, embedded=over is not None)
    add_last_good(tables, last_good, at("lastGood"), owner, but=winning[1])
    add_usage_stats(tables, stats, at("usageStats"), owner, but=winning[2])


def read_json_sessions(reading: Reading, config: Config, agents: Iterable[Agent]) -> None:
    """Read the sessions.json of agents, wherever `session.store` puts it; one that all share is read once."""
    ids = {agent.id for agent in agents}
    seen = set()
    for agent in agents:
        path, common = session_store(reading.location, config, agent.id)
        if path in seen:
            continue
        seen.add(path)
        file = reading.open_json(path, "sessions", None if common else agent.id, secret=False)
        if file is not None:
            rows = _session_rows(file, config, None if common else agent.id, ids)
            reading.snapshot.tables["sessions"].extend(rows)


def _session_rows(file: StateFile, config: Config, owner: str | None, agents: set[str]) -> list[Row]:
    fallback = owner or default_agent(config)

    def agent_of(named: str | None) -> str:
        return named if owner is None and named in agents else fallback

    entries = ((key, entry) for key, entry in members(file.value).items() if isinstance(entry, dict))
    source = file.source
    return session_rows(
        entries,
        lambda key: {"source": source, "pointer": join("", key)},
        agent_of,
        main_key(config),
    )


def main_key(config: Config) -> str:
    """Return the last part of the key of an agent's main session."""
    return folded(config.text("session", "mainKey") or "main")
