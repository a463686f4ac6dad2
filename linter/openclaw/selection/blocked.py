"""Windows in which OpenClaw sets a profile aside, for every model or for one."""

import sys
from typing import Any, Final, NamedTuple

from linter.openclaw.selection.semantics import Semantics
from linter.snapshot.tables import Row

_REASONS = frozenset(
    {
        "auth",
        "auth_permanent",
        "format",
        "overloaded",
        "rate_limit",
        "billing",
        "timeout",
        "model_not_found",
        "session_expired",
        "empty_response",
        "no_error_details",
        "unclassified",
        "unknown",
    }
)
_NUMBERS = ("cooldownUntil", "disabledUntil", "blockedUntil", "errorCount", "lastFailureAt", "lastUsed")
_MODEL_REASONS = frozenset({"rate_limit", "timeout", "model_not_found"})
LATEST_DATE_MS = 8.64e15
"""The last time that JavaScript can tell; OpenClaw ignores later ones."""


class Scope(NamedTuple):
    """For which model a profile is wanted. Without one, blocks of single models count if `any_model`."""

    model: str | None
    any_model: bool


UNSCOPED: Final = Scope(None, any_model=True)
EVERY_MODEL: Final = Scope(None, any_model=False)


def for_model(model: str | None) -> Scope:
    """Return the scope of a turn on a model; without one, blocks of any model count."""
    return Scope(model, any_model=False) if model else UNSCOPED


class Windows(NamedTuple):
    """The ends (ms) of the windows that hold now, 0 where none does, and the model each is limited to."""

    cooldown: float
    disabled: float
    blocked: float
    cooldown_model: str | None
    blocked_model: str | None

    def until(self, scope: Scope) -> float | None:
        """Return when a profile becomes usable for a scope; None when it is."""
        other_block = _differs(self.blocked_model, scope)
        if _differs(self.cooldown_model, scope) and not self.disabled and (other_block or not self.blocked):
            return None
        ends = (
            0 if other_block else self.blocked,
            0 if scope is EVERY_MODEL and self.cooldown_model else self.cooldown,
            self.disabled,
        )
        return max(ends) or None

    def holds_for_every_model(self) -> bool:
        """Tell whether some window is not limited to one model."""
        return bool(
            self.disabled
            or (self.blocked and not self.blocked_model)
            or (self.cooldown and not self.cooldown_model)
        )

    def limited_to_a_model(self) -> tuple[float, str] | None:
        """Return (end, model) of the last window that is limited to one model."""
        limited = [
            (end, model)
            for end, model in ((self.cooldown, self.cooldown_model), (self.blocked, self.blocked_model))
            if end and model
        ]
        return max(limited) if limited else None


def windows(stats: Row, semantics: Semantics, now: int) -> Windows:
    """Return the windows of a `usage_stats` row that hold at `now`. Past ones count as cleared."""
    cooldown, disabled, blocked = (
        _holding(stats[name], semantics, now) for name in ("cooldownUntil", "disabledUntil", "blockedUntil")
    )
    return Windows(
        cooldown,
        disabled,
        blocked if semantics.coerces_state else 0,
        _text(stats["cooldownModel"])
        if semantics.limits_cooldowns and cooldown and stats["cooldownReason"] in _MODEL_REASONS
        else None,
        _text(stats["blockedModel"])
        if semantics.knows_global_blocks and blocked and stats["blockedScope"] == "model"
        else None,
    )


def is_loaded(stats: Row, semantics: Semantics) -> bool:
    """Tell whether OpenClaw loads a record: where it drops values of a wrong type, not if none is left."""
    if not semantics.coerces_state:
        return True
    counts = stats["failureCounts"] if isinstance(stats["failureCounts"], dict) else {}
    return bool(
        any(number(stats[name]) is not None for name in _NUMBERS)
        or _REASONS & {stats["cooldownReason"], stats["disabledReason"]}
        or stats["blockedReason"] == "subscription_limit"
        or _text(stats["cooldownModel"])
        or _text(stats["blockedModel"])
        or (semantics.knows_global_blocks and stats["blockedScope"] == "model")
        or any(reason in _REASONS and (number(count) or 0) > 0 for reason, count in counts.items())
    )


def order_scope(semantics: Semantics, model: str | None) -> Scope:
    """Return the scope in which a session's order moves blocked profiles back."""
    return for_model(model) if semantics.blocks_by_model else UNSCOPED


def summary_scope(semantics: Semantics) -> Scope:
    """Return the scope in which an agent's order is described, apart from any session."""
    return EVERY_MODEL if semantics.blocks_by_model else UNSCOPED


_LARGEST = sys.float_info.max


def number(value: Any) -> float | None:
    """Return a finite number, None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= _LARGEST:
        return None
    return value


def _holding(value: Any, semantics: Semantics, now: int) -> float:
    end = number(value)
    if end is None or end <= now or end <= 0 or (semantics.limits_dates and end > LATEST_DATE_MS):
        return 0
    return end


def _differs(limited_to: str | None, scope: Scope) -> bool:
    """Tell whether a limit to one model leaves the scope alone."""
    return limited_to is not None and not scope.any_model and limited_to != scope.model


def _text(value: Any) -> str | None:
    return (value.strip() or None) if isinstance(value, str) else None
