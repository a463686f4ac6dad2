"""From a state directory to the raw tables of a snapshot."""

from __future__ import annotations

import os
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

from linter.openclaw.agents import (
    MAIN,
    Agent,
    default_agent,
    find_agents,
    legacy_owner,
    normalise,
    session_store,
    usual_dir,
)
from linter.openclaw.answers import add_answers, heard_in_files
from linter.openclaw.config import Config, read_config
from linter.openclaw.config_members import add_config_members
from linter.openclaw.config_rows import add_declarations, add_model_providers, agent_row, disabled_cap
from linter.openclaw.cron_jobs import add_cron_jobs
from linter.openclaw.era import canonical_provider, decide_era, has_newer_store, version_of
from linter.openclaw.json_era import main_key, read_json_sessions, read_json_store
from linter.openclaw.location import NothingToLint, StateLocation
from linter.openclaw.model_config import model_uses
from linter.openclaw.other_states import enter_usual_state
from linter.openclaw.reading import Reading, facts_of
from linter.openclaw.references import References
from linter.openclaw.residue import read_residue
from linter.openclaw.selection.semantics import parse_version, semantics_of
from linter.openclaw.spares import read_codex_homes
from linter.openclaw.thread_bindings import add_bindings
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import SCHEMA_VERSION, Row, empty_tables
from linter.sources.documents import Documents
from linter.sources.paths import Roots

if TYPE_CHECKING:
    from linter.openclaw.agent_database import AgentDatabase
    from linter.openclaw.state_database import StateDatabase
    from linter.sources.reading import FileRead

_PROVIDERS = ["codex", "codex-cli", "openai", "openai-codex"]


def read_state(location: StateLocation, now_ms: int) -> Snapshot:
    """Read a state as it is at `now_ms`; what OpenClaw would make of it is not derived here.

    Never raises on what files hold: one that cannot be used is a row of `files` that says why.
    Raises NothingToLint when no agent is the wanted one.
    """
    snapshot = Snapshot(_meta(location, now_ms), empty_tables(), Documents())
    reading = Reading(snapshot, location, _owner(location))
    config = read_config(reading)
    shared = _state_database(reading)
    found = find_agents(location, config, shared.registered if shared else ())
    wanted = _wanted(location, found)
    owner = legacy_owner(config) if shared else MAIN
    agents = [agent for agent in found if agent.id in {MAIN, owner, *wanted}]  # the others inherit from it
    databases = _agent_databases(reading, config, agents)
    signs = [database.sign for database in databases.values()]
    written_by = parse_version(config.text("meta", "lastTouchedVersion"))
    era = decide_era(shared.sign if shared else None, signs, written_by)
    heir = snapshot.meta["auth_owner"] = owner if era == "S" else MAIN
    references = References(reading, config, era)
    known = semantics_of(era, config.text("meta", "lastTouchedVersion"), None)
    add_config_members(reading, config, known if written_by or era != "J" else None)
    add_declarations(reading, config)
    _add_stores(reading, agents, shared, databases, era, references)
    add_model_providers(reading, config)
    in_view = [agent for agent in agents if agent.id in wanted]
    _add_sessions(reading, config, in_view, databases, era)
    folders = {agent.id: session_store(location, config, agent.id)[0].parent for agent in in_view}
    jobs = shared.cron_jobs if shared else ()
    add_cron_jobs(reading, config, wanted, jobs, in_files=era == "J" and not jobs)
    in_files = {} if era == "S" else folders
    add_bindings(reading, shared.bindings if shared else {}, in_files)
    heard = [*heard_in_files(reading, in_files), *(one for each in databases.values() for one in each.heard)]
    add_answers(reading, [one for one in heard if one.session["agent"] in wanted])
    read_residue(reading, agents, references, heir if era == "S" else default_agent(config))
    if era == "S":  # before, Codex is started so that it reads its login
        read_codex_homes(reading, agents)
    enter_usual_state(reading)
    _add_agents(reading, config, in_view)
    if era == "J" and has_newer_store(snapshot.tables):
        era = "unknown"
    version = version_of(
        config, [database.app_version for database in (shared, *databases.values()) if database]
    )
    snapshot.meta.update(
        era=era,
        version=version,
        canonical=canonical_provider(era, version, snapshot.tables),
        shared_store=shared.location if shared and era == "S" else None,
        disabled_cap=None if era == "S" else disabled_cap(config),
        agents=sorted(wanted) if location.agents else None,
    )
    return snapshot


def no_state(location: StateLocation, now_ms: int) -> Snapshot:
    """Return the snapshot of a home without OpenClaw, for routers and the Codex CLI to be read into."""
    return Snapshot(_meta(location, now_ms) | {"openclaw": False}, empty_tables(), Documents())


def _state_database(reading: Reading) -> StateDatabase | None:
    if not _is_there(facts_of(reading.location.state_database)):
        return None
    from linter.openclaw.state_database import read_state_database  # noqa: PLC0415 - era J has no databases

    return read_state_database(reading)


