"""Who holds which refresh token: the `grants` table."""

from collections.abc import Iterator

from linter.snapshot.sides import cli_side, place, profile_side, repo_side
from linter.snapshot.tables import Row, Tables

REAL = frozenset({"jwt", "opaque", "login"})
"""Kinds of secrets that can be a refresh token; others only stand for one."""


def fill_grants(tables: Tables) -> None:
    """Append a row for each place that stores a refresh token: profile, slot, repo entry, Codex CLI.

    What a sweep has found in files that are read in full is there already, and left out.
    """
    known = [*_profiles(tables), *_repos(tables), *_clis(tables)]
    read = {(row["at"]["source"], row["fingerprint"]) for row in known}
    swept = (row for row in tables["grants"] if (row["at"]["source"], row["fingerprint"]) not in read)
    tables["grants"][:] = [*known, *swept]


def _profiles(tables: Tables) -> Iterator[Row]:
    slots = {place(row): row["router"] for row in tables["slots"]}
    shared = {
        (row["id"], _token(row)) for row in tables["profiles"] if row["scope"] == "shared" and _token(row)
    }
    for row in tables["profiles"]:
        token = _token(row)
        if token:
            # OpenClaw refreshes a local copy of a shared login where it is shared.
            inherited = row["scope"] != "shared" and (row["id"], token) in shared
            usable = row["dropped_reason"] is None and not row["setup_replacement"] and row["type"] == "oauth"
            yield _grant(
                row,
                token,
                profile_side(row).name,
                f"{row['owner']} {row['id']}",
                kind="slot" if place(row) in slots else "profile",
                scope=row["scope"],
                agent=row["agent"],
                router=slots.get(place(row)),
                live=usable and not inherited,
            )


def _repos(tables: Tables) -> Iterator[Row]:
    refreshing = {row["id"] for row in tables["routers"] if row["refreshes"]}
    in_own_slot = {(row["router"], _token(row)) for row in tables["slots"]}
    for row in tables["repo_profiles"]:
        token = _token(row)
        if token:
            name = repo_side(row).name
            # An entry and the slot it was copied to are one login at two places.
            live = row["router"] in refreshing and (row["router"], token) not in in_own_slot
            yield _grant(row, token, name, name, kind="repo", id=row["key"], router=row["router"], live=live)


def _clis(tables: Tables) -> Iterator[Row]:
    for row in tables["codex_cli"]:
        token = _token(row)
        if token:
            name = cli_side(row).name
            yield _grant(row, token, name, name, kind="cli", id=None, live=True)


def _grant(row: Row, token: str, holder: str, owner: str, **columns: str | bool | None) -> Row:
    return {
        "at": row["at"],
        "fingerprint": token,
        "holder": holder,
        "owner": owner,
        "scope": None,
        "id": row.get("id"),
        "agent": None,
        "router": None,
        **columns,
    }


def _token(row: Row) -> str | None:
    """Return the fingerprint of a refresh token; what only stands for one is none."""
    secret = row["refresh"]
    return secret["fingerprint"] if secret and secret["kind"] in REAL else None
