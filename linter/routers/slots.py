"""Active slots: the places in OpenClaw's stores and in the Codex CLI that routers copy a login into."""

from collections.abc import Iterable, Sequence
from typing import Any

from linter.openclaw.plain import members
from linter.openclaw.reading import Reading
from linter.routers.files import RouterFile
from linter.routers.login import read_login
from linter.routers.place import located
from linter.routers.rows import CREDENTIAL_COLUMNS
from linter.snapshot.credential import credential_columns
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import Row, new_row
from linter.sources.paths import join

CLI_SLOT = "auth.json"
_STORES = frozenset({"store", "agent-db", "state-db"})
_DEFAULTS = {"openai": "openai:default", "openai-codex": "openai-codex:default"}


def default_slot_id(snapshot: Snapshot) -> str:
    """Return the id that copying routers write to: `:default` of the era's provider, else of a stored one."""
    own = _DEFAULTS.get(snapshot.meta["canonical"] or "", _DEFAULTS["openai-codex"])
    stored = {row["id"] for row in snapshot.tables["profiles"]}
    return next((one for one in (own, *_DEFAULTS.values()) if one in stored), own)


def holders_of(snapshot: Snapshot, slot_id: str) -> list[str]:
    """Return the agents that use the slot: the one that others inherit from, and all that store it."""
    agents = (row["agent"] for row in snapshot.tables["profiles"] if row["id"] == slot_id and row["agent"])
    heir = snapshot.meta["auth_owner"]
    return [heir, *sorted(set(agents) - {heir})]


def store_slots(
    snapshot: Snapshot, router: Row, slot_id: str, agents: Iterable[str], *, switched: int | None = None
) -> list[Row]:
    """Return the slot rows of a router in OpenClaw's stores: for each agent, the profile that it would read.

    The shared store's profile is that of the agent that others inherit from, unless it has its own.
    """
    own = {row["agent"]: row for row in snapshot.tables["profiles"] if row["id"] == slot_id}
    shared, heir = own.pop(None, None), snapshot.meta["auth_owner"]
    rows = []
    for agent in agents:
        profile = own.get(agent) or (shared if agent == heir else None)
        at = profile["at"] if profile else _vacancy(snapshot, router, agent, slot_id)
        if at is not None:
            rows.append(_slot(at, profile, router, slot_id, agent=agent, switched=switched))
    if shared is not None and heir in own:
        rows.append(_slot(shared["at"], shared, router, slot_id, agent=None, switched=switched))
    return rows


def cli_slots(reading: Reading, router: Row, *, switched: int | None = None) -> list[Row]:
    """Return the slot rows of a router that swaps the Codex CLI's login: an empty one where that is gone.

    None where it is not known what it holds: the file cannot be read, or a router's file is looked at alone.
    """
    where, tables = reading.location, reading.snapshot.tables
    logins: Sequence[Row] = tables["codex_cli"]
    if where.bare and not where.own and not where.codex_home.is_dir():
        return []
    if not logins and not any(row["role"] == "codex-auth" for row in tables["files"]):
        return [_slot(router["at"], None, router, CLI_SLOT, agent=None, switched=switched)]
    return [
        _slot(row["at"], row if _holds_login(row) else None, router, CLI_SLOT, agent=None, switched=switched)
        for row in logins
    ]


def file_slot(reading: Reading, router: Row, file: RouterFile, pointer: str, value: Any) -> Row:
    """Return the slot row of a router that copies a login into a file of a third tool."""
    login = read_login(members(value), router["provider"] or "openai-codex", reading.now)
    at = located(file.source, pointer, login.pointers)
    slot_id = f"{file.source} {pointer.removeprefix('/')}".strip()
    filled = login.columns if login.has_secret else None
    row = _slot(at, filled, router, slot_id, agent=None, switched=router["set_at"])
    return row | {"holder": "that file"}


def _holds_login(cli: Row) -> bool:
    return bool(cli["tokens_present"] or cli["api_key_present"])


def _slot(
    at: Row, credential: Row | None, router: Row, slot_id: str, *, agent: str | None, switched: int | None
) -> Row:
    columns: dict[str, Any] = credential_columns({}, 0)
    if credential is not None:
        columns = {name: credential[name] for name in CREDENTIAL_COLUMNS}
    return new_row(
        "slots",
        at=at,
        router=router["id"],
        tool=router["tool"],
        agent=agent,
        id=slot_id,
        present=credential is not None,
        usable=columns["credential_state"] == "ok" and not (credential or {}).get("dropped_reason"),
        last_switch_at=switched,
        mirror=f"{router['id']} {slot_id}",
        holder=agent,
        **columns,
    )


def _vacancy(snapshot: Snapshot, router: Row, agent: str, slot_id: str) -> Row | None:
    """Return where the slot would stand that all inherit: in its store, or, without one, the router itself.

    None for other agents, and when a store could not be read: the slot may be in it.
    """
    at: Row = router["at"]
    for row in snapshot.tables["files"]:
        if row["role"] in _STORES and row["agent"] in (agent, None):
            if row["exists"] and row["parse"] not in ("ok", "none"):
                return None
            if row["role"] == "store":
                at = {"source": row["at"]["source"], "pointer": join("", "profiles", slot_id)}
    return at if agent == snapshot.meta["auth_owner"] else None
