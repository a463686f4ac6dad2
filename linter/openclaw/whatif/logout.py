"""`openclaw models auth logout`, on raw tables (2026.8.2 and later; before, there is no such command).

The login goes from the agent's own store and from the one that it is inherited from, with all that these
stores and openclaw.json say of it; so do copies of other agents with the same refresh token. Pins stay.
(2026.9.6: auth-logout and profiles; recorded as 2026.9.6-logged-out.)
"""

from linter.openclaw.selection.stores import agent_scope, scope_of
from linter.openclaw.whatif.unpredictable import UnpredictableError
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import Row, Tables


def logout(snapshot: Snapshot, agent: str, name: str) -> None:
    """Remove a login. Raises UnpredictableError where this version cannot, or where there is none."""
    tables = snapshot.tables
    if not snapshot.meta["semantics"]["logs_out"]:
        raise UnpredictableError("this version of OpenClaw has no `models auth logout` (2026.8.2 brought it)")
    seen = [row for row in tables["visible_profiles"] if (row["agent"], row["id"]) == (agent, name)]
    if not seen:
        raise UnpredictableError(f"OpenClaw refuses this logout: agent {agent} has no login {name}")
    scopes = {agent_scope(agent), seen[0]["scope"]}
    gone = [row for row in tables["profiles"] if row["id"] == name and row["scope"] in scopes]
    tokens = {row["refresh"]["fingerprint"] for row in gone if row["refresh"]}
    peers = {row["scope"] for row in tables["profiles"] if row["id"] == name and _token(row) in tokens}
    tables["profiles"][:] = [
        row for row in tables["profiles"] if row["id"] != name or row["scope"] not in scopes | peers
    ]
    _forget(tables, name, scopes)
    tables["config_profiles"][:] = [row for row in tables["config_profiles"] if row["id"] != name]


def _token(row: Row) -> str | None:
    return row["refresh"]["fingerprint"] if row["refresh"] else None


def _forget(tables: Tables, name: str, scopes: set[str]) -> None:
    """Drop what stores and openclaw.json say of a login that is gone; lists that become empty go, too."""
    for table in ("last_good", "usage_stats"):
        tables[table][:] = [row for row in tables[table] if row["id"] != name or row["scope"] not in scopes]
    for row in tables["order_lists"]:
        if name in row["ids"] and scope_of(row) in {*scopes, "config"}:
            row["ids"] = [other for other in row["ids"] if other != name]
            row["emptied"] = not row["ids"]
    tables["orders"][:] = [
        row for row in tables["orders"] if row["id"] != name or scope_of(row) not in {*scopes, "config"}
    ]
    tables["order_lists"][:] = [row for row in tables["order_lists"] if not row.pop("emptied", False)]
