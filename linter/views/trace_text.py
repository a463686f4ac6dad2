"""The trace of a session in words."""

from collections.abc import Callable, Iterator

from linter.engine.functions import time
from linter.snapshot.tables import Row
from linter.sources.printable import printable
from linter.views.layers import LAYERS
from linter.views.trace import Candidate, Trace

_ORDER_LAYERS = {
    "agent": "the agent's own order",
    "shared": "the shared order",
    "main": "the order of main, which this agent inherits",
    "config": "auth.order of openclaw.json",
    "declared": "no order; the profiles that auth.profiles declares, in rotation",
    "store": "no order; all stored profiles, in rotation",
}
_LEFT_OUT = {
    "profile_missing": "is not stored for this agent",
    "provider_mismatch": "is of another provider, by its credential or by auth.profiles",
    "mode_mismatch": "is declared as another type in auth.profiles",
    "missing_credential": "holds no secret",
    "malformed_api_key": "holds a pasted command instead of a key",
    "unresolved_ref": "refers to a secret that is not there",
    "expired": "has expired and cannot renew itself",
    "invalid_expires": "has no valid expiry date",
    "setup_inactive": "waits for the setup wizard to activate it",
    "excluded_by_auth_order": "is stored, but not in the order that decides",
    "undeclared": "is stored, but auth.profiles declares only others",
}
_REASONS = {
    "pinned": "the session is pinned to it",
    "first_in_order": "the session has no pin, and it is first in the order",
    "profile_missing": "the pinned profile is not stored for this agent",
    "provider_mismatch": "the pinned profile is of another provider than the session",
    "not_in_order": "the pinned profile is not in the order",
    "blocked": "the pinned profile is blocked",
    "compacted": "the session was compacted since it was pinned",
    "recovered": "a profile further up in the order is free again",
    "suffix": "the configured model names it",
    "suffix_missing": "the configured model names a profile that is not stored",
    "suffix_mismatch": "the configured model names a profile of another provider",
    "personal_account": "the pin is a personal account, whose credentials lie outside the stores",
    "all_blocked": "every profile of the order is blocked",
    "no_profile": "no profile of this provider can be used",
    "agent_unknown": "the agent of the session is not known",
    "provider_unknown": "nothing says which provider the session runs on",
    "state_unknown": "what decides cannot be read, or is of an OpenClaw that authlint does not know",
}


def trace_text(trace: Trace, place_of: Callable[[Row], str]) -> str:
    """Return the whole explanation, ending with what the next turn does.

    `place_of` names the place of an `at` for people.
    """
    session, selection = trace.session, trace.selection
    model = "/".join(part for part in (selection["provider"], session["session_model"]) if part)
    state = "" if session["live"] else ", idle"
    lines = [f"{session['key']}  (agent {session['agent']}, {model or 'model unknown'}{state})", ""]
    lines.extend(_opinions(trace, place_of))
    lines.extend(["", *_order(trace), "", *_turn(selection, session)])
    return "\n".join(map(printable, lines))


def _opinions(trace: Trace, place_of: Callable[[Row], str]) -> Iterator[str]:
    named = [
        (name, f"{opinion.profile or 'none'}{f' ({opinion.detail})' if opinion.detail else ''}", opinion)
        for name, opinion in zip(LAYERS, trace.layers.opinions, strict=True)
        if opinion.profile or name == "pin"
    ]
    label_width, width = max(len(name) for name in LAYERS), max(len(text) for _, text, _ in named)
    for name, text, opinion in named:
        mark = "≠ next" if opinion.differs else ""
        place = place_of(opinion.at) if opinion.at and opinion.profile else ""
        yield f"  {name:{label_width}}  {text:{width}}  {mark:6}  {place}".rstrip()


def _order(trace: Trace) -> Iterator[str]:
    if trace.order is None and trace.selection["outcome"] == "unknown":
        yield "  Order: cannot be told."
        return
    if trace.order is None:
        yield "  No order: no profile of this provider is stored, listed or declared."
        return
    yield f"  Order: {_ORDER_LAYERS[trace.order['layer']]}"
    if trace.order["fallback"]:
        yield "  Every profile of it is missing, so all stored profiles take its place."
    yield from (f"    {_candidate(candidate)}" for candidate in trace.candidates)


def _candidate(candidate: Candidate) -> str:
    if candidate.position is None:
        return f"-  {candidate.profile} {_LEFT_OUT.get(candidate.reason, candidate.reason)}"
    blocked = f", blocked until {time(candidate.blocked_until)}" if candidate.blocked_until else ""
    limit = ", after the fallback models when rate limits are hit" if candidate.beyond_limit else ""
    return f"{candidate.position + 1}  {candidate.profile}{blocked}{limit}"


def _turn(selection: Row, session: Row) -> Iterator[str]:
    reason = _REASONS.get(selection["reason"], selection["reason"])
    if selection["outcome"] == "unrunnable":
        yield f"  Next turn: fails with {selection['profile']}, because {reason}."
    elif selection["outcome"] == "unknown":
        yield f"  Next turn: cannot be told from here, because {reason}."
    elif selection["profile"] is None:
        yield f"  Next turn: has no profile, because {reason}."
    else:
        yield f"  Next turn: {selection['profile']}, because {reason}."
    yield f"  It writes: {_writes(selection, session)}"


def _writes(selection: Row, session: Row) -> str:
    before = (session["pin"], session["override_source"])
    after = (selection["pin_after"], selection["source_after"])
    if before == after:
        return "nothing; the pin stays as it is." if before[0] else "nothing."
    if after[0] is None:
        return f"the pin on {before[0]} is removed."
    return f"the session is pinned to {after[0]} (source {after[1]})."
