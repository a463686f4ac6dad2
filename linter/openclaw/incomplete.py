"""Which files may hold logins that the tables do not show: what names those is not dangling."""

from linter.snapshot.tables import Row, Tables, new_row

_UNREAD = frozenset({"error", "empty", "unstable"})
_DATABASES = frozenset({"agent-db", "state-db"})
_OLDER = frozenset({"store", "legacy-auth", "legacy-oauth"})
_STORES = frozenset({"store", *_DATABASES})
_OF_ROUTERS = frozenset({"repo", "router-snapshot", "router-config"})


def mark_incomplete(tables: Tables, era: str, heir: str) -> None:
    """Mark files that were not read whole, and those whose logins no database holds.

    `heir` is the agent whose store all others inherit from.
    """
    files = tables["files"]
    for row in files:
        unknown = row["role"] in _STORES and not row["schema_known"]
        row["incomplete"] = row["parse"] in _UNREAD or unknown
    folders = {row["id"]: row["agent_dir"] for row in tables["agents"]}
    databases = [row for row in files if row["role"] in _DATABASES]
    for row in files:
        row["waits"] = era in ("H", "S") and row["exists"] and _waits(row, databases, folders, heir)


def list_unread(tables: Tables, heir: str) -> None:
    """List what may be in files that were marked; `heir` as above."""
    tables["unread"] = [
        new_row("unread", at=row["at"], path=row["path"], what=what, whose=_whose(row["agent"], heir))
        for row in tables["files"]
        if (what := _missing(row))
    ]


def _missing(file: Row) -> str | None:
    if file["waits"] or (file["incomplete"] and file["role"] in _STORES):
        return "logins"
    return "accounts" if file["incomplete"] and file["role"] in _OF_ROUTERS else None


def _whose(owner: str | None, heir: str) -> str | None:
    return None if owner == heir else owner


def _waits(file: Row, databases: list[Row], folders: dict[str, str], heir: str) -> bool:
    """Tell whether a file of an older layout, or what a migration made of it, is all there is of its logins.

    The file holds OpenClaw back unless its agent's own database has logins; for those that were taken over,
    the shared ones will do. A database that cannot be read may have some.
    """
    owner = file["agent"] or heir
    if file["role"] == "archive":
        taken = "/auth-profiles.json." in file["path"]
        return taken and not any(_may_hold(row) for row in databases if row["agent"] in (owner, heir, None))
    in_use = owner not in folders or file["role"] == "legacy-oauth" or file["path"].startswith(folders[owner])
    own = (row for row in databases if row["agent"] == owner)
    inherited = (row for row in databases if row["agent"] == heir and row["incomplete"])
    return file["role"] in _OLDER and in_use and not any(map(_may_hold, own)) and not any(inherited)


def _may_hold(database: Row) -> bool:
    return database["incomplete"] or (database["profile_count"] or 0) > 0
