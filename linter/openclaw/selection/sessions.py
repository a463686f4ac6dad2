"""Derived columns of session rows, and the turn that a session takes next.

There may be 100,000 sessions, but few that differ in what decides: those that are equal in it share one Case.
"""

from typing import NamedTuple

from linter.openclaw.selection.blocked import number
from linter.openclaw.selection.conversations import fill_conversations
from linter.openclaw.selection.order import Agent
from linter.openclaw.selection.pins import Turn, implied_source
from linter.openclaw.selection.provider import (
    OPENAI_REALMS,
    accepted_providers,
    billed_either_way,
    full_model,
    prefix_of,
    realm_of,
    same_model,
    spelled,
    split_profile,
)
from linter.openclaw.selection.semantics import Semantics
from linter.snapshot.tables import Row

ACTIVE_WINDOW_MS = 7 * 24 * 60 * 60 * 1000


class Case(NamedTuple):
    """What sessions have in common that are equal in all that decides their next turn.

    `columns` are the derived columns of their rows; `turn` is None while agent or provider is unknown.
    """

    columns: Row
    turn: Turn | None


class _Raw(NamedTuple):
    """The stored values that decide, plain ones only. The chosen model may be that of a thread's parent."""

    agent: str
    chosen_provider: str | None
    chosen_model: str | None
    provider_override: str | None
    model_override: str | None
    model_provider: str | None
    model: str | None
    runtime: str | None
    pin: str | None
    source: str | None
    counted: bool
    compacted: bool


class Cases:
    """Works out the case of each session, once per case."""

    def __init__(
        self,
        sessions: list[Row],
        agents: dict[str, Row],
        known: dict[str, Agent],
        semantics: Semantics | None,
    ) -> None:
        self._agents = agents
        self._known = known
        self._semantics = semantics
        self._cases: dict[_Raw, Case] = {}
        self._ignores_default = semantics is not None and semantics.marks_default_choice
        self._takes_topics = semantics is not None and semantics.topics_take_model
        self._parents = {
            (row["agent"], row["key"]): row
            for row in sessions
            if row["modelOverride"] and not self._takes_default(row)
        }

    def of(self, row: Row) -> Case:
        """Return the case of a session."""
        raw = self._raw(row)
        case = self._cases.get(raw)
        if case is None:
            case = self._cases[raw] = self._case(raw)
        return case

    def _raw(self, row: Row) -> _Raw:
        chooser, key = row, row["key"]
        takes_default = self._takes_default(row)
        if not row["modelOverride"] and not takes_default:
            end = key.rfind(":thread:")
            if self._takes_topics:
                end = max(end, key.rfind(":topic:"))
            if end >= 0:
                chooser = self._parents.get((row["agent"], key[:end]), row)
        pin, source = row["authProfileOverride"], row["authProfileOverrideSource"]
        before, after = row["authProfileOverrideCompactionCount"], row["compactionCount"]
        counted = type(before) is int or type(before) is float
        return _Raw(
            row["agent"],
            None if takes_default else chooser["providerOverride"],
            None if takes_default else chooser["modelOverride"],
            row["providerOverride"],
            row["modelOverride"],
            row["modelProvider"],
            row["model"],
            row["agentRuntimeOverride"],
            pin if type(pin) is str else None,
            source if type(source) is str else None,
            counted,
            counted and ((after if type(after) is int or type(after) is float else 0) > before),
        )

    def _takes_default(self, row: Row) -> bool:
        """Tell whether the agent's model was chosen, whatever else is still stored."""
        return self._ignores_default and row["modelOverrideSource"] == "default"

    def _case(self, raw: _Raw) -> Case:
        agent_row, agent = self._agents.get(raw.agent), self._known.get(raw.agent)
        pin = (raw.pin or "").strip() or None
        profile = agent.view.profiles.get(pin) if agent is not None and pin else None
        provider, model = _next_model(raw, agent_row, self._semantics)
        field, suffix = _suffix(raw)
        columns = {
            "pin": pin,
            "pin_realm": profile["realm"] if profile else prefix_of(pin) if pin else None,
            "override_source": implied_source(
                pin, raw.source, counted=raw.counted, semantics=self._semantics
            ),
            "session_provider": provider,
            "session_model": model,
            "suffix_field": field,
            "suffix": suffix,
            "pin_holders": [] if profile or not pin else self._holders(pin),
        }
        turn = None
        if agent is not None and provider is not None:
            turn = _turn(raw, columns, agent_row, agent, provider)
        return Case(columns, turn)

    def _holders(self, pin: str) -> list[str]:
        return [name for name, agent in self._known.items() if pin in agent.view.own.profiles]


