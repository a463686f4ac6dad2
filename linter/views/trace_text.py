"""The trace of a session in words."""

from collections.abc import Callable, Iterator

from linter.engine.functions import time
from linter.printable import printable
from linter.reports.wrapping import BOLD, RED, Painter, wrapped
from linter.snapshot.tables import Row
from linter.snapshot.unread import unread_lines
from linter.views.diff.words import CONDITIONS
from linter.views.layers import LAYERS
from linter.views.trace import Candidate, Trace

_NONE = {"answered": "unknown"}
_UNBROKEN = "\u00a0"
_ORDER_LAYERS = {
    "agent": "the agent's own order",
    "shared": "the shared order",
    "main": "the order that this agent inherits",
    "config": "auth.order of openclaw.json",
    "declared": "no order; the profiles that auth.profiles declares, in rotation",
    "store": "no order; all stored profiles, in rotation",
}
_LEFT_OUT = {
    "profile_missing": "is not stored for this agent",
    "provider_mismatch": "is of another provider, by its credential or by auth.profiles",
    "mode_mismatch": "is declared as another type in auth.profiles",
    **CONDITIONS,
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
    "codex_home": "homeScope of the Codex plugin is user; order and pins do not count",
    "agent_unknown": "the agent of the session is not known",
    "provider_unknown": "nothing says which provider the session runs on",
    "state_unknown": "what decides cannot be read, or is of an OpenClaw that authlint does not know",
}


def trace_text(trace: Trace, place_of: Callable[[Row], str], width: int, paint: Painter) -> str:
    """Return the whole explanation, ending with what the next turn does.

    `place_of` names the place of an `at` for people.
    """
    session, selection = trace.session, trace.selection
    model = "/".join(part for part in (selection["provider"], session["session_model"]) if part)
    state = "" if session["live"] else ", idle"
    about = f"(agent {session['agent']}, {model or 'model unknown'}{state})"
    head, *more = wrapped(printable(f"{session['key']}  {about}"), width, "", "  ")
    lines = [paint(head, BOLD), *more, ""]
    for text in unread_lines(trace.unread):
        lines += wrapped(printable(text), width, "  ", "    ")
    lines += [""] if trace.unread else []
    lines.extend(_opinions(trace, place_of, width, paint))
    told = ["", *_order(trace), "", *_turn(trace), *map(_expected, trace.expected)]
    return "\n".join([*lines, *(line for text in told for line in _wrapped(printable(text), width))])


def _wrapped(text: str, width: int) -> list[str]:
    indent = " " * (len(text) - len(text.lstrip()))
    return wrapped(text.strip(), width, indent, f"{indent}   ") or [""]


def _opinions(trace: Trace, place_of: Callable[[Row], str], width: int, paint: Painter) -> Iterator[str]:
    named = [
        (opinion, _named(opinion.profile or _NONE.get(opinion.layer), opinion.account, opinion.detail))
        for opinion in trace.layers.opinions
        if opinion.profile or opinion.layer in ("pin", "answered")
    ]
    label = max(len(name) for name in LAYERS)
    column = max((len(text) for _, text in named), default=0)
    for opinion, text in named:
        mark = "≠ next" if opinion.differs else ""
        place = printable(place_of(opinion.at)) if opinion.at and opinion.profile else ""
        line = f"  {opinion.layer:{label}}  {text:{column}}  {mark:6}  {place}".rstrip()
        if len(line) > width:
            marked = f"{text} {mark.replace(' ', _UNBROKEN)}".rstrip()
            lines = wrapped(marked, width, f"  {opinion.layer:{label}}  ", " " * (label + 4))
            lines = [one.replace(_UNBROKEN, " ") for one in lines]
            lines += wrapped(place, width, " " * (label + 4), " " * (label + 6))
        else:
            lines = [line]
        yield from (paint(one, RED) if opinion.differs else one for one in lines)


def _named(profile: str | None, account: str | None, detail: str) -> str:
    known = account if account and account not in (profile or "") else ""
    details = ", ".join(filter(None, [known, detail]))
    return printable(f"{profile or 'none'}{f' ({details})' if details else ''}")


def _order(trace: Trace) -> Iterator[str]:
    if trace.order is None:
        if trace.unread or trace.selection["outcome"] == "unknown":
            yield "  Order: unknown."
        else:
            yield "  No order: no profile of this provider is stored, listed or declared."
        return
    yield f"  Order: {_ORDER_LAYERS[trace.order['layer']]}"
    if trace.order["fallback"] and not trace.unread:
        yield "  Every profile of it is missing, so all stored profiles take its place."
    for candidate in trace.candidates:
        yield f"    {_candidate(candidate, unread=bool(trace.unread))}"


def _candidate(candidate: Candidate, *, unread: bool) -> str:
    known = candidate.account if candidate.account and candidate.account not in candidate.profile else ""
    name = f"{candidate.profile}{f' ({known})' if known else ''}"
    if candidate.position is None:
        if unread and candidate.reason == "profile_missing":
            return f"?  {name}: unknown whether it is stored"
        return f"-  {name} {_LEFT_OUT.get(candidate.reason, candidate.reason)}"
    blocked = f", blocked until {time(candidate.blocked_until)}" if candidate.blocked_until else ""
    limit = ", after the fallback models when rate limits are hit" if candidate.beyond_limit else ""
    return f"{candidate.position + 1}  {name}{blocked}{limit}"


def _turn(trace: Trace) -> Iterator[str]:
    selection, session = trace.selection, trace.session
    reason = _REASONS.get(selection["reason"], selection["reason"])
    if selection["outcome"] == "unknown":
        why = "a store with logins was not read" if trace.unread else reason
        yield f"  Next turn: unknown, because {why}."
        return
    if selection["outcome"] == "unrunnable":
        yield f"  Next turn: fails with {selection['profile']}, because {reason}."
    elif selection["outcome"] == "native":
        yield f"  Next turn: uses the login of the Codex CLI, because {reason}."
    elif selection["profile"] is None:
        yield f"  Next turn: has no profile, because {reason}."
    else:
        account = next((one.account for one in trace.candidates if one.profile == selection["profile"]), None)
        yield f"  Next turn: {_named(selection['profile'], account, '')}, because {reason}."
    yield f"  It writes: {_writes(selection, session)}"


def _expected(row: Row) -> str:
    """Say of an expectation whether the next turn is as expected, and if not, why."""
    told = {"met": "it is", "departs": f"it is not, through the {row['through']}", "unknown": row["why"]}
    reason = f" ({row['reason']})" if row["reason"] else ""
    return f"  Expected: {row['wanted'] or 'what authlint.yaml says'}{reason}; {told[row['next']]}."


def _writes(selection: Row, session: Row) -> str:
    before = (session["pin"], session["override_source"])
    after = (selection["pin_after"], selection["source_after"])
    if before == after:
        return "nothing; the pin stays as it is." if before[0] else "nothing."
    if after[0] is None:
        return f"the pin on {before[0]} is removed."
    return f"the session is pinned to {after[0]} (source {after[1]})."
