"""Rows of evidence: every column, with what it is where a capture does not say."""

from typing import Any

from linter.snapshot.tables import Row


def display_row(at: Row, surface: str, **columns: Any) -> Row:
    """Return a row of `display_evidence`."""
    defaults: Row = {
        "at": at,
        "surface": surface,
        "session": None,
        "semantic": None,
        "profile_id": None,
        "email": None,
        "workspace": None,
        "plan": None,
        "shown_at": None,
    }
    return defaults | columns


def usage_row(at: Row, surface: str, **columns: Any) -> Row:
    """Return a row of `usage_evidence`."""
    defaults: Row = {
        "at": at,
        "surface": surface,
        "session": None,
        "for_profile": None,
        "fetched_profile": None,
        "fetched_fingerprint": None,
        "header_account": None,
        "method": None,
        "account_id": None,
        "user_id": None,
        "email": None,
        "windows": [],
        "fetched_at": None,
        "used_by_router": False,
    }
    return defaults | columns
