"""How one session comes to its profile: each layer's opinion, who wins and why, what the next turn does."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from linter.snapshot.tables import Row, Tables
from linter.snapshot.unread import Unread, turns, unread
from linter.views.layers import SessionLayers, layers


class Candidate(NamedTuple):
    """A profile in the auth order of the session's agent; `position` is None for one that is left out.

    `account` is its email, or its account id.
    """

    profile: str
    account: str | None
    position: int | None
    reason: str
    blocked_until: float | None
    beyond_limit: bool


class Trace(NamedTuple):
    """One session explained. `order` and `selection` are rows of the snapshot tables of these names.

    `unread` are the files that may hold logins which the session could use, `expected` the rows of
    `expected_logins` about it.
    """

    session: Row
    layers: SessionLayers
    order: Row | None
    candidates: tuple[Candidate, ...]
    selection: Row
    unread: tuple[Unread, ...] = ()
    expected: tuple[Row, ...] = ()


class Traces(NamedTuple):
    """Sessions explained, live ones first."""

    sessions: tuple[Trace, ...]


def traces(tables: Tables, sessions: Sequence[Row]) -> list[Trace]:
    """Explain sessions, live ones first."""
    rows = {(row["agent"], row["key"]): row for row in sessions}
    selections = turns(tables)
    orders = {(row["agent"], row["provider"]): row for row in tables["order_summaries"]}
    accounts = {
        (row["agent"], row["id"]): row["email"] or row["account_id"] for row in tables["visible_profiles"]
    }
    lost = unread(tables)
    candidates: dict[tuple[str, str], list[Row]] = {}
    for row in tables["effective_orders"]:
        candidates.setdefault((row["agent"], row["provider"]), []).append(row)
    explained = []
    for opinions in layers(tables, sessions):
        name = (opinions.agent, opinions.key)
        selection = selections.get(name) or _undecided(rows[name])
        order = (opinions.agent, selection["provider"])
        explained.append(
            Trace(
                session=rows[name],
                layers=opinions,
                order=orders.get(order),
                candidates=tuple(_candidates(candidates.get(order, []), accounts)),
                selection=selection,
                unread=tuple([file for file in lost if file.whose in (None, opinions.agent)]),
                expected=tuple(
                    [row for row in tables["expected_logins"] if (row["agent"], row["session"]) == name]
                ),
            )
        )
    return explained


def find_sessions(tables: Tables, wanted: str | None) -> list[Row]:
    """Return the sessions that a whole key, a session id or a part of a key names; else all live ones."""
    rows = tables["sessions"]
    if not wanted:
        return [row for row in rows if row["live"]]
    name = wanted.lower()
    exact = [row for row in rows if name in (row["folded_key"], str(row["sessionId"]).lower())]
    return exact or [row for row in rows if name in row["folded_key"]]


def _undecided(session: Row) -> Row:
    """Return the selection of a session in a state of which nobody can tell how its OpenClaw selects."""
    return {
        "provider": session["session_provider"],
        "profile": None,
        "outcome": "unknown",
        "reason": "state_unknown",
        "pin_after": session["pin"],
        "source_after": session["override_source"],
    }


def _candidates(rows: list[Row], accounts: Mapping[tuple[str, str], str | None]) -> Iterator[Candidate]:
    tried = sorted((row for row in rows if row["pos"] is not None), key=lambda row: row["pos"])
    skipped = sorted((row for row in rows if row["pos"] is None), key=lambda row: row["id"])
    for row in (*tried, *skipped):
        account = accounts.get((row["agent"], row["id"]))
        yield Candidate(
            row["id"], account, row["pos"], row["reason"], row["blocked_until"], row["beyond_limit"]
        )
