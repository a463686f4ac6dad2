"""Which credentials are compared with which: the `comparisons` table. Its cost grows linearly with rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from linter.snapshot.compare import token_fingerprints
from linter.snapshot.sides import Place, Side, cli_side, comparison, place, profile_side, repo_side, slot_side
from linter.snapshot.tables import Row, Tables

_IMPORTED_IDS = ("openai-codex:default", "openai:default")
"""Profile ids that OpenClaw versions with a Codex CLI import write to."""


def fill_comparisons(tables: Tables, heir: str) -> None:
    """Append a row for every pair that a rule may ask about (of profiles, repos, slots, Codex CLI logins).

    `heir` is the scope of the store that agents inherit.
    """
    pairs = (
        ("slot-repo", _slots_with_repo(tables)),
        ("local-inherited", _locals_with_inherited(tables, heir)),
        ("store-repo", _profiles_with_repo(tables)),
        ("slot-slot", _mirrored_slots(tables)),
        ("cli-profile", _cli_with_profiles(tables)),
        ("cli-copy", _cli_with_copies(tables)),
        ("pair", _token_twins(tables)),
    )
    for kind, found in pairs:
        tables["comparisons"].extend(comparison(kind, left, right) for left, right in found)


def _slots_with_repo(tables: Tables) -> Iterator[tuple[Side, Side]]:
    """Pair each filled slot with the entries of its own router; the slot itself is no candidate."""
    repos = _grouped(tables["repo_profiles"], "router")
    for slot in tables["slots"]:
        if slot["present"]:
            for entry in repos.get(slot["router"], ()):
                if entry["key"] != slot["id"]:
                    yield slot_side(slot), repo_side(entry)


def _locals_with_inherited(tables: Tables, heir: str) -> Iterator[tuple[Side, Side]]:
    """Pair an agent's own profile with the one that it would inherit under the same id."""
    inherited = {row["id"]: row for row in tables["profiles"] if row["scope"] == heir}
    for row in tables["profiles"]:
        other = inherited.get(row["id"])
        if other is not None and other is not row and other["owner"] != row["owner"]:
            yield profile_side(row), profile_side(other)


def _profiles_with_repo(tables: Tables) -> Iterator[tuple[Side, Side]]:
    """Pair a profile with the repo entry of the same id, unless that id is a slot of the router."""
    slot_ids = {(row["router"], row["id"]) for row in tables["slots"]}
    entries = _grouped(tables["repo_profiles"], "key")
    for row in tables["profiles"]:
        for entry in entries.get(row["id"], ()):
            if (entry["router"], row["id"]) not in slot_ids:
                yield profile_side(row), repo_side(entry)


def _mirrored_slots(tables: Tables) -> Iterator[tuple[Side, Side]]:
    """Pair the first filled slot of each mirrored set with the others."""
    filled = [row for row in tables["slots"] if row["present"]]
    for first, *others in _grouped(filled, "mirror").values():
        for other in others:
            yield slot_side(first), slot_side(other)


def _cli_with_profiles(tables: Tables) -> Iterator[tuple[Side, Side]]:
    """Pair a Codex CLI login with profiles that hold one of its tokens or that it is imported into."""
    for cli in tables["codex_cli"]:
        tokens = token_fingerprints(cli)
        for row in tables["profiles"]:
            if row["id"] in _IMPORTED_IDS or not tokens.isdisjoint(token_fingerprints(row)):
                yield cli_side(cli), profile_side(row)


def _cli_with_copies(tables: Tables) -> Iterator[tuple[Side, Side]]:
    """Pair a Codex CLI login with the copies of logins that are kept for later."""
    copies = {row["id"] for row in tables["routers"] if row["kind"] == "copies"}
    kept = [row for row in tables["repo_profiles"] if row["router"] in copies]
    for cli in tables["codex_cli"]:
        for entry in kept:
            yield cli_side(cli), repo_side(entry)


def _token_twins(tables: Tables) -> Iterator[tuple[Side, Side]]:
    """Pair holders of one token: one of them with each of the others.

    A slot and an entry of its own router are left out: that the one is a copy of the other is their purpose.
    """
    slot_routers = {place(row): row["router"] for row in tables["slots"]}
    sides = [*map(profile_side, tables["profiles"]), *map(repo_side, tables["repo_profiles"])]
    holders: dict[str, list[int]] = defaultdict(list)
    for index, side in enumerate(sides):
        for mark in sorted(token_fingerprints(side.row)):
            holders[mark].append(index)
    seen = set()
    for indexes in holders.values():
        if len(indexes) > 1:
            first, *others = sorted(indexes, key=lambda i: _preference(sides[i], slot_routers))
            for other in others:
                pair = sides[first], sides[other]
                if (first, other) not in seen and not _one_thing(*pair, slot_routers):
                    seen.add((first, other))
                    yield pair


def _preference(side: Side, slot_routers: dict[Place, str | None]) -> tuple[bool, bool, bool]:
    """Put a holder first whose stored identity is known, so that every other identity shows against it."""
    return place(side.row) in slot_routers, not side.row["accountId"], not side.row["email"]


def _one_thing(left: Side, right: Side, slot_routers: dict[Place, str | None]) -> bool:
    if "owner" in left.row and "owner" in right.row:
        return bool((left.row["owner"], left.id) == (right.row["owner"], right.id))
    return any(
        one.router is None and other.router is not None and slot_routers.get(place(one.row)) == other.router
        for one, other in ((left, right), (right, left))
    )


def _grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups
