"""How a credential is called in messages: its place, then its id."""

from linter.snapshot.tables import Row

Place = tuple[str, str]


def holder_of_profile(row: Row) -> str:
    """Name a stored profile by its scope and id."""
    return f"{row['scope']} {row['id']}"


def holder_of_repo(row: Row) -> str:
    """Name an entry of a router's repo by the router and key."""
    return f"{row['router']} {row['key']}"


def holder_of_slot(row: Row) -> str:
    """Name a slot by its id and, in a store of OpenClaw, by the agent."""
    return f"slot {row['id']} of {row['agent']}" if row["agent"] else f"slot {row['id']}"


def holder_of_cli(row: Row) -> str:
    """Name a Codex CLI login by its home."""
    return f"codex-cli {row['home']}"


def place(row: Row) -> Place:
    """Return where a row lies, as a key."""
    return row["at"]["source"], row["at"]["pointer"]
