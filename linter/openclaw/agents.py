"""Which agents there are, and where each keeps its state."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from linter.files import names_in
from linter.openclaw.config import Config
from linter.openclaw.location import StateLocation, expand
from linter.openclaw.plain import members

MAIN = "main"

_ID_LENGTH = 64

ConfigPath = tuple[str | int, ...]


class Agent(NamedTuple):
    """An agent; `entry` is the path of its entry in openclaw.json, None where it has none."""

    id: str
    dir: Path
    entry: ConfigPath | None

    @property
    def database(self) -> Path:
        """Path of its database."""
        return self.dir / "openclaw-agent.sqlite"


def normalise(name: str) -> str:
    """Return an agent id as OpenClaw makes it of what is written: lower case, other characters as `-`."""
    name = name.strip().lower()
    if re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,63}", name):
        return name
    return re.sub(r"[^a-z0-9_-]+", "-", name).strip("-")[:_ID_LENGTH] or MAIN


def find_agents(
    location: StateLocation, config: Config, registered: Iterable[tuple[str, Path]] = ()
) -> list[Agent]:
    """Return the agents that are configured, have a folder, or are registered with a database: main first.

    A registered path outside the state is not followed: a copied state still names the original's databases.
    """
    entries: dict[str, ConfigPath] = {}
    for id_, path in _entries(config):
        entries.setdefault(id_, path)  # of two entries with one id OpenClaw takes the first
    folders = _folders(location)
    databases = {
        normalise(agent): path.parent
        for agent, path in registered
        if normalise(agent) not in folders and path.is_relative_to(location.state_dir)
    }
    names = dict.fromkeys([*entries, *folders, *databases])
    if not names or location.main_agent_dir is not None:
        names[MAIN] = None
    agents = []
    for id_ in sorted(names, key=lambda name: name != MAIN):
        entry = entries.get(id_)
        default = databases.get(id_, usual_dir(location, id_))
        agents.append(Agent(id_, _agent_dir(location, config, id_, entry, default), entry))
    return agents


def usual_dir(location: StateLocation, agent: str) -> Path:
    """Return where an agent's directory is unless something says otherwise."""
    return location.state_dir / "agents" / agent / "agent"


def default_agent(config: Config) -> str:
    """Return the agent that sessions without an agent belong to: the one marked `default`, else the first."""
    entries = list(_entries(config))
    marked = (id_ for id_, path in entries if members(config.get(*path)).get("default") is True)
    return next(marked, entries[0][0] if entries else MAIN)


def legacy_owner(config: Config) -> str:
    """Return the agent whose store the others inherit where none is shared (2026.8.2 and 9.6).

    It is the one that the configuration names, else the only one or the one marked `default`, else main.
    """
    named = config.text("agents", "defaults", "authInheritance", "agentId")
    if named:
        return normalise(named)
    entries = dict(_entries(config))
    explicit = config.get("agents", "ownership") == "explicit"
    marked = [id_ for id_, path in entries.items() if members(config.get(*path)).get("default") is True]
    if len(marked) == 1 and not explicit:
        return marked[0]
    return next(iter(entries)) if len(entries) == 1 else MAIN


def session_store(location: StateLocation, config: Config, agent: str) -> tuple[Path, bool]:
    """Return the path of an agent's sessions.json, and whether all agents share it."""
    configured = config.text("session", "store")
    if configured is None:
        return location.state_dir / "agents" / agent / "sessions" / "sessions.json", False
    path = expand(configured.replace("{agentId}", agent), location.home, location.state_dir)
    return path, "{agentId}" not in configured


def workspace(location: StateLocation, config: Config, agent: Agent, default: str) -> Path:
    """Return an agent's workspace; `default` is the default agent."""
    own = config.text(*agent.entry, "workspace") if agent.entry else None
    common = config.text("agents", "defaults", "workspace")
    is_default = agent.id == default
    if own or (common and is_default):
        return expand(own or common or "", location.home, location.state_dir)
    if common:
        return expand(common, location.home, location.state_dir) / agent.id
    return location.state_dir / ("workspace" if is_default else f"workspace-{agent.id}")


def _entries(config: Config) -> Iterator[tuple[str, ConfigPath]]:
    for id_, _ in config.members("agents", "entries"):
        yield normalise(id_), ("agents", "entries", id_)
    listed: Any = config.get("agents", "list")
    for index, entry in enumerate(listed if isinstance(listed, list) else ()):
        name = members(entry).get("id")
        if isinstance(name, str) and name.strip():
            yield normalise(name), ("agents", "list", index)


def _folders(location: StateLocation) -> list[str]:
    base = location.state_dir / "agents"
    return [name for name in names_in(base) if name == normalise(name) and (base / name).is_dir()]


def _agent_dir(
    location: StateLocation, config: Config, id_: str, entry: ConfigPath | None, default: Path
) -> Path:
    if id_ == MAIN and location.main_agent_dir is not None:
        return location.main_agent_dir
    agent_dir = config.text(*entry, "agentDir") if entry else None
    return expand(agent_dir, location.home, location.state_dir) if agent_dir else default
