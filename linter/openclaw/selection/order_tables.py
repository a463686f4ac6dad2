"""The tables that show orders: `effective_orders` (one row per profile) and `order_summaries`."""

from collections.abc import Iterator

from linter.openclaw.selection.blocked import summary_scope
from linter.openclaw.selection.eligibility import OK, credential_code
from linter.openclaw.selection.order import Agent, Candidates, Orders, arrange, candidates
from linter.openclaw.selection.semantics import Semantics
from linter.openclaw.selection.stores import Config, OrderList
from linter.openclaw.selection.view import View, inherited_list, unique
from linter.snapshot.tables import Row, Tables

ROTATIONS = "auth.cooldowns.rateLimitedProfileRotations"


def fill_orders(tables: Tables, orders: dict[str, Orders], owner: str) -> None:
    """Fill both tables for every agent and provider it has to do with; tell which listed ids can be used.

    `owner` is the agent for which an order that is for all is judged.
    """
    entries = _entries(tables["orders"])
    falling_back = {row["agent"] for row in tables["model_uses"] if row["use"] == "fallback"}
    in_use = _in_use(tables)
    for row in tables["agents"]:
        agent_orders = orders[row["id"]]
        used = in_use.get(row["id"], set())
        limit = rotation_limit(tables, agent_orders.agent.semantics) if row["id"] in falling_back else None
        for provider in _providers(agent_orders, used):
            summary = _summary(agent_orders, provider, row["at"])
            summary["in_use"] = provider in used
            tables["order_summaries"].append(summary)
            found = list(_effective(agent_orders, provider, summary, entries))
            for entry in found:
                entry["beyond_limit"] = limit is not None and (entry["pos"] or 0) > limit
            tables["effective_orders"].extend(found)
    usable = {
        (row["agent"], row["provider"]): set(row["usable_without_lists"]) for row in tables["order_summaries"]
    }
    for row in tables["order_lists"]:
        known = usable.get((row["agent"] or owner, row["realm"]), ())
        row["usable"] = [listed for listed in row["ids"] if listed in known]


def rotation_limit(tables: Tables, semantics: Semantics) -> float | None:
    """Return how often a turn that meets rate limits changes its profile before its model; None: at will."""
    if not semantics.limits_rotations:
        return None
    rows = tables["config_members"] if semantics.sets_rotations else []
    return next((row["value"] for row in rows if row["path"] == ROTATIONS and row["value"] is not None), 1)


def _summary(orders: Orders, provider: str, at: Row) -> Row:
    agent = orders.agent
    found = orders.candidates(provider)
    scope = summary_scope(agent.semantics)
    ids = orders.arranged(provider, scope)
    ends = {listed: agent.blocked_until(listed, scope) for listed in ids}
    free = [listed for listed in ids if ends[listed] is None]
    head0 = found.ids[0] if found.ids else None
    return {
        "at": found.row["at"] if found.row else at,
        "agent": agent.id,
        "provider": provider,
        "layer": found.layer,
        "explicit": found.explicit,
        "base": found.base,
        "ids": ids,
        "fallback": found.fallback,
        "head0": head0,
        "inherited_head0": _inherited_head0(orders.agent, provider),
        "head": ids[0] if ids else None,
        "head_blocked_until": ends[head0] if head0 else None,
        "free": free,
        "usable_without_lists": [
            stored
            for stored in agent.stored(provider)
            if credential_code(agent.view.profiles[stored], agent.semantics, agent.now) == OK
            and not (agent.semantics.gates_setup and agent.view.profiles[stored]["setup_replacement"])
        ],
        "settable": [listed for listed in found.base if listed in agent.view.profiles],
        "visible_ids": agent.stored(provider),
        "select_none": found.layer == "config" and not found.base,
        "stored_ids": _alone(orders, provider, agent.view.orders.get(provider)),
        "config_ids": _alone(orders, provider, agent.config.orders.get(provider)),
        "in_use": False,
        "earliest_end": min((end for end in ends.values() if end is not None), default=None)
        if ids and not free
        else None,
    }


