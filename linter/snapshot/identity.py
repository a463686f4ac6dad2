"""Who a credential is: claims of its tokens before the fields stored beside them."""

from typing import Any

from linter.snapshot.secrets import NO_CLAIMS, lowered, text
from linter.snapshot.tables import Row

SEAT, ACCOUNT_AND_EMAIL, ACCOUNT, EMAIL, NONE = 3, 2, 1, 0, -1
"""Strength of an identity."""


def merged_claims(*secrets: Row | None) -> Row | None:
    """Return the claims of the first JWT, completed from the others; None without any JWT."""
    sources = [secret["claims"] for secret in secrets if secret and secret["claims"]]
    if not sources:
        return None
    merged = dict(NO_CLAIMS)
    for claims in reversed(sources):
        merged.update({name: value for name, value in claims.items() if value is not None})
    # Times belong to the first token; another one's lifetime says nothing about it.
    merged.update(exp=sources[0]["exp"], iat=sources[0]["iat"], auth=sources[0]["auth"])
    return merged


def identify(claims: Row | None, account_id: Any, email: Any) -> Row:
    """Return `{account_id, user_id, email, seat, strength}` of a credential."""
    known = claims or NO_CLAIMS
    account = known["account_id"] or text(account_id)
    user = known["user_id"] or _user_of_seat(known["seat_id"], account) or _subject(known)
    mail = known["email"] or lowered(email)
    seat = f"{account}/{user}" if account and user else None
    return {
        "account_id": account,
        "user_id": user,
        "email": mail,
        "seat": seat,
        "strength": _strength(account, user, mail),
    }


def contradiction(left: Row, right: Row) -> str | None:
    """Say by what two identities exclude each other: `account`, `user`, `email`; None if by nothing.

    An email counts only where neither accounts nor users can be compared, since it can change.
    """
    account = _differs(left["account_id"], right["account_id"])
    if account:
        return "account"
    user = _differs(*_comparable_users(left["user_id"], right["user_id"]))
    if user:
        return "user"
    if account is None and user is None and _differs(left["email"], right["email"]):
        return "email"
    return None


def _differs(left: str | None, right: str | None) -> bool | None:
    return None if left is None or right is None else left != right


def _comparable_users(left: str | None, right: str | None) -> tuple[str | None, str | None]:
    """Return both users, or nothing where one is a user id and the other an issuer's subject."""
    if left is None or right is None or ("|" in left) != ("|" in right):
        return None, None
    return left, right


def _user_of_seat(seat_id: str | None, account: str | None) -> str | None:
    """Take the user out of a `user__account` seat id."""
    if not seat_id or "__" not in seat_id:
        return None
    user, _, rest = seat_id.rpartition("__")
    return user if user and rest in (account, rest if account is None else None) else None


def _subject(claims: Row) -> str | None:
    return f"{claims['iss']}|{claims['sub']}" if claims["iss"] and claims["sub"] else None


def _strength(account: str | None, user: str | None, email: str | None) -> int:
    if account and user:
        return SEAT
    if account:
        return ACCOUNT_AND_EMAIL if email else ACCOUNT
    return EMAIL if email else NONE
