"""Changes of stored preferences: what a user or helper asked for."""

from collections.abc import Iterator

from linter.snapshot.snapshot import Snapshot
from linter.views.diff.fact import Change, Fact, changed
from linter.views.diff.matching import Naming


def changes(before: Snapshot, after: Snapshot, naming: Naming) -> Iterator[Change]:
    """Yield the changes of this layer."""
    yield from changed(_facts(before), _facts(after), naming)


def _facts(snapshot: Snapshot) -> Iterator[Fact]:
    for row in snapshot.tables["preference"]:
        yield Fact(("tool", row["tool"]), row["tool"], "prefers", row["value"] or "nobody")
    for row in snapshot.tables["agents"]:
        if row["model"]:
            name, suffix = f"agent {row['id']}", row["model_suffix"]
            model = f"{row['model']}@{suffix}" if suffix else row["model"]
            yield Fact(("model", row["id"]), name, "model", model, lasting=False)
