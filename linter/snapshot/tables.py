"""The tables of a snapshot, by name. `schema.json` documents every column."""

from typing import Any

Row = dict[str, Any]
Tables = dict[str, list[Row]]

SCHEMA_VERSION = 1

IDENTITY: dict[str, tuple[str, ...]] = {
    "files": ("path",),
    "agents": ("id",),
    "profiles": ("scope", "id"),
    "config_profiles": ("id",),
    "orders": ("layer", "agent", "provider", "id"),
    "order_lists": ("layer", "agent", "provider"),
    "model_providers": ("provider",),
    "sessions": ("agent", "key"),
    "last_good": ("scope", "provider"),
    "usage_stats": ("scope", "id"),
    "migrations": ("key",),
    "preference": ("tool",),
    "codex_cli": ("home",),
    "env_flags": ("where", "name"),
    "routers": ("id",),
    "router_accounts": ("router", "id"),
    "leases": ("router", "key"),
    "repo_profiles": ("router", "key"),
    "slots": ("router", "agent", "id"),
    "grants": ("holder",),
    "usage_evidence": ("surface", "for_profile"),
    "display_evidence": ("surface", "session"),
    "failovers": ("run", "profile_mark", "failed_at"),
    "visible_profiles": ("agent", "id"),
    "effective_orders": ("agent", "provider", "id"),
    "order_summaries": ("agent", "provider"),
    "selections": ("agent", "key"),
    "comparisons": ("kind", "left", "right"),
    "fleet_grants": ("host", "holder"),
    "fleet_orders": ("host", "agent", "provider"),
}
"""Per table, the columns that name a row for good: a finding's subject, whatever the lines and positions."""

REFERENCES: dict[str, tuple[str, str]] = {"agent": ("agents", "id"), "router": ("routers", "id")}
"""Columns that hold the key of a row of another table."""


def empty_tables() -> Tables:
    """Return every table without rows."""
    return {name: [] for name in IDENTITY}
