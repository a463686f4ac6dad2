"""Credentials as messages name them, what makes one unusable, and two side by side in `comparisons`."""

from typing import NamedTuple

from linter.snapshot.compare import compare
from linter.snapshot.identity import contradiction, identify
from linter.snapshot.tables import Row

Place = tuple[str, str]
_TOKENS = ("access", "idToken")


class Side(NamedTuple):
    """A row with credential columns, and how it is called in messages: its place, then its id."""

    row: Row
    name: str
    id: str
    agent: str | None = None
    router: str | None = None


def comparison(kind: str, left: Side, right: Side) -> Row:
    """Return the row of a comparison."""
    here, there = _spot(left), _spot(right)
    return {
        "at": {**here, "fields": {"left_at": here, "right_at": there}},
        "kind": kind,
        "left": left.name,
        "left_id": left.id,
        "left_agent": left.agent,
        "right": right.name,
        "right_id": right.id,
        "right_identity": right.row["identity"],
        "router": right.router or left.router,
        **compare(left.row, right.row)._asdict(),
        "left_at": here,
        "right_at": there,
    }


def profile_side(row: Row) -> Side:
    """Return a stored profile as a side."""
    return Side(row, f"{row['scope']} {row['id']}", row["id"], agent=row["agent"])


def repo_side(row: Row) -> Side:
    """Return an entry of a router's repo as a side."""
    return Side(row, f"{row['router']} {row['key']}", row["key"], router=row["router"])


def slot_side(row: Row) -> Side:
    """Return a slot as a side; in a store of OpenClaw it is named by the agent, too."""
    name = f"slot {row['id']} of {row['agent']}" if row["agent"] else f"slot {row['id']}"
    return Side(row, name, row["id"], agent=row["agent"], router=row["router"])


def cli_side(row: Row) -> Side:
    """Return a Codex CLI login as a side."""
    return Side(row, f"codex-cli {row['home']}", row["home"])


def _spot(side: Side) -> Row:
    source, pointer = place(side.row)
    return {"source": source, "pointer": pointer}


def place(row: Row) -> Place:
    """Return where a row lies, as a key: source and pointer."""
    return row["at"]["source"], row["at"]["pointer"]


def fault_of(row: Row) -> str | None:
    """Return what is wrong with a credential, as the column `fault` says it; None for a whole one.

    That an access token has expired is no fault of a login that can renew itself.
    """
    if row.get("dropped_reason"):
        return "dropped"
    if row["fence"]:
        return "locked" if row["fence"] == "failed" else None
    if row["credential_state"] not in ("ok", "setup_inactive"):
        return "empty"
    if row["type"] != "oauth" or row["ref_state"]:
        return None
    if _torn(row):
        return "torn"
    access, refresh = row["access"], row["refresh"]
    return "cut" if refresh is None or (access and access["fingerprint"] == refresh["fingerprint"]) else None


def _torn(row: Row) -> bool:
    one, other = (identify(row[name]["claims"], None, None) if row[name] else None for name in _TOKENS)
    return one is not None and other is not None and contradiction(one, other) in ("account", "user")


def moved(at: Row, room: str) -> Row:
    """Return the place of a row in another snapshot, with its room: both have files of the same names."""
    return {"source": room + at["source"], "pointer": at["pointer"]}
