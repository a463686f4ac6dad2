"""Fill what follows from the raw tables: what agents see, in which order, and what sessions use next."""

from linter.openclaw.selection.agents import load_agents
from linter.openclaw.selection.columns import (
    mark_lists,
    mark_observers,
    mark_providers,
    mark_spares,
    mark_windows,
)
from linter.openclaw.selection.credentials import visible_profiles
from linter.openclaw.selection.model_uses import fill_model_uses
from linter.openclaw.selection.order import Orders
from linter.openclaw.selection.order_tables import fill_orders
from linter.openclaw.selection.selections import fill_selections
from linter.openclaw.selection.semantics import Semantics, semantics_of
from linter.openclaw.selection.sessions import ACTIVE_WINDOW_MS, describe
from linter.openclaw.selection.stores import MAIN, inherited_scope
from linter.snapshot.snapshot import Snapshot


def tell_semantics(snapshot: Snapshot) -> Semantics | None:
    """Fill `meta.semantics`, and return it; None in an unknown era."""
    meta, tables = snapshot.meta, snapshot.tables
    apart = any(row["role"] == "auth-state" for row in tables["files"])
    beside = any(row["layer"] != "config" for row in tables["order_lists"]) or tables["usage_stats"]
    joined = bool(beside) and not apart
    semantics = semantics_of(meta["era"], meta["version"], meta["canonical"], joined=joined)
    meta["semantics"] = semantics and semantics._asdict()
    return semantics


def heritage(snapshot: Snapshot) -> str:
    """Return the scope of the store that agents inherit; that of main in an unknown era."""
    semantics = tell_semantics(snapshot)
    return inherited_scope(snapshot.meta, snapshot.tables, semantics) if semantics else MAIN


def derive(snapshot: Snapshot, active_window_ms: int = ACTIVE_WINDOW_MS) -> None:
    """Fill the derived columns of raw rows, then the derived tables, from the raw tables of a snapshot.

    In an unknown era, where OpenClaw's behaviour is unknown too, only columns are filled.
    """
    meta, tables = snapshot.meta, snapshot.tables
    now: int = meta["now"]
    semantics = tell_semantics(snapshot)
    rows = {row["id"]: row for row in tables["agents"]}
    agents = load_agents(meta, tables, semantics) if semantics else {}
    cases = describe(tables["sessions"], rows, agents, semantics, now - active_window_ms)
    mark_lists(tables, semantics)
    mark_windows(tables, semantics, now)
    mark_providers(tables, semantics)
    mark_observers(tables, agents)
    if semantics is None:
        return
    orders = {name: Orders(agent) for name, agent in agents.items()}
    tables["visible_profiles"].extend(visible_profiles(agents, tables["codex_cli"]))
    fill_orders(tables, orders, meta["auth_owner"])
    fill_model_uses(tables, orders)
    fill_selections(tables, cases, orders)
    mark_spares(tables, meta["auth_owner"])
