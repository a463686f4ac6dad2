"""Logins that lie where OpenClaw does not look for any: rows of `spare_logins`."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from linter.files import names_in, open_regular
from linter.openclaw.agents import Agent, normalise
from linter.openclaw.plain import members, public
from linter.openclaw.reading import Reading, facts_of
from linter.openclaw.store_rows import At, located
from linter.snapshot.credential import credential_columns
from linter.snapshot.sides import fault_of
from linter.snapshot.tables import new_row
from linter.sources.json_document import parse_json
from linter.sources.reading import load_node_json

_CELLS = (
    ("auth_profile_store", "store_key", "primary", "store_json"),
    ("config_machine_state", "state_key", "authProfiles.store", "value_json"),
)
"""Where a database of any version keeps credentials: table, key column, key, value column."""
_STORES = ("auth-profiles.json", "auth.json", "openclaw-agent.sqlite")
_CODEX = {
    "access": "access_token",
    "refresh": "refresh_token",
    "idToken": "id_token",
    "accountId": "account_id",
}
"""Members of a login as OpenClaw and as Codex names them."""
_SECRETS = ("access", "refresh", "token", "key", "apiKey")


def read_misplaced(reading: Reading, agents: list[Agent], first: str) -> None:
    """Enter stores that lie a folder too high, or in a folder that is no agent's, with their logins.

    `first` is the agent that took over what is older than agents.
    """
    state_dir = reading.location.state_dir
    ids = {agent.id for agent in agents}
    for folder in (state_dir, state_dir / "agent"):  # before there were agents
        _read_stores(reading, folder, "too-high", first)
    for name in _folders(state_dir / "agents"):
        folder = state_dir / "agents" / name
        if name in ids:
            _read_stores(reading, folder, "too-high", name)
        elif (moved := name.partition(".")[0]) in ids:
            _read_stores(reading, folder / "agent", "archive", moved)
        elif normalise(name) in ids:
            _read_stores(reading, folder / "agent", "misnamed", normalise(name))
    for name in _folders(state_dir):
        if name.startswith("agent.legacy-"):  # what doctor could not merge
            _read_stores(reading, state_dir / name, "archive", first)


def add_spares(
    reading: Reading, store: dict[str, Any], at: At, place: str, agent: str | None, path: Path
) -> None:
    """Append the logins of a store (None: what all agents share) that is not in force; `place` says why.

    One without `profiles` is of the oldest layout, `{provider: login}`.
    """
    flat = "profiles" not in store
    for name, raw in members(store if flat else store["profiles"]).items():
        login = members(raw)
        if any(login.get(secret) for secret in _SECRETS):
            found = {"type": "oauth", "provider": name, **login} if flat else login
            reading.snapshot.tables["spare_logins"].append(
                new_row(
                    "spare_logins",
                    at=at(name) if flat else at("profiles", name),
                    path=reading.shown(path),
                    place=place,
                    agent=agent,
                    id=public(f"{name}:default" if flat else name),
                    mtime=facts_of(path).mtime_ms,
                    **credential_columns(found, reading.now),
                )
            )


def add_spare_file(reading: Reading, path: Path, place: str, agent: str | None) -> None:
    """Append the logins of a file or database; of one that cannot be read there are none."""
    shown = reading.shown(path)
    if _is_database(path):
        for store in _stores_in(path):
            add_spares(reading, store, lambda *_: located(shown)(), place, agent, path)
        return
    loaded = load_node_json(path, shown, shown)
    if loaded.document is not None and isinstance(loaded.value, dict):
        reading.snapshot.documents.add(loaded.document)
        add_spares(reading, loaded.value, located(shown), place, agent, path)


def read_codex_homes(reading: Reading, agents: list[Agent]) -> None:
    """Append the logins of the Codex homes that OpenClaw made for agents, as OpenClaw would store them."""
    for agent in agents:
        path = agent.dir / "codex-home/auth.json"
        file = reading.open_json(path, "codex-home", agent.id)
        tokens = members(members(file.value).get("tokens")) if file else {}
        login = {
            "type": "oauth",
            "provider": "openai",
            **{ours: tokens.get(its) for ours, its in _CODEX.items()},
        }
        at = located(file.source if file else "")
        store = {"profiles": {"openai:default": login}}
        add_spares(reading, store, lambda *_, at=at: at("tokens"), "codex-home", agent.id, path)


def lacks_logins(reading: Reading, agent: str | None) -> bool:
    """Tell whether a store in force (None: the shared one) is empty, or a login of it broken or gone."""
    heir = reading.snapshot.meta["auth_owner"]
    owners = (agent,) if agent not in (None, heir) else (None, heir)
    tables = reading.snapshot.tables
    own = [row for row in tables["profiles"] if row["agent"] in owners]
    named = {row["id"] for name in ("config_profiles", "orders", "last_good") for row in tables[name]}
    named |= {row["pin"] for row in tables["sessions"] if row["pin"]}
    gone = named - {row["id"] for row in tables["profiles"]}
    return not own or bool(gone) or any(fault_of(row) or row["dead"] for row in own)


def _read_stores(reading: Reading, folder: Path, place: str, agent: str) -> None:
    for path in (folder / name for name in _STORES):
        if os.path.lexists(path) and _is_entered(reading, path):
            continue  # it is in use, such as one that openclaw.json includes
        if reading.look(path, "misplaced" if place != "archive" else place, agent, secret=True):
            add_spare_file(reading, path, place, agent)


def _is_entered(reading: Reading, path: Path) -> bool:
    shown = reading.shown(path)
    return any(row["path"] == shown for row in reading.snapshot.tables["files"])


def _is_database(path: Path) -> bool:
    try:
        with os.fdopen(open_regular(path), "rb") as stream:
            return stream.read(16) == b"SQLite format 3\0"
    except OSError:
        return False


def _stores_in(path: Path) -> Iterator[dict[str, Any]]:
    from linter.sources.database import DatabaseProblem, open_private_copy  # noqa: PLC0415 - seldom needed

    try:
        with open_private_copy(path) as database:
            for table, key, wanted, column in _CELLS:
                for row in database.rows(table, [key], [column], where={key: wanted}):
                    yield members(parse_json((row[column] or b"").decode(errors="replace")).value)
    except (DatabaseProblem, ValueError):
        return


def _folders(folder: Path) -> list[str]:
    return [name for name in names_in(folder) if (folder / name).is_dir()]
