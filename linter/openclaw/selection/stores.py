"""The stored credentials, orders and statistics of each scope, as OpenClaw loads them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from linter.openclaw.selection.blocked import is_loaded
from linter.openclaw.selection.provider import is_personal, realm_of, spelled
from linter.openclaw.selection.semantics import Semantics
from linter.snapshot.tables import Row, Tables

SHARED = "shared"
MAIN = "agent:main"


class Store(NamedTuple):
    """One scope. `orders` maps the key of a list to its row; lists without ids are not loaded."""

    profiles: dict[str, Row]
    orders: dict[str, Row]
    last_good: dict[str, str]
    stats: dict[str, Row]


class OrderList(NamedTuple):
    """An order as it counts: its ids, and the layer and row that it comes from."""

    ids: list[str]
    layer: str
    row: Row


class Config(NamedTuple):
    """What openclaw.json says about credentials. Its empty lists count: they select nobody."""

    declared: dict[str, Row]
    orders: dict[str, OrderList]


def agent_scope(agent: str) -> str:
    """Return the scope of an agent's own store."""
    return f"agent:{agent}"


def inherited_scope(meta: Row, tables: Tables, semantics: Semantics) -> str:
    """Return the scope that agents inherit from: the shared store, or that of its owner, as a rule main."""
    if not semantics.shared_store:
        return MAIN
    owner, location = agent_scope(meta["auth_owner"]), meta.get("shared_store")
    if location is None:
        rows = (
            row for name in ("profiles", "order_lists", "last_good", "usage_stats") for row in tables[name]
        )
        return SHARED if any(scope_of(row) == SHARED for row in rows) else owner
    return SHARED if location == "state-db" else owner


def load_stores(tables: Tables, semantics: Semantics) -> dict[str, Store]:
    """Return the store of every scope that holds something."""
    stores: dict[str, Store] = defaultdict(lambda: Store({}, {}, {}, {}))
    for row in tables["profiles"]:
        if not row["dropped_reason"] and not _hidden(row["id"], semantics):
            stores[row["scope"]].profiles[row["id"]] = row
    for row in _loaded(tables["order_lists"], semantics):
        if row["layer"] != "config" and row["ids"]:
            _add_list(stores[scope_of(row)].orders, row, semantics)
    for row in _loaded(tables["last_good"], semantics):
        if row["id"] and not _hidden(row["id"], semantics):
            key = row["realm"] if semantics.coerces_state else row["provider"]
            stores[row["scope"]].last_good[key] = row["id"]
    for row in _loaded(tables["usage_stats"], semantics):
        if not _hidden(row["id"], semantics) and is_loaded(row, semantics):
            stores[row["scope"]].stats[row["id"]] = row
    return stores


def load_config(tables: Tables, semantics: Semantics) -> Config:
    """Return the declarations and orders of openclaw.json; of two equal order keys the first counts."""
    orders: dict[str, OrderList] = {}
    for row in tables["order_lists"]:
        if row["layer"] == "config":
            orders.setdefault(spelled(semantics, row["realm"]), OrderList(row["ids"], "config", row))
    return Config({row["id"]: row for row in tables["config_profiles"]}, orders)


def visible_ids(row: Row, semantics: Semantics) -> list[str]:
    """Return the ids of a stored list that OpenClaw loads."""
    return [profile_id for profile_id in row["ids"] if not _hidden(profile_id, semantics)]


def deciding_lists(rows: Iterable[Row], semantics: Semantics | None) -> dict[tuple[object, ...], Row]:
    """Return, per layer and provider, the list that counts where several keys mean that provider."""
    deciding: dict[tuple[object, ...], Row] = {}
    for row in rows:
        name = (row["layer"], row["agent"], row["embedded"], row["realm"])
        known = deciding.get(name)
        loaded = row["layer"] != "config" and row["ids"]  # of stored lists, empty ones are not
        later_wins = semantics is not None and semantics.coerces_state
        if known is None or (loaded and (later_wins or not known["ids"])):
            deciding[name] = row
    return deciding


def _loaded(rows: Iterable[Row], semantics: Semantics) -> list[Row]:
    """Return the rows of the state files that a version reads, those that win behind those that lose."""
    if semantics.agent_store:
        return list(rows)
    separate: list[Row] = []
    embedded: list[Row] = []
    for row in rows:
        (separate if row["at"]["source"].endswith("auth-state.json") else embedded).append(row)
    return embedded + separate if semantics.reads_auth_state else embedded


def _add_list(orders: dict[str, Row], row: Row, semantics: Semantics) -> None:
    """Keep a list under its key. Of keys that become equal, the last counts, in the place of the first."""
    key = row["realm"] if semantics.coerces_state else row["provider"]
    if realm_of(key) and visible_ids(row, semantics):
        orders[key] = row


def scope_of(row: Row) -> str:
    """Return the scope of a row of any table; `config` for an order list of openclaw.json."""
    if "scope" in row:
        return str(row["scope"])
    return agent_scope(row["agent"]) if row["layer"] == "agent" else str(row["layer"])


def _hidden(profile_id: str, semantics: Semantics) -> bool:
    return semantics.hides_personal and is_personal(profile_id)
