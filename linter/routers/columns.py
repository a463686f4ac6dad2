"""The types of the columns that a declared router may fill."""

from collections.abc import Callable, Mapping
from typing import Any

from linter.routers.values import count, elements, number, shown_text, texts
from linter.sources.times import to_ms


def coerce(table: str, column: str, value: Any) -> Any:
    """Return a value as its column wants it; None where it is of another type."""
    return _COLUMNS[table][column](value)


def known_columns(table: str) -> frozenset[str]:
    """Return the columns of a table that may be declared."""
    return frozenset(_COLUMNS[table])


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _selection(value: Any) -> str | int | None:
    return count(value) if isinstance(value, int) else shown_text(value)


def _list(value: Any) -> list[str] | None:
    return texts(value) if isinstance(value, list) else None


def _windows(value: Any) -> list[Any]:
    """Return the windows of time that say how much is used."""
    known = [
        one for one in elements(value) if number(one["seconds"]) and number(one["used_percent"]) is not None
    ]
    return [{"reset_at": None, **one} for one in known]


_COLUMNS: Mapping[str, Mapping[str, Callable[[Any], Any]]] = {
    "routers": {
        "selection": _selection,
        "hash": shown_text,
        "set_at": to_ms,
        "provider": shown_text,
        "managed_agents": _list,
        "inbox_ids": _list,
        "ignored_ids": _list,
        "intended_order": _list,
        "intended_at": to_ms,
        "refreshes": _flag,
        "saves_back": _flag,
        "rebinds_sessions": _flag,
        "override_enabled": _flag,
        "config_problem": shown_text,
        "dead_knobs": _list,
        "state_dir": shown_text,
        "pending": shown_text,
        "pending_at": to_ms,
    },
    "router_accounts": {
        "id": shown_text,
        "name": shown_text,
        "enabled": _flag,
        "priority": number,
        "ignored": _flag,
        "quarantine_active": _flag,
        "quarantine_until": to_ms,
        "quarantine_reason": shown_text,
        "lease_count": count,
        "active_leases": count,
        "health_stage": shown_text,
    },
    "repo_profiles": {"enabled": _flag, "label": shown_text},
    "leases": {
        "lane": shown_text,
        "task": shown_text,
        "profile": shown_text,
        "active": _flag,
        "acquired_at": to_ms,
    },
    "usage_evidence": {
        "for_profile": shown_text,
        "method": shown_text,
        "windows": _windows,
        "fetched_at": to_ms,
    },
}