def _is_there(facts: FileRead) -> bool:
    """Tell whether there is a file; a link that leads nowhere is one that cannot be read."""
    return facts.state != "absent" or facts.symlink


def _agent_databases(reading: Reading, config: Config, agents: list[Agent]) -> dict[str, AgentDatabase]:
    facts = {agent.id: facts_of(agent.database) for agent in agents}
    mains = facts[MAIN].realpath if MAIN in facts else None  # linked to by another agent, it is read once
    present = [
        agent
        for agent in agents
        if _is_there(facts[agent.id]) and (agent.id == MAIN or facts[agent.id].realpath != mains)
    ]
    if not present:
        return {}
    from linter.openclaw.agent_database import read_agent_database  # noqa: PLC0415 - era J has no databases

    key = main_key(config)
    found = ((agent.id, read_agent_database(reading, agent, key)) for agent in present)
    return {id_: database for id_, database in found if database}


def _add_stores(
    reading: Reading,
    agents: list[Agent],
    shared: StateDatabase | None,
    databases: dict[str, AgentDatabase],
    era: str,
    references: References,
) -> None:
    """Append credentials and routing from where the era keeps them; stores elsewhere are only compared."""
    older = []
    for agent in agents:
        database = databases.get(agent.id)
        if era == "J" or (era == "unknown" and not (database and database.sign.has_auth_tables)):
            read_json_store(reading, agent, references)
        else:
            older.append(agent)
    if shared or databases:
        from linter.openclaw.database_rows import add_agent_rows, add_shared_rows  # noqa: PLC0415 - see above

        if shared:
            add_shared_rows(reading, shared, references)
        for database in databases.values():
            add_agent_rows(reading, database, references)
    moved = [agent for agent in agents if agent.dir != usual_dir(reading.location, agent.id)]
    if older or moved or shared:
        from linter.openclaw.inactive import compare_stores  # noqa: PLC0415 - see above

        compare_stores(reading, older, moved, shared)


def _add_sessions(
    reading: Reading, config: Config, agents: list[Agent], databases: dict[str, AgentDatabase], era: str
) -> None:
    """Append sessions from where the era keeps them; of a sessions.json elsewhere only that it is there."""
    in_files: list[Agent] = []
    elsewhere: list[Agent] = []
    for agent in agents:
        database = databases.get(agent.id)
        if database and database.sessions is not None:
            reading.snapshot.tables["sessions"].extend(database.sessions)
            elsewhere.append(agent)
        else:
            (elsewhere if era == "S" else in_files).append(agent)
    read_json_sessions(reading, config, in_files)
    for agent in elsewhere:
        path, _ = session_store(reading.location, config, agent.id)
        reading.look(path, "sessions", agent.id, secret=False)


def _meta(location: StateLocation, now_ms: int) -> Row:
    return {
        "schema": SCHEMA_VERSION,
        "now": now_ms,
        "era": "unknown",
        "version": None,
        "canonical": None,
        "semantics": None,
        "shared_store": None,
        "auth_owner": MAIN,
        "swept": None,
        "openclaw": True,
        "disabled_cap": None,
        "state_dir": Roots(None, location.home).shown(location.state_dir),
        "codex_home": location.roots.shown(location.codex_home),
        "host": _host(),
        "providers": list(_PROVIDERS),
        "left_out": [],
        "pseudonyms": None,
        "since": None,
        "agents": None,
    }


def _host() -> str:
    """Return a name for this machine that stays the same and does not tell its real one."""
    name = os.uname().nodename if os.name == "posix" else os.environ.get("COMPUTERNAME", "")
    return sha256(f"authlint {name}".encode()).hexdigest()[:12]


def _owner(location: StateLocation) -> int | None:
    return location.state_dir.stat().st_uid if os.name == "posix" else None


def _wanted(location: StateLocation, agents: list[Agent]) -> frozenset[str]:
    """Return the ids of the agents to look at."""
    ids = frozenset(agent.id for agent in agents)
    wanted = ids & frozenset(map(normalise, location.agents)) if location.agents else ids
    if not wanted:
        asked = ", ".join(sorted(location.agents))
        raise NothingToLint(f"no agent {asked}; there are {', '.join(sorted(ids))}")
    return wanted


def _add_agents(reading: Reading, config: Config, agents: list[Agent]) -> None:
    own = Counter(row["agent"] for row in reading.snapshot.tables["profiles"])
    first: dict[str, Row] = {}
    for file in reading.snapshot.tables["files"]:
        first.setdefault(file["agent"], file["at"])
    default, elsewhere = default_agent(config), config.at()
    for agent in agents:
        reading.snapshot.tables["model_uses"].extend(model_uses(config, agent))
        row = agent_row(reading, config, agent, default, first.get(agent.id, elsewhere))
        row.update(has_store=own[agent.id] > 0, own_profiles=own[agent.id])
        reading.snapshot.tables["agents"].append(row)
