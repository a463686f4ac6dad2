"""Compare two credentials: are they the same login, and which side is fresher."""

from typing import NamedTuple

from linter.snapshot.credential import is_milliseconds
from linter.snapshot.identity import contradiction, identify
from linter.snapshot.secrets import lowered, text
from linter.snapshot.tables import Row

_TOKEN_COLUMNS = ("access", "token", "refresh", "idToken")
_COMPARABLE_KINDS = frozenset({"jwt", "opaque", "api-key", "login"})


class Comparison(NamedTuple):
    """What two credentials are to each other, as in the `comparisons` table of the snapshot schema."""

    verdict: str
    fresher: str | None
    same_refresh: bool | None
    same_access: bool | None
    contradiction: str | None


def compare(left: Row, right: Row) -> Comparison:
    """Compare two rows that have the credential columns. A value that is absent on a side matches nothing.

    EXACT: the same tokens. STALE_COPY: another generation of the same login. MIXED: a torn pair of tokens.
    SHARED_TOKEN: one token under two identities. DIFFERENT: another login. UNKNOWN: nothing to tell by.
    """
    equal = _equal_secrets(left, right)
    against = contradiction(left["identity"], right["identity"])
    return Comparison(
        verdict=_verdict(left, right, equal, against),
        fresher=_fresher(left, right),
        same_refresh=equal.get("refresh"),
        same_access=equal.get("access"),
        contradiction=against,
    )


def token_fingerprints(row: Row) -> set[str]:
    """Return the fingerprints of the tokens of a login that can be compared with others."""
    return {mark for mark in (_comparable(row[name]) for name in _TOKEN_COLUMNS) if mark}


def _verdict(left: Row, right: Row, equal: dict[str, bool], against: str | None) -> str:
    if any(equal.values()) and contradiction(_stored_identity(left), _stored_identity(right)):
        return "SHARED_TOKEN"
    if equal and all(equal.values()) and against is None:
        return "EXACT"
    if _torn(left, right, equal):
        return "MIXED"
    if equal and not all(equal.values()) and _same_login(left["identity"], right["identity"]):
        return "STALE_COPY"
    if against and not any(equal.values()):
        return "DIFFERENT"
    return "UNKNOWN"


def _equal_secrets(left: Row, right: Row) -> dict[str, bool]:
    """Say, for each secret that both sides have in a comparable form, whether it is equal."""
    pairs = {
        "access": (left["access"] or left["token"], right["access"] or right["token"]),
        "refresh": (left["refresh"], right["refresh"]),
        "id": (left["idToken"], right["idToken"]),
    }
    marks = {name: (_comparable(one), _comparable(other)) for name, (one, other) in pairs.items()}
    return {name: one == other for name, (one, other) in marks.items() if one and other}


def _comparable(secret: Row | None) -> str | None:
    """Return the fingerprint of a real token; fences, markers and references stand for none."""
    return secret["fingerprint"] if secret and secret["kind"] in _COMPARABLE_KINDS else None


def _stored_identity(row: Row) -> Row:
    return {"account_id": text(row["accountId"]), "user_id": None, "email": lowered(row["email"])}


def _torn(left: Row, right: Row, equal: dict[str, bool]) -> bool:
    access, refresh = equal.get("access"), equal.get("refresh")
    if access and refresh is False:
        return True
    return (
        bool(refresh) and access is False and contradiction(_of_access(left), _of_access(right)) is not None
    )


def _of_access(row: Row) -> Row:
    return identify(_access_claims(row), None, None)


def _access_claims(row: Row) -> Row | None:
    secret = row["access"] or row["token"]
    return secret["claims"] if secret else None


def _same_login(left: Row, right: Row) -> bool:
    """Tell whether two identities are one seat, or one account and email where users cannot be compared."""
    if contradiction(left, right):
        return False
    if left["seat"] is not None and left["seat"] == right["seat"]:
        return True
    return all(left[name] is not None and left[name] == right[name] for name in ("account_id", "email"))


def _fresher(left: Row, right: Row) -> str | None:
    """Return the side that all signs call fresher; None when they disagree or say nothing."""
    one, other = _access_claims(left) or {}, _access_claims(right) or {}
    untold = one.get("exp") is None and other.get("exp") is None
    signs = {
        _sign(one.get("iat"), other.get("iat")),
        _sign(one.get("exp"), other.get("exp")),
        _sign(_expiry(left), _expiry(right)) if untold else 0,
    } - {0}
    if len(signs) != 1:
        return None
    return "left" if signs == {1} else "right"


def _expiry(row: Row) -> float | None:
    """Return when a login is said to end; what the token itself says of that counts more."""
    return row["expires"] if is_milliseconds(row["expires"]) else None


def _sign(left: float | None, right: float | None) -> int:
    return 0 if left is None or right is None else (left > right) - (left < right)
