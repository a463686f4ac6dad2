"""Rows of another snapshot, whose documents stand beside those of this one in a room of their own."""

from linter.snapshot.tables import Row


def moved(at: Row, room: str) -> Row:
    """Return the place of a row in another snapshot, with its room: both have files of the same names."""
    return {"source": room + at["source"], "pointer": at["pointer"]}