def describe(
    sessions: list[Row],
    agents: dict[str, Row],
    known: dict[str, Agent],
    semantics: Semantics | None,
    oldest_live: float,
) -> list[Case]:
    """Fill the derived columns of sessions (`oldest_live` in ms); return the case of each."""
    fill_conversations(sessions)
    cases = Cases(sessions, agents, known, semantics)
    found = []
    for row in sessions:
        case = cases.of(row)
        found.append(case)
        row.update(case.columns)
        updated = row["updatedAt"]
        row["live"] = bool(
            not row["archived"]
            and row["sessionId"]
            and number(updated) is not None
            and updated >= oldest_live
        )
    return found


def _turn(raw: _Raw, columns: Row, agent_row: Row | None, agent: Agent, provider: str) -> Turn:
    runtime = raw.runtime or (agent_row["runtime"] if agent_row else None)
    return Turn(
        accepted_providers(agent.semantics, provider, runtime, agent.starts_with_codex),
        raw.model or None,
        columns["pin"],
        columns["override_source"],
        raw.compacted,
        billed_either_way(provider, columns["session_model"]),
        realm_of(raw.provider_override) or provider,
        _configured_profile(columns, agent_row, agent.semantics),
        runs_native(agent_row, runtime, provider),
    )


def runs_native(agent_row: Row | None, runtime: str | None, provider: str) -> bool:
    """Tell whether Codex turns use the login of the Codex CLI's home, whatever OpenClaw has stored."""
    scope = agent_row["codex_home_scope"] if agent_row else None
    return scope == "user" and runtime == "codex" and provider in OPENAI_REALMS


def _configured_profile(columns: Row, agent_row: Row | None, semantics: Semantics) -> str | None:
    """Return the profile behind the agent's primary model, if the session runs on that model."""
    if not semantics.honours_suffix or agent_row is None:
        return None
    runs_on_it = columns["session_provider"] == agent_row["model_provider"] and same_model(
        columns["session_model"], _model_of(agent_row, semantics)
    )
    profile: str | None = agent_row["model_suffix"]
    return profile if runs_on_it else None


def _next_model(
    raw: _Raw, agent_row: Row | None, semantics: Semantics | None
) -> tuple[str | None, str | None]:
    """Return realm and model of the next turn: as chosen, else the agent's, else the last."""
    chosen = (raw.chosen_model or "").strip()
    if chosen:
        return _chosen(chosen, raw.chosen_provider, agent_row, semantics)
    if agent_row is not None and agent_row["model_provider"]:
        return agent_row["model_provider"], _model_of(agent_row, semantics)
    model = (raw.model or "").strip()
    return realm_of(raw.model_provider), split_profile(model).model if model else None


def _chosen(
    model: str, provider: str | None, agent_row: Row | None, semantics: Semantics | None
) -> tuple[str | None, str | None]:
    """Split a chosen model; its provider stands beside it, before its first slash, or is the agent's."""
    realm = realm_of(provider)
    head, slash, rest = model.partition("/")
    strips = semantics is None or semantics.strips_model_provider
    if realm is not None and slash and strips and realm_of(head) == realm:
        model = rest.strip()
    if realm is None:
        if slash and (semantics is None or semantics.splits_model_choice):
            realm, model = realm_of(head), rest.strip()
        else:
            realm = agent_row["model_provider"] if agent_row else None
    return realm and spelled(semantics, realm), full_model(semantics, realm, split_profile(model).model)


def _model_of(agent_row: Row, semantics: Semantics | None) -> str | None:
    _, slash, model = (agent_row["model"] or "").partition("/")
    return full_model(semantics, agent_row["model_provider"], model if slash else agent_row["model"])


def _suffix(raw: _Raw) -> tuple[str | None, str | None]:
    for field, value in (("modelOverride", raw.model_override), ("model", raw.model)):
        profile = split_profile(value).profile if value else None
        if profile:
            return field, profile
    return None, None
