"""`/model <model>@<profile>` sent in a chat, on raw tables: the pin of that session, as a person sets it."""

from linter.openclaw.whatif.unpredictable import UnpredictableError
from linter.snapshot.snapshot import Snapshot


def pin(snapshot: Snapshot, session: str, profile: str) -> None:
    """Pin a session. Raises UnpredictableError for an unknown session or a login that its agent has not."""
    rows = [row for row in snapshot.tables["sessions"] if row["key"] == session]
    if not rows:
        raise UnpredictableError(f"there is no session {session}; `authlint layers` lists them")
    for row in rows:
        if not any(
            (seen["agent"], seen["id"]) == (row["agent"], profile)
            for seen in snapshot.tables["visible_profiles"]
        ):
            raise UnpredictableError(f"agent {row['agent']} has no login {profile} to pin {session} to")
        row.update(
            authProfileOverride=profile,
            authProfileOverrideSource="user",
            authProfileOverrideCompactionCount=None,
        )
