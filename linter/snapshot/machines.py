"""Snapshots of several machines side by side: what of each is compared, and what several of them share.

A machine gives *facts*: small rows of the `fleet_` tables, each with the number of the group that it is in.
Facts of one group may be gathered anywhere; only groups of more than one machine become rows. What has a
null in what it would be compared by is none: a null is equal to nothing.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from linter.snapshot.sides import moved
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import BETWEEN_MACHINES, SCHEMA_VERSION, Row, Tables, columns, empty_tables
from linter.sources.documents import Documents, Find

MOST = 100
"""Rows that are kept of equal ones; how many machines there are is counted on."""
APART = "\x1f"
"""Stands between the name of a snapshot and a source in it."""


class Fact(NamedTuple):
    """A row of a table, as JSON, of the machine `host`.

    `group` and `part` are numbers of 64 bits: of what belongs together, and of what is equal within. A fact
    that `counts` goes on even if no other machine has it. A text of nothing stands for a row like others.
    """

    group: int
    part: int
    host: str
    counts: bool
    row: str


def counted(what: str, value: str, host: str) -> Fact:
    """Return a fact of which only the number of machines counts; its row has `value`, its table is `what`."""
    row = json.dumps([what, {"value": value}])
    return Fact(_number(what, [value]), 0, host, counts=True, row=row)


def facts(snapshot: Snapshot, name: str, causes: Iterable[Row]) -> Iterator[Fact]:
    """Yield what of a snapshot is compared; none where it does not say of which machine it is.

    `name` is that of the snapshot among the others, `causes` are rows of `fleet_causes` without their host.
    """
    host = snapshot.meta["host"]
    if host is None:
        return
    rows: dict[str, Iterable[Row]] = {
        "fleet_grants": _grants(snapshot),
        "fleet_orders": _orders(snapshot),
        "fleet_seats": _seats(snapshot),
        "fleet_versions": _versions(snapshot),
        "fleet_causes": causes,
    }
    for table, found in rows.items():
        for row in found:
            group, part = ([row[name] for name in names] for names in BETWEEN_MACHINES[table])
            if None not in group:
                placed = {**row, "at": moved(row["at"], f"{name}{APART}"), "host": host}
                text = json.dumps([table, placed], separators=(",", ":"))
                yield Fact(_number(table, group), _number(table, part), host, counts=False, row=text)


def thinned(found: Iterable[Fact]) -> Iterator[Fact]:
    """Yield facts, with the rows of those only of which there are not enough yet."""
    seen: dict[tuple[int, int], int] = {}
    for one in found:
        number = seen[one[:2]] = seen.get(one[:2], 0) + 1
        yield one if number <= MOST else one._replace(row="")


def shared(found: Sequence[Fact]) -> list[tuple[str, Row]]:
    """Return the rows, with their tables, of what more than one machine has, and of what counts anyway.

    All facts of a group must be there. `hosts` of a row is the number of machines that have its equals.
    """
    first: dict[int, str] = {}
    kept = {one.group for one in found if first.setdefault(one.group, one.host) != one.host or one.counts}
    hosts: dict[tuple[int, int], set[str]] = {}
    rows: dict[tuple[int, int], list[str]] = {}
    for one in found:
        if one.group in kept:
            part = one[:2]
            hosts.setdefault(part, set()).add(one.host)
            like = rows.setdefault(part, [])
            if one.row and len(like) < (1 if one.counts else MOST):
                like.append(one.row)
    return [
        (table, {**row, "hosts": len(hosts[part])})
        for part, like in rows.items()
        for table, row in map(json.loads, like)
    ]


def together(rows: Iterable[tuple[str, Row]], find: Find) -> Snapshot:
    """Return a snapshot of what machines share; `find` makes the document of a fact's source."""
    meta: Row = {
        **dict.fromkeys(columns("meta")),
        "schema": SCHEMA_VERSION,
        "providers": [],
        "left_out": [],
    }
    tables: Tables = empty_tables()
    for table, row in rows:
        tables[table].append(row)
    for of_machines in BETWEEN_MACHINES:
        tables[of_machines].sort(key=lambda row: (row["host"], row["at"]["source"], row["at"]["pointer"]))
    documents = Documents()
    documents.find_on_demand("", find)
    return Snapshot(meta, tables, documents)


def _number(table: str, values: Iterable[Any]) -> int:
    text = json.dumps([table, *values], sort_keys=True)
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest())


def _grants(snapshot: Snapshot) -> Iterator[Row]:
    for grant in snapshot.tables["grants"]:
        if grant["live"]:
            told = {name: grant[name] for name in ("at", "fingerprint", "holder")}
            yield {**told, "taken_at": snapshot.meta["now"]}


def _orders(snapshot: Snapshot) -> Iterator[Row]:
    seats = {(row["agent"], row["id"]): row["seat"] for row in snapshot.tables["visible_profiles"]}
    for order in snapshot.tables["order_summaries"]:
        named = [seats.get((order["agent"], listed)) for listed in order["base"]]
        if order["explicit"] and named and None not in named:
            yield {
                "at": order["at"],
                "agent": order["agent"],
                "provider": order["provider"],
                "ids": order["base"],
                "sequence": " ".join(map(str, named)),
                "seats": " ".join(sorted(map(str, named))),
            }


def _seats(snapshot: Snapshot) -> Iterator[Row]:
    logins = {row["seat"]: row for row in reversed(snapshot.tables["visible_profiles"]) if row["seat"]}
    for seat, login in sorted(logins.items()):
        yield {"at": login["at"], "seat": seat, "email": login["email"]}


def _versions(snapshot: Snapshot) -> Iterator[Row]:
    if snapshot.meta["version"]:
        for file in snapshot.tables["files"][:1]:
            yield {"at": file["at"], "version": snapshot.meta["version"]}
