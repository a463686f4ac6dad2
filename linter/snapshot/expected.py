"""What a user expects of chats, and whether it holds: for the next turn, and for the last answer known."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from linter.snapshot.tables import Row, Tables, new_row

_COLUMNS = {
    "email": ("email",),
    "account": ("user_id", "account_id", "seat"),
    "workspace": ("account_id",),
    "profile": ("id",),
    "provider": ("realm",),
    "kind": ("type",),
}
"""By what is expected, the columns of `visible_profiles` of which one has to match."""

_KINDS = {"oauth": "subscription", "token": "subscription", "api_key": "key"}
_WORDS = {"subscription": "a subscription", "key": "an API key"}
_OF_ACCOUNTS = frozenset({"email", "account", "workspace"})
_PEER = 3  # agent:main:telegram:direct:42


class _Judged(NamedTuple):
    state: str
    departing: tuple[str, ...] = ()
    holds: str | None = None
    unknown: str | None = None


def expectation_rows(document: str, entries: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Return the rows of `expectations` for the entries of `expect` in a document."""
    return [
        new_row(
            "expectations",
            at={"source": document, "pointer": f"/expect/{index}"},
            entry=index,
            who=" and ".join(f"{name} {pattern}" for name, pattern in who.items()) or "all chats",
            **{f"{name}s": pattern for name, pattern in who.items()},
            wanted=" and ".join(_WORDS.get(value, f"{name} {value}") for name, value in entry["use"].items()),
            use=entry["use"],
            reason=entry["reason"].strip(),
        )
        for index, entry in enumerate(entries)
        for who in [entry.get("for", {})]
    ]


def fill_expected_logins(tables: Tables, heir: str) -> None:
    """Judge every chat by the expectations for it. The derived tables must be filled."""
    if tables["expectations"]:
        judge = _Judge(tables, heir)
        tables["expected_logins"] = [
            judge.row(session, entry)
            for session in tables["sessions"]
            if not session["archived"]
            for entry in tables["expectations"]
            if _concerns(entry, session)
        ]


def _concerns(entry: Row, session: Row) -> bool:
    parts = session["key"].split(":")
    names = {
        "sessions": session["key"],
        "agents": session["agent"],
        "channels": parts[2] if len(parts) > _PEER else "",
    }
    return all(entry[name] is None or _like(value, entry[name]) for name, value in names.items())


def _like(value: str, pattern: str) -> bool:
    return fnmatchcase(value.lower(), pattern.lower())


class _Judge:
    """Indexes over the tables, so that each chat costs the same."""

    def __init__(self, tables: Tables, heir: str) -> None:
        self._heir = heir
        self._logins = {(row["agent"], row["id"]): row for row in tables["visible_profiles"]}
        self._next = {(row["agent"], row["key"]): row for row in tables["selections"]}
        self._orders = {(row["agent"], row["provider"]): row for row in tables["order_summaries"]}
        self._answers = {(row["agent"], row["session"]): row for row in tables["answers"] if row["latest"]}
        self._slots = {(row["agent"], row["id"]) for row in tables["slots"]}

    def row(self, session: Row, entry: Row) -> Row:
        agent, use, name = session["agent"], entry["use"], (session["agent"], session["key"])
        turn, answer = self._next.get(name, {}), self._answers.get(name, {})
        profile, order = turn.get("profile"), self._orders.get((agent, turn.get("provider")), {})
        found, last = self._turn(agent, use, turn), self._judged(agent, answer.get("profile"), use)
        ids = [listed for listed in order.get("visible_ids", ()) if self._serves(agent, listed, use)]
        through, meant = None, None
        if found.state == "departs":
            through = self._through(agent, turn, found.departing)
            if through == "order" or turn["source"] == "auto":
                meant = next((each for each in (session["pin"], order.get("head0")) if each in ids), None)
        blocks = {order.get("head0"): order.get("head_blocked_until")}
        until = blocks.get(meant) or (meant and self._logins[agent, meant]["blocked_until"])
        return {
            "at": session["at"],
            "agent": agent,
            "session": session["key"],
            "live": session["live"],
            "entry": entry["entry"],
            "wanted": entry["wanted"],
            "reason": entry["reason"],
            "ids": ids,
            "profile": profile,
            "holds": found.holds,
            "next": found.state,
            "why": found.unknown,
            "through": "failover" if until else through,
            "meant": meant if until else None,
            "until": until,
            "answered": answer.get("profile"),
            "answered_at": answer.get("answered_at"),
            "answer_holds": last.holds,
            "answer": last.state,
        }

    def _turn(self, agent: str, use: Mapping[str, str], turn: Mapping[str, Any]) -> _Judged:
        if turn.get("outcome", "unknown") == "unknown" or turn["profile"] is None:
            return _Judged("unknown", unknown="no stored login can be named for its next turn")
        if turn["outcome"] == "unrunnable":
            return _Judged("unknown", unknown=f"its next turn fails with {turn['profile']}")
        return self._judged(agent, turn["profile"], use)

    def _judged(self, agent: str, profile: str | None, use: Mapping[str, str]) -> _Judged:
        """Compare what is stored under an id with what is expected."""
        if profile is None:
            return _Judged("unknown")
        login = self._logins.get((agent, profile), {"id": profile})
        departing, told, unknown = [], [], []
        for name, pattern in use.items():
            values = [value for column in _COLUMNS[name] if (value := login.get(column))]
            if name == "kind":
                values = [_KINDS[value] for value in values]
            wanted = f"*@{pattern}" if name == "email" and "@" not in pattern else pattern
            if not values:
                unknown.append(name)
            elif not any(_like(value, wanted) for value in values):
                departing.append(name)
                told.append(_WORDS.get(values[0], values[0]))
        if departing:
            return _Judged("departs", tuple(departing), ", ".join(told))
        if unknown:
            return _Judged("unknown", unknown=f"nothing tells the {unknown[0]} of {profile}")
        return _Judged("met")

    def _serves(self, agent: str, profile: str, use: Mapping[str, str]) -> bool:
        login = self._logins.get((agent, profile))
        usable = login and not login["dead"] and login["credential_state"] in ("ok", "expired")
        return bool(usable) and self._judged(agent, profile, use).state == "met"

    def _through(self, agent: str, turn: Mapping[str, Any], departing: Iterable[str]) -> str:
        login = self._logins.get((agent, turn["profile"]), {})
        holders = {agent} if login.get("origin") == "own" else {agent, self._heir, None}
        if _OF_ACCOUNTS.issuperset(departing) and any(
            (holder, turn["profile"]) in self._slots for holder in holders
        ):
            return "slot"
        source = turn["source"] if turn["outcome"] == "kept" or turn["source"] == "suffix" else "order"
        return {"suffix": "suffix", "order": "order"}.get(source, "pin")
