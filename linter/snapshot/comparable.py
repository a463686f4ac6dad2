"""Whether two snapshots can be compared at all: of one machine, and with people under the same names."""

from linter.snapshot.snapshot import Snapshot, SnapshotError


def require_comparable(before: Snapshot, after: Snapshot) -> None:
    """Raise SnapshotError, with the way out, where every identity would seem to have changed."""
    one, other = before.meta.get("pseudonyms"), after.meta.get("pseudonyms")
    if one != other:
        raise SnapshotError(_names_differ(bool(one), bool(other)))
    if not _one_machine(before, after):
        raise SnapshotError(
            "the two are of different machines, whose states do not follow each other; "
            "`authlint lint A B` compares machines"
        )


def _names_differ(one: bool, other: bool) -> str:  # noqa: FBT001 - private, two lines away from its call
    if one and other:
        return "the two have pseudonyms that were made with different keys; save both with the same `--key`"
    which = "earlier" if one else "later"
    return (
        f"only the {which} of the two has pseudonyms, so that nobody in it can be recognised; "
        "save both with `authlint snapshot --pseudonymise` and the same key, or both without"
    )


def _one_machine(before: Snapshot, after: Snapshot) -> bool:
    """Tell whether both are of one machine: by its name, else by a chat, since machines are renamed."""
    hosts = {before.meta.get("host"), after.meta.get("host")}
    return None in hosts or len(hosts) == 1 or not _chats(before).isdisjoint(_chats(after))


def _chats(snapshot: Snapshot) -> set[tuple[str, str]]:
    return {(row["key"], row["sessionId"]) for row in snapshot.tables["sessions"] if row["sessionId"]}
