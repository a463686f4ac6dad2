"""What the next turn of a session does with its pin, and which profile it uses."""

from collections.abc import Sequence
from typing import NamedTuple

from linter.openclaw.selection.blocked import UNSCOPED, for_model, number, order_scope
from linter.openclaw.selection.eligibility import MISSING
from linter.openclaw.selection.order import Agent, Orders
from linter.openclaw.selection.provider import (
    auth_provider,
    billing,
    declares_cloud_login,
    is_personal,
    prefix_of,
    realm_of,
    serves,
)
from linter.openclaw.selection.semantics import Semantics
from linter.openclaw.selection.view import unique

_SUFFIX_FAULTS = frozenset({"suffix_missing", "suffix_mismatch"})
"""Reasons for which a turn ends before any runtime has it."""


class Turn(NamedTuple):
    """All that decides a turn: turns of one agent that are equal in this use the same profile.

    `model` is the model of the last run, which limits blocks. `recorded_provider` is what a pin without a
    prefix is taken to belong to. `suffix` is the profile behind `model@` where the turn runs on that model.
    `native` tells that Codex runs it with the login of its own home.
    """

    providers: tuple[str, ...]
    model: str | None
    pin: str | None
    source: str | None
    compacted: bool
    billed_either_way: bool
    recorded_provider: str | None
    suffix: str | None
    native: bool


class Selection(NamedTuple):
    """What comes of a turn; the columns of `selections`."""

    profile: str | None
    source: str | None
    outcome: str
    reason: str
    pin_after: str | None
    source_after: str | None


def implied_source(
    pin: str | None, source: str | None, *, counted: bool, semantics: Semantics | None
) -> str | None:
    """Return the source of a pin: as stored, else `auto` with a compaction count and `user` without one."""
    if pin is None:
        return None
    blank_counts = semantics is not None and not semantics.knows_global_blocks
    if source or (source == "" and blank_counts):
        return source
    return "auto" if counted else "user"


def select(turn: Turn, orders: Orders) -> Selection:
    """Return what comes of a turn. The pin is renewed also where Codex then uses a login of its own."""
    selection = _selection(turn, orders)
    if not turn.native or selection.reason in _SUFFIX_FAULTS:
        return selection
    return selection._replace(profile=None, source=None, outcome="native", reason="codex_home")


def _selection(turn: Turn, orders: Orders) -> Selection:
    semantics = orders.agent.semantics
    scope = order_scope(semantics, turn.model)
    order = unique(listed for provider in turn.providers for listed in orders.arranged(provider, scope))
    if not semantics.knows_global_blocks:
        return _select_before_2026_8(turn, order, orders.agent)
    selection = _select(turn, order, orders)
    return _with_suffix(turn, selection, orders.agent) if turn.suffix else selection


def serves_any(agent: Agent, profile_id: str, providers: Sequence[str]) -> bool:
    """Tell whether an id can sign in at one of the providers: all that a pin must do, whatever lists say."""
    profile, declared = agent.view.profiles.get(profile_id), agent.config.declared.get(profile_id)
    if profile is None:
        return any(declares_cloud_login(declared, provider) for provider in providers)
    return any(serves(agent.semantics, profile["realm"], profile["type"], provider) for provider in providers)


def _defect(turn: Turn, agent: Agent) -> str | None:
    """Return why a pin cannot be used at all."""
    if turn.pin is None or serves_any(agent, turn.pin, turn.providers):
        return None
    return "provider_mismatch" if turn.pin in agent.view.profiles else MISSING


def _select_before_2026_8(turn: Turn, order: list[str], agent: Agent) -> Selection:
    pin, by_user = turn.pin, turn.source == "user"
    defect = _defect(turn, agent)
    if pin and not defect and order and pin not in order:
        defect = None if by_user and agent.semantics.keeps_unlisted_user_pin else "not_in_order"
    if defect:
        pin = None
    if not order:
        return _nobody("no_profile", defect, turn, pin)
    free = [listed for listed in order if agent.blocked_until(listed, UNSCOPED) is None]
    blocked = pin is not None and agent.blocked_until(pin, UNSCOPED) is not None
    if pin is None:
        return _taken(
            (free or order)[0], turn, "replaced" if defect else "chosen", defect or "first_in_order"
        )
    if blocked and agent.semantics.replaces_blocked_user_pin and free:
        return _taken(free[0], turn, "replaced" if by_user else "rotated", "blocked")
    if by_user:
        return Selection(pin, turn.source, "kept", "pinned", pin, turn.source)
    if turn.compacted:
        return _taken(_next(order, free, pin), turn, "rotated", "compacted")
    if blocked:
        return _taken((free or order)[0], turn, "rotated", "blocked")
    return _taken(pin, turn, "kept", "pinned")


def _select(turn: Turn, order: list[str], orders: Orders) -> Selection:
    agent, pin = orders.agent, turn.pin
    semantics = agent.semantics
    by_user = turn.source == "user" or (turn.source == "user-link" and semantics.links_users)
    defect = _defect(turn, agent)
    if pin and defect == MISSING:
        if semantics.hides_personal and is_personal(pin):
            return Selection(pin, turn.source, "unknown", "personal_account", pin, turn.source)
        if by_user and semantics.keeps_missing_user_pin and _belongs(pin, turn, agent):
            return Selection(pin, turn.source, "unrunnable", MISSING, pin, turn.source)
    if pin and not defect:
        if by_user:
            return Selection(pin, turn.source, "kept", "pinned", pin, turn.source)
        if order and pin not in order:
            defect = "not_in_order"
    if defect:
        pin = None
    if not order:
        return _nobody("no_profile", defect, turn, pin)
    if all(_is_blocked_for_every_model(agent, listed) for listed in order):
        return _nobody("all_blocked", defect or (pin and "all_blocked"), turn, None)
    return _rotate(turn, pin, defect, order, orders)


