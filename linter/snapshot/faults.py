"""What makes a stored login unusable, whatever the lists say: it is torn, cut, empty or locked."""

from linter.snapshot.identity import contradiction, identify
from linter.snapshot.tables import Row


def fault_of(row: Row) -> str | None:
    """Return what is wrong with a credential, as the column `fault` says it; None for a whole one.

    That an access token has expired is no fault of a login that can renew itself.
    """
    if row.get("dropped_reason"):
        return "dropped"
    if row["fence"]:
        return "locked" if row["fence"] == "failed" else None
    if row["credential_state"] not in ("ok", "setup_inactive"):
        return "empty"
    if row["type"] != "oauth" or row["ref_state"]:
        return None
    if _torn(row):
        return "torn"
    access, refresh = row["access"], row["refresh"]
    return "cut" if refresh is None or (access and access["fingerprint"] == refresh["fingerprint"]) else None


def _torn(row: Row) -> bool:
    one, other = (identify(row[name]["claims"], None, None) if row[name] else None for name in _TOKENS)
    return one is not None and other is not None and contradiction(one, other) in ("account", "user")


_TOKENS = ("access", "idToken")
