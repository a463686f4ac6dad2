"""Derived columns of session rows, and the turn that a session takes next."""

from collections.abc import Iterator
from typing import Any

from linter.openclaw.selection.blocked import number
from linter.openclaw.selection.order import Agent
from linter.openclaw.selection.pins import Turn, implied_source
from linter.openclaw.selection.provider import (
    accepted_providers,
    billed_either_way,
    prefix_of,
    realm_of,
    same_model,
    split_profile,
)
from linter.openclaw.selection.semantics import Semantics
from linter.snapshot.tables import Row

ACTIVE_WINDOW_MS = 7 * 24 * 60 * 60 * 1000
_THREAD = ":thread:"


def describe(
    sessions: list[Row], agents: dict[str, Row], semantics: Semantics | None, now: int, active_window_ms: int
) -> None:
    """Fill the columns that follow from the session itself and its agent's settings."""
    by_key: dict[tuple[str, str], Row] = {(row["agent"], row["key"]): row for row in sessions}
    for row in sessions:
        pin = row["authProfileOverride"]
        pin = (pin.strip() or None) if isinstance(pin, str) else None
        row["pin"] = pin
        row["pin_realm"] = prefix_of(pin) if pin else None
        row["override_source"] = implied_source(
            pin, row["authProfileOverrideSource"], row["authProfileOverrideCompactionCount"], semantics
        )
        updated = number(row["updatedAt"])
        row["live"] = bool(
            not row["archived"]
            and row["sessionId"]
            and updated is not None
            and updated >= now - active_window_ms
        )
        row["suffix_field"], row["suffix"] = _suffix(row)
        row["session_provider"], row["session_model"] = _next_model(row, by_key, agents.get(row["agent"]))


def turn_of(row: Row, agent_row: Row | None, agent: Agent) -> Turn | None:
    """Return the next turn of a described session; None while its provider is unknown."""
    provider = row["session_provider"]
    if provider is None:
        return None
    return Turn(
        _providers(row, agent_row, agent, provider),
        row["model"] or None,
        row["pin"],
        row["override_source"],
        _is_compacted(row["compactionCount"], row["authProfileOverrideCompactionCount"]),
        billed_either_way(provider, row["session_model"]),
        realm_of(row["providerOverride"]) or provider,
        _configured_profile(row, agent_row, agent.semantics, provider),
    )


def _providers(row: Row, agent_row: Row | None, agent: Agent, provider: str) -> tuple[str, ...]:
    runtime = row["agentRuntimeOverride"] or (agent_row["runtime"] if agent_row else None)
    return accepted_providers(agent.semantics, provider, runtime, lambda: _starts_with_codex(agent))


def _starts_with_codex(agent: Agent) -> bool:
    listed = agent.config.orders.get("openai")
    return bool(listed and listed.ids and prefix_of(listed.ids[0]) == "openai-codex")


def _configured_profile(row: Row, agent_row: Row | None, semantics: Semantics, provider: str) -> str | None:
    """Return the profile behind the agent's primary model, if the session runs on that model."""
    if not semantics.honours_suffix or agent_row is None or not agent_row["model_suffix"]:
        return None
    configured = _model_of(agent_row)
    runs_on_it = provider == agent_row["model_provider"] and same_model(row["session_model"], configured)
    return agent_row["model_suffix"] if runs_on_it else None


def _next_model(
    row: Row, sessions: dict[tuple[str, str], Row], agent_row: Row | None
) -> tuple[str | None, str | None]:
    """Return realm and model of the next turn: as chosen (or by a thread's parent), the agent's, the last."""
    for candidate in _choosers(row, sessions):
        chosen = (candidate["modelOverride"] or "").strip()
        if chosen:
            return _chosen(chosen, candidate["providerOverride"], agent_row)
    if agent_row is not None and agent_row["model_provider"]:
        return agent_row["model_provider"], _model_of(agent_row)
    model = (row["model"] or "").strip()
    return realm_of(row["modelProvider"]), split_profile(model).model if model else None


def _choosers(row: Row, sessions: dict[tuple[str, str], Row]) -> Iterator[Row]:
    yield row
    if not row["modelOverride"] and _THREAD in row["key"]:
        parent = sessions.get((row["agent"], row["key"][: row["key"].rindex(_THREAD)]))
        if parent is not None:
            yield parent


def _chosen(model: str, provider: str | None, agent_row: Row | None) -> tuple[str | None, str | None]:
    """Split a chosen model; its provider stands beside it, before its first slash, or is the agent's."""
    realm = realm_of(provider)
    if realm is None:
        head, slash, rest = model.partition("/")
        if slash:
            realm, model = realm_of(head), rest.strip()
        else:
            realm = agent_row["model_provider"] if agent_row else None
    return realm, split_profile(model).model if "@" in model else model


def _model_of(agent_row: Row) -> str | None:
    _, slash, model = (agent_row["model"] or "").partition("/")
    return model if slash else agent_row["model"]


def _suffix(row: Row) -> tuple[str | None, str | None]:
    for field in ("modelOverride", "model"):
        value = row[field]
        if value and "@" in value:
            profile = split_profile(value).profile
            if profile:
                return field, profile
    return None, None


def _is_compacted(count: Any, stored: Any) -> bool:
    """Tell whether a session was compacted since its pin was set."""
    before, after = number(stored), number(count)
    return before is not None and (after or 0) > before
