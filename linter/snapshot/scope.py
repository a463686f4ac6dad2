"""Which rows are inspected: those that bear on the providers and agents of interest.

Credentials of other providers stay visible to joins (`visible_profiles`), since a pin may wrongly name one.
"""

from collections.abc import Callable, Collection

from linter.snapshot.tables import Row, Tables

_OF_AGENTS = frozenset(
    {"agents", "sessions", "visible_profiles", "effective_orders", "order_summaries", "selections"}
    | {"expected_logins"}
)
"""Tables in which every row is an agent's own. In others main's rows matter to all, who inherit from it."""


def choose_providers(meta: Row, tables: Tables, chosen: Collection[str]) -> None:
    """Enter which providers are judged, the chosen ones or else all in use, and which are left out."""
    stored = {row["realm"] for row in tables["profiles"]}
    used = {row["provider"] for row in tables["model_uses"]}
    used |= {row["session_provider"] for row in tables["sessions"] if row["live"]}
    used |= {row["realm"] for name in ("config_profiles", "order_lists") for row in tables[name]}
    judged = {*chosen} or {*meta["providers"], *used} - {None}
    meta.update(providers=sorted(judged), left_out=sorted((stored | used) - judged - {None}))


def keep_agents(tables: Tables, agents: Collection[str], heir: str) -> None:
    """Drop what a reader that looks at these agents, who inherit from `heir`, would not have read."""
    inherited = {*agents, "main", heir, None}
    for name, rows in tables.items():
        column = {"agents": "id", "comparisons": "left_agent"}.get(name, "agent")
        kept = agents if name in _OF_AGENTS else inherited
        rows[:] = [row for row in rows if row.get(column) in kept]


def limit(tables: Tables, providers: Collection[str]) -> None:
    """Drop the rows that concern none of `providers`, by their realm and the prefix of their profile id."""

    def id_concerns(profile_id: object) -> bool:
        prefix, colon, _ = profile_id.partition(":") if isinstance(profile_id, str) else ("", "", "")
        return not colon or prefix.strip().lower() in providers

    def stored(row: Row) -> bool:
        return row["realm"] in providers or id_concerns(row["id"])

    concerned = {row["id"] for row in tables["agents"] if row["model_provider"] in providers}

    def session(row: Row) -> bool:
        pin = row["pin"]
        # One that has left the provider of its agent concerns that provider.
        return pin is None or row["agent"] in concerned or row["pin_realm"] in providers or id_concerns(pin)

    def order_list(row: Row) -> bool:
        return row["realm"] in providers or any(id_concerns(entry) for entry in row["ids"])

    def grant(row: Row) -> bool:
        return row["kind"] != "profile" or id_concerns(row["id"])

    def provider(row: Row) -> bool:
        return row["provider"] in providers

    def stats(row: Row) -> bool:
        return id_concerns(row["id"])

    kept: dict[str, Callable[[Row], bool]] = {
        "profiles": stored,
        "config_profiles": stored,
        "orders": stored,
        "order_lists": order_list,
        "sessions": session,
        "last_good": stored,
        "usage_stats": stats,
        "grants": grant,
        "effective_orders": provider,
        "order_summaries": provider,
    }
    for name, concerns in kept.items():
        tables[name][:] = [row for row in tables[name] if concerns(row)]
