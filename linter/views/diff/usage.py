"""Changes of what usage figures were fetched with, and of the figures, where both snapshots have captures."""

from collections.abc import Iterator

from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import Row
from linter.views.diff.fact import Change, Fact, changed
from linter.views.diff.matching import Naming

_UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"))


def changes(before: Snapshot, after: Snapshot, naming: Naming) -> Iterator[Change]:
    """Yield the changes of this layer."""
    yield from changed(_facts(before), _facts(after), naming)


def _facts(snapshot: Snapshot) -> Iterator[Fact]:
    for row in snapshot.tables["usage_evidence"]:
        subject = f"{row['surface']}, {row['for_profile'] or row['session'] or 'no profile'}"
        for what, value in _values(row):
            if value:
                key = (row["surface"], row["for_profile"] or "", row["session"] or "", what)
                yield Fact(key, subject, what, value, lasting=False)


def _values(row: Row) -> Iterator[tuple[str, str | None]]:
    yield "fetched with", row["fetched_profile"]
    yield "account", row["account_id"] or row["header_account"]
    yield "user", row["user_id"]
    yield "email", row["email"]
    windows = [window for window in row["windows"] or () if window["used_percent"] is not None]
    yield "used", ", ".join(map(_window, windows))


def _window(window: Row) -> str:
    seconds = window["seconds"] or 0
    length = next((f"{seconds // size} {unit}" for size, unit in _UNITS if seconds >= size), f"{seconds} s")
    return f"{window['used_percent']} % of {length}"
