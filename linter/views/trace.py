"""How one session comes to its profile: each layer's opinion, who wins and why, what the next turn does."""

from collections.abc import Iterator
from typing import NamedTuple

from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import Row
from linter.views.layers import SessionLayers, layers


class Candidate(NamedTuple):
    """A profile in the auth order of the session's agent; `position` is None for one that is left out."""

    profile: str
    position: int | None
    reason: str
    blocked_until: float | None


class Trace(NamedTuple):
    """One session explained. `order` and `selection` are rows of the snapshot tables of these names."""

    session: Row
    layers: SessionLayers
    order: Row | None
    candidates: tuple[Candidate, ...]
    selection: Row


def trace(snapshot: Snapshot, agent: str, key: str) -> Trace:
    """Explain the session of an agent. Both must exist."""
    tables = snapshot.tables
    session = next(row for row in tables["sessions"] if (row["agent"], row["key"]) == (agent, key))
    selection = next(row for row in tables["selections"] if (row["agent"], row["key"]) == (agent, key))
    mine = {"agent": agent, "provider": selection["provider"]}.items()
    order = next((row for row in tables["order_summaries"] if mine <= row.items()), None)
    return Trace(
        session=session,
        layers=next(row for row in layers(tables) if (row.agent, row.key) == (agent, key)),
        order=order,
        candidates=tuple(_candidates([row for row in tables["effective_orders"] if mine <= row.items()])),
        selection=selection,
    )


def find_sessions(snapshot: Snapshot, wanted: str) -> list[tuple[str, str]]:
    """Return (agent, key) of the sessions named by a whole key, a session id, or a part of a key."""
    rows = snapshot.tables["sessions"]
    exact = [row for row in rows if wanted.lower() in (row["folded_key"], str(row["sessionId"]).lower())]
    found = exact or [row for row in rows if wanted.lower() in row["folded_key"]]
    return [(row["agent"], row["key"]) for row in found]


def _candidates(rows: list[Row]) -> Iterator[Candidate]:
    tried = sorted((row for row in rows if row["pos"] is not None), key=lambda row: row["pos"])
    skipped = sorted((row for row in rows if row["pos"] is None), key=lambda row: row["id"])
    for row in (*tried, *skipped):
        yield Candidate(row["id"], row["pos"], row["reason"], row["blocked_until"])
