"""Two credentials side by side, as a row of the `comparisons` table."""

from typing import NamedTuple

from linter.snapshot.compare import compare
from linter.snapshot.holder import holder_of_cli, holder_of_profile, holder_of_repo, holder_of_slot, place
from linter.snapshot.tables import Row


class Side(NamedTuple):
    """A row with credential columns, and how it is called."""

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
    return Side(row, holder_of_profile(row), row["id"], agent=row["agent"])


def repo_side(row: Row) -> Side:
    """Return an entry of a router's repo as a side."""
    return Side(row, holder_of_repo(row), row["key"], router=row["router"])


def slot_side(row: Row) -> Side:
    """Return a slot as a side."""
    return Side(row, holder_of_slot(row), row["id"], agent=row["agent"], router=row["router"])


def cli_side(row: Row) -> Side:
    """Return a Codex CLI login as a side."""
    return Side(row, holder_of_cli(row), row["home"])


def _spot(side: Side) -> Row:
    source, pointer = place(side.row)
    return {"source": source, "pointer": pointer}
