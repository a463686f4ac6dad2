"""Changes of what sessions are pinned to."""

from collections.abc import Iterator

from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import Row
from linter.views.diff.fact import Change, Fact, changed
from linter.views.diff.matching import Naming


def changes(before: Snapshot, after: Snapshot, naming: Naming) -> Iterator[Change]:
    """Yield the changes of this layer."""
    yield from changed(_facts(before), _facts(after), naming)


def _facts(snapshot: Snapshot) -> Iterator[Fact]:
    for row in snapshot.tables["sessions"]:
        for what, value in _values(row):
            if value:
                yield Fact((row["agent"], row["key"], what), row["key"], what, value)


def _values(row: Row) -> Iterator[tuple[str, str | None]]:
    source = f" ({row['override_source']})" if row["override_source"] else ""
    yield "pin", f"{row['pin']}{source}" if row["pin"] else None
    model = (row["providerOverride"], row["modelOverride"])
    yield "model", "/".join(part for part in model if isinstance(part, str) and part)
    yield "Codex thread", row["binding_profile"]
