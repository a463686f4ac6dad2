"""The files that could not be read: whatever depends on them is unknown, not absent."""

from collections.abc import Collection
from typing import Literal, NamedTuple

from linter.snapshot.tables import Row, Tables

STORES = ("store", "agent-db", "state-db")
"""Roles of the files that hold logins."""


_FOR_LACK = ("profile_missing", "suffix_missing", "no_profile")
"""Reasons of turns that a login which was not read would change."""


class Unread(NamedTuple):
    """A file of an agent (None: of all) that was not read whole, who misses it (None: all), and why."""

    path: str
    agent: str | None
    whose: str | None
    why: Literal["no permission", "cannot be read", "not migrated", "unknown layout"]
    detail: str | None


def unread(tables: Tables, roles: Collection[str] = STORES) -> list[Unread]:
    """Return the files of some roles that exist and that a login may be missed in."""
    whose = {row["path"]: row["whose"] for row in tables["unread"]}
    return [
        Unread(
            row["path"],
            row["agent"],
            whose.get(row["path"], row["agent"]),
            _why(row),
            row["parse_error"] or row["schema_detail"],
        )
        for row in tables["files"]
        if row["role"] in roles and (row["incomplete"] or row["waits"])
    ]


def turns(tables: Tables) -> dict[tuple[str, str], Row]:
    """Return the next turns by agent and session, unknown where they hang on a store that was not read."""
    lost = unread(tables)
    missing = {file.whose for file in lost}
    return {
        (row["agent"], row["key"]): (
            {**row, "outcome": "unknown", "profile": None, "seat": None}
            if lost and row["reason"] in _FOR_LACK and missing & {None, row["agent"]}
            else row
        )
        for row in tables["selections"]
    }


def _why(row: Row) -> Literal["no permission", "cannot be read", "not migrated", "unknown layout"]:
    if "permission" in (row["parse_error"] or "").lower():
        return "no permission"
    if row["parse"] in ("error", "empty", "unstable"):
        return "cannot be read"
    return "not migrated" if row["waits"] else "unknown layout"


def unread_lines(files: Collection[Unread]) -> list[str]:
    """Say which files were not read, and what follows; one line for a folder without permission."""
    said = []
    for file in files:
        whose = f"agent {file.agent}'s" if file.agent else "shared"
        detail = f" ({file.detail})" if file.detail and file.why != "no permission" else ""
        reason = {
            "no permission": "cannot be read: you have no permission to",
            "cannot be read": f"cannot be read{detail}",
            "not migrated": "waits for a migration",
            "unknown layout": f"has a layout that authlint does not know{detail}",
        }[file.why]
        said.append(f"{file.path} {reason}: what follows from the {whose} logins in it is unknown.")
    return said
