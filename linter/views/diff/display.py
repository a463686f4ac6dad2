"""Changes of names that status views show: beside the logins, and where both snapshots have captures."""

from collections.abc import Iterator

from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import Tables
from linter.views.diff.fact import Change, Fact, changed
from linter.views.diff.matching import Key, Naming
from linter.views.diff.words import place


def changes(before: Snapshot, after: Snapshot, naming: Naming) -> Iterator[Change]:
    """Yield the changes of this layer."""
    yield from changed(_facts(before), _facts(after), naming)


def _facts(snapshot: Snapshot) -> Iterator[Fact]:
    """Yield what is shown. A name that is not known on a side is not compared."""
    for key, subject, shown in _shown(snapshot.tables):
        for what, value in shown.items():
            if value:
                yield Fact((*key, what), subject, what, value, lasting=False)


def _shown(tables: Tables) -> Iterator[tuple[Key, str, dict[str, str | None]]]:
    for row in tables["profiles"]:
        plan = row["chatgptPlanType"] or (row["claims"] or {}).get("plan")
        shown = {"email": row["email"] or row["identity"]["email"], "name": row["displayName"], "plan": plan}
        yield ("profile", row["scope"], row["id"]), f"{row['id']} ({place(row['scope'])})", shown
    for row in tables["config_profiles"]:
        yield ("declared", row["id"]), f"{row['id']} (openclaw.json)", {"email": row["email"]}
    for row in tables["repo_profiles"]:
        if row["key_style"] != "index":  # another position is no other label
            yield (
                ("repo", row["router"], row["key"]),
                f"{row['key']} ({row['router']})",
                {"label": row["label"]},
            )
    for row in tables["display_evidence"]:
        subject = " of ".join(filter(None, [row["surface"], row["session"]]))
        names = {"profile": row["profile_id"], **{name: row[name] for name in ("email", "workspace", "plan")}}
        shown = {f"shows {name}": value for name, value in names.items()}
        yield ("shown", row["surface"], row["session"] or "", row["semantic"] or ""), subject, shown
