"""From a state directory to the raw tables of a snapshot."""

import os

from linter.openclaw.agent_database import AgentDatabase, read_agent_database
from linter.openclaw.agents import MAIN, Agent, find_agents, session_store
from linter.openclaw.config import Config, read_config
from linter.openclaw.config_rows import add_declarations, agent_row
from linter.openclaw.database_rows import add_agent_rows, add_shared_rows
from linter.openclaw.era import canonical_provider, decide_era, has_newer_store, version_of
from linter.openclaw.inactive import (
    compare_unowned_store,
    live_profiles,
    read_older_stores,
    read_second_directories,
)
from linter.openclaw.json_era import main_key, read_json_sessions, read_json_store
from linter.openclaw.location import NothingToLint, StateLocation
from linter.openclaw.reading import Reading
from linter.openclaw.references import References
from linter.openclaw.residue import read_residue
from linter.openclaw.state_database import read_state_database
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import SCHEMA_VERSION, Row, empty_tables
from linter.sources.documents import Documents
from linter.sources.paths import Roots

_PROVIDERS = ["codex", "codex-cli", "openai", "openai-codex"]


def read_state(location: StateLocation, now_ms: int) -> Snapshot:
    """Read a state as it is at `now_ms`; what OpenClaw would make of it is not derived here.

    Never raises on what files hold: one that cannot be used is a row of `files` that says why.
    Raises NothingToLint when no agent is the wanted one.
    """
    snapshot = Snapshot(_meta(location, now_ms), empty_tables(), Documents())
    reading = Reading(snapshot, location, _owner(location))
    config = read_config(reading)
    shared = read_state_database(reading)
    found = find_agents(location, config, shared.registered if shared else ())
    wanted = _wanted(location, found)
    agents = [agent for agent in found if agent.id == MAIN or agent in wanted]  # all inherit from main
    databases = {agent.id: read_agent_database(reading, agent, main_key(config)) for agent in agents}
    era = decide_era(
        shared.sign if shared else None, [database.sign for database in databases.values() if database]
    )
    references = References(reading, config, era)
    add_declarations(reading, config)
    if shared:
        add_shared_rows(reading, shared, references)
    older = []
    for agent in agents:
        database = databases[agent.id]
        if database:
            add_agent_rows(reading, database, references)
        if era == "J" or (era == "unknown" and not (database and database.sign.has_auth_tables)):
            read_json_store(reading, agent, references)
        else:
            older.append(agent)
    live = live_profiles(reading)
    read_older_stores(reading, older, live)
    read_second_directories(reading, agents, live)
    compare_unowned_store(shared, live)
    _read_sessions(reading, config, wanted, databases, era)
    read_residue(reading, agents, references)
    _add_agents(reading, config, wanted)
    if era == "J" and has_newer_store(snapshot.tables):
        era = "unknown"
    readable = [database for database in (shared, *databases.values()) if database]
    version = version_of(config, [database.app_version for database in readable])
    snapshot.meta.update(
        era=era,
        version=version,
        canonical=canonical_provider(era, version, snapshot.tables),
        shared_store=shared.location if shared and era == "S" else None,
    )
    return snapshot


def _read_sessions(
    reading: Reading,
    config: Config,
    agents: list[Agent],
    databases: dict[str, AgentDatabase | None],
    era: str,
) -> None:
    """Append the sessions of agents from where the era keeps them."""
    in_files = []
    for agent in agents:
        database = databases[agent.id]
        if database and database.sessions is not None:
            reading.snapshot.tables["sessions"].extend(database.sessions)
        elif era != "S":
            in_files.append(agent)
    read_json_sessions(reading, config, in_files)
    for agent in agents:
        if agent not in in_files:
            path, _ = session_store(reading.location, config, agent.id)
            reading.look(path, "sessions", agent.id, secret=False)


def _meta(location: StateLocation, now_ms: int) -> Row:
    return {
        "schema": SCHEMA_VERSION,
        "now": now_ms,
        "era": "unknown",
        "version": None,
        "canonical": None,
        "shared_store": None,
        "state_dir": Roots(None, location.home).shown(location.state_dir),
        "codex_home": location.roots.shown(location.codex_home),
        "host": None,
        "providers": list(_PROVIDERS),
    }


def _owner(location: StateLocation) -> int | None:
    return location.state_dir.stat().st_uid if os.name == "posix" else None


def _wanted(location: StateLocation, agents: list[Agent]) -> list[Agent]:
    wanted = [agent for agent in agents if not location.agents or agent.id in location.agents]
    if not wanted:
        names = ", ".join(agent.id for agent in agents)
        raise NothingToLint(f"no agent {', '.join(sorted(location.agents))}; there are {names}")
    return wanted


def _add_agents(reading: Reading, config: Config, agents: list[Agent]) -> None:
    tables = reading.snapshot.tables
    for agent in agents:
        row = agent_row(reading, config, agent)
        own = sum(profile["agent"] == agent.id for profile in tables["profiles"])
        row.update(has_store=own > 0, own_profiles=own)
        tables["agents"].append(row)