def _rotate(turn: Turn, pin: str | None, defect: str | None, order: list[str], orders: Orders) -> Selection:
    agent, scope = orders.agent, for_model(turn.model)
    free = [listed for listed in order if agent.blocked_until(listed, scope) is None]
    if pin is None:
        return _taken(
            (free or order)[0], turn, "replaced" if defect else "chosen", defect or "first_in_order"
        )
    blocked = agent.blocked_until(pin, scope) is not None
    compacted = turn.compacted and agent.semantics.rotates_on_compaction
    if agent.semantics.moves_up and turn.source == "auto" and not blocked and not compacted:
        better = _recovered(pin, turn, orders)
        if better:
            return _taken(better, turn, "rotated", "recovered")
    if not blocked and not compacted:
        return _taken(pin, turn, "kept", "pinned")
    kind = _billing(agent, pin) if turn.billed_either_way else None
    if kind:
        order = [listed for listed in order if _billing(agent, listed) == kind]
        free = [listed for listed in free if _billing(agent, listed) == kind]
    if blocked:
        return _taken((free or order)[0], turn, "rotated", "blocked")
    return _taken(_next(order, free, pin), turn, "rotated", "compacted")


def _with_suffix(turn: Turn, selection: Selection, agent: Agent) -> Selection:
    """Let `model@profile` decide, unless a user's pin does. What the turn does to the pin stays."""
    suffix = turn.suffix or ""
    if selection.source in ("user", "user-link") or (selection.outcome == "unknown" and selection.profile):
        return selection
    if serves_any(agent, suffix, turn.providers):
        outcome, reason = "chosen", "suffix"
    elif is_personal(suffix):
        outcome, reason = "unknown", "personal_account"
    else:
        missing = suffix not in agent.view.profiles
        outcome, reason = "unrunnable", "suffix_missing" if missing else "suffix_mismatch"
    return selection._replace(profile=suffix, source="suffix", outcome=outcome, reason=reason)


def _recovered(pin: str, turn: Turn, orders: Orders) -> str | None:
    """Return a profile before the pin in an explicit order whose rate limit was hit and is over."""
    agent = orders.agent
    scope = order_scope(agent.semantics, turn.model)
    for provider in turn.providers:
        arranged = orders.arranged(provider, scope)
        if not orders.candidates(provider).has_list or pin not in arranged:
            continue
        for listed in arranged[: arranged.index(pin)]:
            free = agent.blocked_until(listed, for_model(turn.model)) is None
            if free and _rate_limited(agent, listed):
                return listed
    return None


def _rate_limited(agent: Agent, profile_id: str) -> bool:
    stats = agent.view.stats.get(profile_id)
    counts = stats["failureCounts"] if stats else None
    return isinstance(counts, dict) and (number(counts.get("rate_limit")) or 0) >= 1


def _belongs(pin: str, turn: Turn, agent: Agent) -> bool:
    """Tell whether a pin on a profile that is gone was meant for the provider of the turn."""
    stored = agent.view.own.profiles.get(pin) or agent.view.inherited.profiles.get(pin)
    recorded = stored or agent.config.declared.get(pin)
    provider = recorded["realm"] if recorded and recorded["realm"] else prefix_of(pin)
    provider = provider or realm_of(turn.recorded_provider)
    names = {auth_provider(agent.semantics, one) for one in turn.providers}
    return provider is not None and auth_provider(agent.semantics, provider) in names


def _is_blocked_for_every_model(agent: Agent, profile_id: str) -> bool:
    held = agent.windows(profile_id)
    return held is not None and held.holds_for_every_model()


def _billing(agent: Agent, profile_id: str) -> str | None:
    profile, declared = agent.view.profiles.get(profile_id), agent.config.declared.get(profile_id)
    return billing(profile["type"] if profile else declared["mode"] if declared else None)


def _next(order: list[str], free: list[str], pin: str) -> str:
    """Return the next free profile behind a pin, in a circle; the pin itself if there is none."""
    if pin not in order:
        return (free or order)[0]
    start = order.index(pin)
    circle = order[start + 1 :] + order[: start + 1]
    return next((listed for listed in circle if listed in free), pin)


def _taken(profile: str, turn: Turn, outcome: str, reason: str) -> Selection:
    """Return the choice of a profile, which becomes the automatic pin."""
    if profile == turn.pin:
        return Selection(profile, "auto", "kept", reason, profile, "auto")
    return Selection(profile, "order", outcome, reason, profile, "auto")


def _nobody(reason: str, defect: str | None, turn: Turn, pin: str | None) -> Selection:
    """Return that no stored profile is chosen; a pin that is not at fault stays as it is."""
    return Selection(
        None, None, "cleared" if defect else "unknown", defect or reason, pin, turn.source if pin else None
    )
