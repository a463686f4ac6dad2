"""Rows of session entries, wherever they are kept. There may be 100,000 of them: a row must cost little."""

from collections.abc import Callable, Iterable
from typing import Any

from linter.openclaw.plain import shape, text
from linter.snapshot.tables import Row, new_row

_ORIGIN = "modelOverrideFallbackOriginProvider"
_UNSCOPED = {"global": "global", "unknown": "other"}
_GROUPS = frozenset({"group", "channel", "room"})
_DIRECT = frozenset({"direct", "dm"})


def session_rows(
    entries: Iterable[tuple[str, dict[str, Any]]],
    place: Callable[[str], Row],
    agent_of: Callable[[str | None], str],
    main_key: str,
) -> list[Row]:
    """Return the rows of entries by key. What selection derives stays null until then.

    `place` gives the `at` of a key; `agent_of` says whose session it is, given the agent that the key names.
    """
    rows, unknown = [], new_row("sessions")
    for key, entry in entries:
        get = entry.get
        session_id = get("sessionId")
        folded = key.lower()
        named, rest = split_key(folded)
        pin, source, count = (
            get("authProfileOverride"),
            get("authProfileOverrideSource"),
            get("authProfileOverrideCompactionCount"),
        )
        rows.append(
            {
                **unknown,
                "at": place(key),
                "agent": agent_of(named),
                "key": key,
                "kind": kind_of(rest, main_key),
                "key_agent": named,
                "sessionId": session_id if isinstance(session_id, str) else None,
                "updatedAt": _scalar(get("updatedAt")),
                "archived": isinstance(get("archivedAt"), int | float),
                "authProfileOverride": None if pin is None else shape(pin),
                "authProfileOverrideSource": None if source is None else shape(source),
                "authProfileOverrideCompactionCount": None if count is None else shape(count),
                "compactionCount": _scalar(get("compactionCount")),
                "providerOverride": None if (value := get("providerOverride")) is None else text(value),
                "modelOverride": None if (value := get("modelOverride")) is None else text(value),
                "modelOverrideSource": None if (value := get("modelOverrideSource")) is None else text(value),
                _ORIGIN: None if (value := get(_ORIGIN)) is None else text(value),
                "liveModelSwitchPending": get("liveModelSwitchPending") is True,
                "modelProvider": None if (value := get("modelProvider")) is None else text(value),
                "model": None if (value := get("model")) is None else text(value),
                "agentRuntimeOverride": None
                if (value := get("agentRuntimeOverride")) is None
                else text(value),
                "spawnedBy": None if (value := get("spawnedBy")) is None else text(value),
                "folded_key": key if folded == key else folded,
            }
        )
    return rows


def split_key(folded: str) -> tuple[str | None, str]:
    """Split a key in lower case into the agent that it names and the rest."""
    if not folded.startswith("agent:"):
        return None, folded
    agent, colon, rest = folded[6:].partition(":")
    return (agent, rest) if colon and agent and rest else (None, folded)


def kind_of(rest: str, main_key: str) -> str:
    """Return what kind of conversation the part of a key behind the agent names."""
    if rest == main_key:
        return "main"
    first, _, tail = rest.partition(":")
    if not tail:
        return _UNSCOPED.get(rest, "other")
    if first == "cron":
        return "cron-run" if ":run:" in tail else "cron"
    if first == "subagent" or ":subagent:" in rest:
        return "subagent"
    if first == "acp":
        return "acp"
    if ":thread:" in rest or ":topic:" in rest:
        return "thread"
    parts = rest.split(":", 3)[:3]
    if not _GROUPS.isdisjoint(parts):
        return "group"
    return "other" if _DIRECT.isdisjoint(parts) else "direct"


def _scalar(value: Any) -> Any:
    return value if value is None or isinstance(value, int | float) else shape(value)
