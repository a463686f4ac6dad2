"""`openclaw models auth order set` and `order clear`, on raw tables.

They write the agent's own list, also for main in versions with a shared store, whose list they do not reach
(2026.3.24: models-cli, 2026.9.6: auth-order and profiles; recorded as 2026.9.6-order-set, -order-cleared).
"""

from collections.abc import Sequence

from linter.openclaw.store_rows import At, add_orders
from linter.openclaw.whatif.unpredictable import UnpredictableError
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import Row, Tables
from linter.sources.paths import join

_LAYER = "agent"


def set_order(snapshot: Snapshot, agent: str, realm: str, ids: Sequence[str]) -> None:
    """Make the list of an agent. Raises UnpredictableError where OpenClaw refuses an id."""
    visible = {row["id"]: row for row in snapshot.tables["visible_profiles"] if row["agent"] == agent}
    for name in ids:
        if name not in visible:
            raise UnpredictableError(f"OpenClaw refuses this order: agent {agent} has no login {name}")
        if visible[name]["realm"] != realm:
            raise UnpredictableError(
                f"OpenClaw refuses this order: {name} is a login of {visible[name]['realm']}, not of {realm}"
            )
    place = _drop(snapshot.tables, agent, realm) or _new_place(snapshot, agent)
    ordered = {realm: [*dict.fromkeys(ids)]}
    add_orders(snapshot.tables, ordered, beside(place), layer=_LAYER, agent=agent)


def beside(place: Row) -> At:
    """Return the `at` of lists that stand beside one."""
    parent = place["pointer"].rpartition("/")[0]
    return lambda *path: {"source": place["source"], "pointer": join(parent, *path)}


def clear_order(snapshot: Snapshot, agent: str, realm: str) -> None:
    """Drop the list of an agent."""
    _drop(snapshot.tables, agent, realm)


def _drop(tables: Tables, agent: str, realm: str) -> Row | None:
    """Drop the lists of an agent for a provider, and return where the first of them stood."""
    places = [row["at"] for row in tables["order_lists"] if _is_of(row, agent, realm)]
    for name in ("order_lists", "orders"):
        tables[name][:] = [row for row in tables[name] if not _is_of(row, agent, realm)]
    return places[0] if places else None


def _is_of(row: Row, agent: str, realm: str) -> bool:
    return (row["layer"], row["agent"], row["realm"]) == (_LAYER, agent, realm)


def _new_place(snapshot: Snapshot, agent: str) -> Row:
    """Return where a list is written first: JSON files up to 2026.6.1 are told apart by their name."""
    folders = {row["id"]: row["agent_dir"] for row in snapshot.tables["agents"]}
    if agent not in folders:
        raise UnpredictableError(f"there is no agent {agent}; there are {', '.join(sorted(folders))}")
    semantics = snapshot.meta["semantics"]
    name = "auth-state.json" if semantics["reads_auth_state"] else "auth-profiles.json"
    return {"source": f"{folders[agent]}/{name}", "pointer": "/order/"}
