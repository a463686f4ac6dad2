"""Rows of evidence: every column, with what it is where a capture does not say."""

from typing import Any

from linter.snapshot.tables import Row, new_row


def display_row(at: Row, surface: str, **columns: Any) -> Row:
    """Return a row of `display_evidence`."""
    return new_row("display_evidence", at=at, surface=surface) | columns


def usage_row(at: Row, surface: str, **columns: Any) -> Row:
    """Return a row of `usage_evidence`."""
    return new_row("usage_evidence", at=at, surface=surface) | columns