def _inherited_head0(agent: Agent, provider: str) -> str | None:
    listed = inherited_list(agent.view, provider, agent.semantics)
    return next(iter(candidates(agent, provider, listed).ids), None) if listed else None


def _alone(orders: Orders, provider: str, listed: OrderList | None) -> list[str] | None:
    """Return what one layer's list alone would give."""
    if listed is None:
        return None
    found = candidates(orders.agent, provider, listed)
    return arrange(orders.agent, found, summary_scope(orders.agent.semantics))


def _effective(
    orders: Orders, provider: str, summary: Row, entries: dict[tuple[object, ...], Row]
) -> Iterator[Row]:
    agent = orders.agent
    found = orders.candidates(provider)
    position = {listed: index for index, listed in enumerate(summary["ids"])}
    for listed in _mentioned(orders, provider, found):
        profile = agent.view.profiles.get(listed)
        yield {
            "at": _place(listed, found, profile, summary, entries),
            "agent": agent.id,
            "provider": provider,
            "id": listed,
            "pos": position.get(listed),
            "reason": _reason(orders, provider, listed, found, position.get(listed)),
            "listed": listed in found.base,
            "explicit": found.explicit,
            "layer": found.layer,
            "type": profile["type"] if profile else None,
            "head0": listed == summary["head0"],
            "head": listed == summary["head"],
            "blocked_until": agent.blocked_until(listed, summary_scope(agent.semantics)),
        }


def _reason(orders: Orders, provider: str, listed: str, found: Candidates, position: int | None) -> str:
    """Return the reason code of an id, which names the list where nothing but the list leaves it out."""
    code = orders.agent.code(listed, provider)
    if position is not None or code != OK:
        return code
    return "undeclared" if found.layer == "declared" else "excluded_by_auth_order"


def _mentioned(orders: Orders, provider: str, found: Candidates) -> list[str]:
    """Return every id that is listed, declared or stored for a provider, the deciding list first."""
    agent = orders.agent
    lists = (agent.view.orders.get(provider), agent.config.orders.get(provider))
    return unique(
        [
            *found.base,
            *(listed for entry in lists if entry is not None for listed in entry.ids),
            *agent.declared(provider),
            *agent.stored(provider),
        ]
    )


def _entries(rows: list[Row]) -> dict[tuple[object, ...], Row]:
    """Return the first entry of each id in each list."""
    entries: dict[tuple[object, ...], Row] = {}
    for row in rows:
        entries.setdefault((row["layer"], row["agent"], row["realm"], row["embedded"], row["id"]), row)
    return entries


def _place(
    listed: str,
    found: Candidates,
    profile: Row | None,
    summary: Row,
    entries: dict[tuple[object, ...], Row],
) -> Row:
    """Return where an id stands: in the deciding list, else where it is stored, else that list."""
    entry = None
    if found.row is not None:
        key = (found.row["layer"], found.row["agent"], found.row["realm"], found.row["embedded"], listed)
        entry = entries.get(key)
    row = entry or profile or summary
    at: Row = row["at"]
    return at


def _providers(orders: Orders, used: set[str]) -> list[str]:
    view: View = orders.agent.view
    config: Config = orders.agent.config
    realms = (
        *view.orders,
        *config.orders,
        *(row["realm"] for row in view.profiles.values()),
        *(row["realm"] for row in config.declared.values()),
        *sorted(used),
    )
    return unique(realm for realm in realms if realm)


def _in_use(tables: Tables) -> dict[str, set[str]]:
    """Return the providers that each agent's model or live sessions run on."""
    used: dict[str, set[str]] = {row["id"]: {row["model_provider"]} - {None} for row in tables["agents"]}
    for row in tables["sessions"]:
        if row["live"] and row["session_provider"]:
            used.setdefault(row["agent"], set()).add(row["session_provider"])
    return used
