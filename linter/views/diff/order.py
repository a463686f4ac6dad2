"""Changes of the auth order, list by list, and of the profiles that openclaw.json declares."""

from collections.abc import Iterator

from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import Row
from linter.views.diff.fact import Change, Fact, changed
from linter.views.diff.matching import Naming
from linter.views.diff.words import listed, place


def changes(before: Snapshot, after: Snapshot, naming: Naming) -> Iterator[Change]:
    """Yield the changes of this layer."""
    yield from changed(_facts(before), _facts(after), naming)


def _facts(snapshot: Snapshot) -> Iterator[Fact]:
    for row in snapshot.tables["order_lists"]:
        scope, file = _scope(row), " (auth-profiles.json)" if row["embedded"] else ""
        owner = "openclaw.json" if scope == "config" else place(scope)
        key = ("order", scope, str(row["embedded"]), row["provider"])
        yield Fact(key, f"{owner}, {row['provider']}{file}", "order", listed(row["ids"]))
    for row in snapshot.tables["config_profiles"]:
        value = f"{row['mode'] or 'no mode'} of {row['provider'] or 'no provider'}"
        yield Fact(("declared", row["id"]), row["id"], "declared in openclaw.json as", value)


def _scope(row: Row) -> str:
    return f"agent:{row['agent']}" if row["layer"] == "agent" else str(row["layer"])
