"""Sessions by layers: which profile each layer names for a session, and where it is not the next turn's."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linter.engine.functions import time
from linter.snapshot.tables import Row, Tables
from linter.snapshot.unread import Unread, turns, unread
from linter.sources.paths import join

LAYERS = ("preference", "slot", "order", "pin", "next", "answered", "last good", "usage", "display")


class Opinion(NamedTuple):
    """What one layer names for a session; `differs` when that is another seat than the next turn's.

    `account` is the email of the profile, or its account id. `at` is where it is stored, None for what is
    derived.
    """

    layer: str
    profile: str | None
    account: str | None
    detail: str
    differs: bool
    at: Row | None


class SessionLayers(NamedTuple):
    """One session with the opinion of each layer, in the order of `LAYERS`."""

    agent: str
    key: str
    live: bool
    opinions: tuple[Opinion, ...]


def layers(tables: Tables, sessions: Sequence[Row]) -> list[SessionLayers]:
    """Return the layers of sessions, live ones first, then by agent and key."""
    lookup = _Lookup(tables)
    rows = sorted(sessions, key=lambda row: (not row["live"], row["agent"], row["key"]))
    return [SessionLayers(row["agent"], row["key"], row["live"], tuple(lookup.opinions(row))) for row in rows]


class Layers(NamedTuple):
    """All sessions by layers; `unread` are the files that may hold logins which are not seen here."""

    sessions: tuple[SessionLayers, ...]
    unread: tuple[Unread, ...]


def all_layers(tables: Tables, sessions: Sequence[Row]) -> Layers:
    """Return the layers of sessions, and what was not read."""
    return Layers(tuple(layers(tables, sessions)), tuple(unread(tables)))


class _Lookup:
    """Indexes over the tables, so that each session costs the same."""

    def __init__(self, tables: Tables) -> None:
        self._seen: dict[tuple[str | None, str], Row] = {
            (None, row["key"]): row["identity"] or {} for row in tables["repo_profiles"]
        }
        self._seen |= {(row["agent"], row["id"]): row for row in tables["visible_profiles"]}
        self._selections = turns(tables)
        self._orders = {(row["agent"], row["provider"]): row for row in tables["order_summaries"]}
        self._preferences = {agent: row for row in tables["preference"] for agent in row["agents"]}
        self._last_good = {
            (agent, row["realm"]): row for row in tables["last_good"] for agent in row["agents"]
        }
        self._slots = {row["agent"]: row for row in tables["slots"]}
        self._copies = {
            (row["left_agent"], row["left_id"]): row["right_id"]
            for row in tables["comparisons"]
            if row["kind"] == "slot-repo" and row["verdict"] in ("EXACT", "STALE_COPY")
        }
        self._answers = {(row["agent"], row["session"]): row for row in tables["answers"] if row["latest"]}
        self._usage = {row["session"]: row for row in tables["usage_evidence"]}
        self._display = {row["session"]: row for row in tables["display_evidence"]}

    def opinions(self, session: Row) -> Iterator[Opinion]:
        agent, key = session["agent"], session["key"]
        selection = self._selections.get((agent, key), {})
        provider = selection.get("provider")
        preference, slot = self._preferences.get(agent, {}), self._slots.get(agent, {})
        order, good = self._orders.get((agent, provider), {}), self._last_good.get((agent, provider), {})
        answer = self._answers.get((agent, key), {})
        usage, display = self._usage.get(key, {}), self._display.get(key, {})
        pin = {**session["at"], "pointer": join(session["at"]["pointer"], "authProfileOverride")}
        named = (
            (preference.get("value"), "", preference.get("at")),
            (self._copies.get((agent, slot.get("id"))), slot.get("id") or "", slot.get("at")),
            (order.get("head"), order.get("layer", ""), order.get("at")),
            (session["pin"], session["override_source"] or "", pin),
            (selection.get("profile"), selection.get("outcome", ""), None),
            (answer.get("profile"), _proof(answer), answer.get("at")),
            (good.get("id"), "", good.get("at")),
            (usage.get("fetched_profile"), "", usage.get("at")),
            (display.get("profile_id"), display.get("semantic") or "", display.get("at")),
        )
        used, unknown = selection.get("profile"), selection.get("outcome") == "unknown"
        for layer, (profile, detail, at) in zip(LAYERS, named, strict=True):
            identity = self._identity(agent, profile)
            account = identity.get("email") or identity.get("account_id")
            yield Opinion(
                layer, profile, account, detail, not unknown and self._differ(agent, profile, used), at
            )

    def _differ(self, agent: str, profile: str | None, used: str | None) -> bool:
        """Two names agree when they are equal or stand for one seat; a layer without an opinion agrees."""
        if profile is None or used is None or profile == used:
            return profile is not None and used is None
        seats = {self._identity(agent, name).get("seat") for name in (profile, used)}
        return None in seats or len(seats) > 1

    def _identity(self, agent: str, profile: str | None) -> Row:
        return self._seen.get((agent, profile or "")) or self._seen.get((None, profile or "")) or {}


def _proof(answer: Row) -> str:
    """Say when an answer came; without one, or without its profile, why nothing is known."""
    if not answer:
        return "not recorded"
    if answer["proof"] == "unread":
        return "compressed: pip install 'authlint[zstd]'"
    when = time(answer["answered_at"]) if answer["answered_at"] else "no time"
    return when if answer["profile"] else f"{when}, by a login that nothing names any more"
