"""In which order an agent tries the profiles of one provider."""

from typing import NamedTuple

from linter.openclaw.selection.blocked import Scope, Windows, number, windows
from linter.openclaw.selection.eligibility import OK, eligibility
from linter.openclaw.selection.provider import CODEX, COOLDOWN_FREE, OPENAI, auth_provider, prefix_of, serves
from linter.openclaw.selection.semantics import Semantics
from linter.openclaw.selection.stores import Config, OrderList
from linter.openclaw.selection.view import View, unique
from linter.snapshot.tables import Row

_TYPE_RANK = {"oauth": 0, "token": 1, "api_key": 2}


class Candidates(NamedTuple):
    """Who may be tried, blocks aside: `kept` as the base names them, `ids` as they are tried.

    These differ where no list decides (`explicit`), and profiles take turns.
    """

    layer: str
    row: Row | None
    has_list: bool
    explicit: bool
    base: list[str]
    kept: list[str]
    ids: list[str]
    fallback: bool


class Agent(NamedTuple):
    """Everything about one agent that decides its orders. `inherits` is the scope whose store it sees too."""

    id: str
    inherits: str | None
    view: View
    config: Config
    semantics: Semantics
    now: int

    def code(self, profile_id: str, provider: str) -> str:
        """Return the reason code of an id for a provider."""
        profile, declared = self.view.profiles.get(profile_id), self.config.declared.get(profile_id)
        return eligibility(profile, declared, provider, self.semantics, self.now)

    def usable(self, ids: list[str], provider: str) -> list[str]:
        """Return the ids that may be used for a provider, once each."""
        return unique(listed for listed in ids if self.code(listed, provider) == OK)

    def windows(self, profile_id: str) -> Windows | None:
        """Return the windows of an id that hold; None where there are none."""
        stats, profile = self.view.stats.get(profile_id), self.view.profiles.get(profile_id)
        if stats is None or (profile is not None and profile["realm"] in COOLDOWN_FREE):
            return None
        return windows(stats, self.semantics, self.now)

    def blocked_until(self, profile_id: str, scope: Scope) -> float | None:
        """Return when an id becomes usable for a scope; None when it is."""
        held = self.windows(profile_id)
        return held.until(scope) if held else None

    def stored(self, provider: str) -> list[str]:
        """Return the visible ids whose credential serves a provider."""
        return [
            profile_id
            for profile_id, row in self.view.profiles.items()
            if serves(self.semantics, row["realm"], row["type"], provider)
        ]

    def starts_with_codex(self) -> bool:
        """Tell whether the configured `openai` order begins with a Codex login."""
        listed = self.config.orders.get(OPENAI)
        return bool(listed and listed.ids and prefix_of(listed.ids[0]) == CODEX)

    def declared(self, provider: str) -> list[str]:
        """Return the ids that `auth.profiles` declares for a provider."""
        found = []
        for profile_id, row in self.config.declared.items():
            profile = self.view.profiles.get(profile_id)
            if serves(self.semantics, row["realm"], profile["type"] if profile else row["mode"], provider):
                found.append(profile_id)
        return found


def candidates(agent: Agent, provider: str, deciding: OrderList | None) -> Candidates:
    """Return who is tried for a provider if a list decides; without one what is declared, else stored."""
    semantics, declared = agent.semantics, agent.declared(provider)
    if deciding is not None:
        base, layer, row = deciding
    else:
        base, layer, row = declared or agent.stored(provider), "declared" if declared else "store", None
    kept = agent.usable(base, provider)
    may_fall_back = declared or (layer != "config" and semantics.stored_order_falls_back)
    all_missing = not kept and not any(listed in agent.view.profiles for listed in base)
    falls_back = bool(may_fall_back and base and all_missing)
    if falls_back:
        kept = agent.usable(agent.stored(provider), provider)
    explicit = row is not None and bool(base) and not (falls_back and semantics.stored_order_falls_back)
    ids = kept if explicit else sorted(kept, key=lambda listed: _rotation_rank(agent, listed))
    return Candidates(layer, row, row is not None, explicit, base, kept, ids, falls_back)


def arrange(agent: Agent, found: Candidates, scope: Scope) -> list[str]:
    """Return the ids as they are tried: those blocked for the scope last, the soonest end first."""
    blocked = {profile_id: agent.blocked_until(profile_id, scope) for profile_id in found.kept}
    waiting = [(until, profile_id) for profile_id, until in blocked.items() if until is not None]
    waiting.sort(key=lambda entry: entry[0])
    return [listed for listed in found.ids if blocked[listed] is None] + [listed for _, listed in waiting]


def list_of(agent: Agent, provider: str) -> OrderList | None:
    """Return the order list that decides for a provider, if one does."""
    names = unique((auth_provider(agent.semantics, provider), provider))
    lists = (lists.get(name) for lists in (agent.view.orders, agent.config.orders) for name in names)
    own = next((listed for listed in lists if listed), None)
    if own is not None or provider != CODEX or not agent.semantics.pairs_openai_and_codex:
        return own
    other = agent.view.orders.get(OPENAI) or agent.config.orders.get(OPENAI)
    if other is None:
        return None
    logins = [listed for listed in agent.stored(CODEX) if agent.view.profiles[listed]["realm"] == CODEX]
    mixed = any(listed in logins for listed in other.ids)
    return other._replace(ids=unique([*other.ids, *logins] if mixed else [*logins, *other.ids]))


def _rotation_rank(agent: Agent, profile_id: str) -> tuple[int, bool, float]:
    profile, stats = agent.view.profiles.get(profile_id), agent.view.stats.get(profile_id)
    last_used = number(stats["lastUsed"]) if stats else None
    if profile is None:
        return 3, False, last_used or 0
    expired = agent.semantics.unexpired_first and profile["type"] == "oauth" and _is_past(profile, agent.now)
    return _TYPE_RANK.get(profile["type"], 3), expired, last_used or 0


def _is_past(profile: Row, now: int) -> bool:
    expires = number(profile["expires"])
    return expires is not None and 0 < expires <= now


class Orders:
    """The orders of one agent, each worked out once."""

    def __init__(self, agent: Agent) -> None:
        self.agent = agent
        self._candidates: dict[str, Candidates] = {}
        self._arranged: dict[tuple[str, Scope], list[str]] = {}

    def candidates(self, provider: str) -> Candidates:
        """Return who is tried for a provider."""
        if provider not in self._candidates:
            self._candidates[provider] = candidates(self.agent, provider, list_of(self.agent, provider))
        return self._candidates[provider]

    def arranged(self, provider: str, scope: Scope) -> list[str]:
        """Return the ids that are tried for a provider, those blocked for the scope last."""
        key = (provider, scope)
        if key not in self._arranged:
            self._arranged[key] = arrange(self.agent, self.candidates(provider), scope)
        return self._arranged[key]
