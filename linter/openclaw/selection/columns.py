"""Derived columns of order lists, statistics and remembered profiles."""

from collections import defaultdict

from linter.openclaw.selection.blocked import EVERY_MODEL, number, summary_scope, windows
from linter.openclaw.selection.order import Agent
from linter.openclaw.selection.semantics import Semantics
from linter.openclaw.selection.stores import agent_scope, deciding_lists
from linter.snapshot.tables import Row, Tables

_IN_FORCE = frozenset({"store", "agent-db", "state-db"})
_MISTAKES = frozenset({"too-high", "misnamed"})
"""Places where a login is by mistake only."""
_UNTIL = ("cooldownUntil", "disabledUntil", "blockedUntil")


def mark_lists(tables: Tables, semantics: Semantics | None) -> None:
    """Mark entries that repeat an id, and lists that another key for the same provider makes dead."""
    seen: set[tuple[object, ...]] = set()
    for row in tables["orders"]:
        entry = (row["layer"], row["agent"], row["embedded"], row["provider"], row["id"])
        row["duplicate"] = entry in seen
        seen.add(entry)
    deciding = deciding_lists(tables["order_lists"], semantics)
    for row in tables["order_lists"]:
        name = (row["layer"], row["agent"], row["embedded"], row["realm"])
        row["shadowed_key"] = deciding[name] is not row


def mark_providers(tables: Tables, semantics: Semantics | None) -> None:
    """Mark the entries of `models.providers` that keep OpenClaw from using stored logins."""
    types = {row["id"]: row["type"] for row in tables["profiles"]}
    for row in tables["model_providers"]:
        row["overrules"] = semantics and _overrules(row, types.get(row["profile"]), semantics)


def _overrules(row: Row, named: str | None, semantics: Semantics) -> bool:
    if semantics.obeys_provider_auth:
        return row["auth"] == "api-key" or named == "oauth"
    key = row["apiKey"]
    usable = key is not None and key["kind"] != "marker" and row["profile"] is None
    return semantics.prefers_config_key and row["auth"] == "api-key" and usable


def mark_windows(tables: Tables, semantics: Semantics | None, now: int) -> None:
    """Fill when the blocks of each record end, and whether it says anything."""
    for row in tables["usage_stats"]:
        row["blocked_until"] = row["model_blocked_until"] = row["blocked_model"] = None
        if semantics is not None:
            held = windows(row, semantics, now)
            row["blocked_until"] = held.until(summary_scope(semantics))
            limited = held.limited_to_a_model()
            if limited and (semantics.blocks_by_model or held.until(EVERY_MODEL) is None):
                row["model_blocked_until"], row["blocked_model"] = limited
        row["stub"] = not (
            number(row["errorCount"])
            or row["failureCounts"]
            or row["lastFailureAt"]
            or any(row[name] for name in _UNTIL)
        )


def mark_observers(tables: Tables, agents: dict[str, Agent]) -> None:
    """Fill which agents see each record: its agent, and those that inherit it and have none of their own."""
    for name, key in (("last_good", "realm"), ("usage_stats", "id")):
        own: dict[str, set[str]] = defaultdict(set)
        for row in tables[name]:
            own[row["scope"]].add(row[key])
        for row in tables[name]:
            row["agents"] = [agent for agent in agents if _sees(agents[agent], row, own, row[key])]


def _sees(agent: Agent, row: Row, own: dict[str, set[str]], key: str) -> bool:
    scope = agent_scope(agent.id)
    if row["scope"] == scope:
        return True
    inherits = row["scope"] == agent.inherits
    return inherits and key not in own[scope]


def mark_spares(tables: Tables, heir: str) -> None:
    """Mark the logins that could sign in if they were where OpenClaw looks, and that are missed there.

    Of what was moved aside only the latest is missed, and only where nothing took its place, in force or not.
    Nothing is where the store in force was not read. `heir` is whom a store of all agents counts for.
    """
    unread = {
        row["agent"] or heir for row in tables["files"] if row["incomplete"] and row["role"] in _IN_FORCE
    }
    named = {row["id"] for name in ("config_profiles", "orders", "last_good") for row in tables[name]}
    named |= {row["pin"] for row in tables["sessions"] if row["pin"]}
    seen: dict[str, set[str]] = {row["id"]: set() for row in tables["agents"]}
    for row in tables["visible_profiles"]:
        seen[row["agent"]].add(row["id"])
    stocked = {row["agent"] or heir for row in tables["profiles"]}
    archives = [row for row in tables["spare_logins"] if row["place"] == "archive"]
    latest = {row["agent"] or heir: row["path"] for row in sorted(archives, key=_age)}
    for row in sorted(tables["spare_logins"], key=lambda row: row["place"] == "archive"):
        owner = row["agent"] or heir
        if owner not in unread and owner in seen and row["credential_state"] == "ok":
            ids = seen[owner]
            wanted = row["id"] in named or not ids or row["place"] in _MISTAKES
            moved = row["place"] == "archive" and (owner in stocked or row["path"] != latest[owner])
            row["missed"] = wanted and not moved and row["id"] not in ids
            if row["missed"] and row["place"] != "archive":
                stocked.add(owner)  # these logins took the place of what was moved aside


def _age(archive: Row) -> tuple[float, bool]:
    """Return what sorts archives: when they were written; of one time, databases came after JSON files."""
    return archive["mtime"] or 0, "/openclaw" in archive["path"]
