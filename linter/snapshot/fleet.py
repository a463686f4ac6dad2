"""Snapshots of several machines as one: the tables `fleet_grants` and `fleet_orders`."""

from collections.abc import Sequence

from linter.snapshot.rooms import moved
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import Row, empty_tables
from linter.sources.documents import Documents


def fleet(snapshots: Sequence[Snapshot]) -> Snapshot:
    """Return what several snapshots say together. Those that do not name their machine are left out."""
    named = [snapshot for snapshot in snapshots if snapshot.meta["host"]]
    together = Snapshot({**snapshots[0].meta, "era": None}, empty_tables(), Documents())
    for number, snapshot in enumerate(named):
        room = f"{number}:"
        together.documents.house(room, snapshot.documents)
        together.tables["fleet_grants"].extend(_grants(snapshot, room))
        together.tables["fleet_orders"].extend(_orders(snapshot, room))
    return together


def _grants(snapshot: Snapshot, room: str) -> list[Row]:
    return [
        {
            "at": moved(grant["at"], room),
            "host": snapshot.meta["host"],
            "taken_at": snapshot.meta["now"],
            "fingerprint": grant["fingerprint"],
            "holder": grant["holder"],
        }
        for grant in snapshot.tables["grants"]
        if grant["live"]
    ]


def _orders(snapshot: Snapshot, room: str) -> list[Row]:
    seats = {(row["agent"], row["id"]): row["seat"] for row in snapshot.tables["visible_profiles"]}
    found = []
    for order in snapshot.tables["order_summaries"]:
        named = [seats.get((order["agent"], listed)) for listed in order["base"]]
        if order["explicit"] and named and None not in named:
            found.append(
                {
                    "at": moved(order["at"], room),
                    "host": snapshot.meta["host"],
                    "agent": order["agent"],
                    "provider": order["provider"],
                    "ids": order["base"],
                    "sequence": " ".join(map(str, named)),
                    "seats": " ".join(sorted(map(str, named))),
                }
            )
    return found
