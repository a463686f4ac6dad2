"""Logins of an agent that give way to a newer login of the store that it inherits, when both are merged."""

from linter.openclaw.selection.blocked import LATEST_DATE_MS, number
from linter.openclaw.selection.provider import CODEX
from linter.openclaw.selection.semantics import Semantics
from linter.openclaw.selection.stores import Store
from linter.snapshot.tables import Row

_REFRESH_MARGIN_MS = 5 * 60 * 1000
_REJECTED = frozenset({"auth", "auth_permanent", "session_expired"})


def replacements(own: Store, inherited: Store, semantics: Semantics, now: int) -> dict[str, str]:
    """Return, per own id that gives way, the inherited id that takes its place."""
    found = {}
    for profile_id, login in own.profiles.items():
        new = None
        if login["type"] != "oauth" or not semantics.reconciles_default:
            continue
        if profile_id == f"{login['realm']}:default":
            new = _successor_of_default(login, inherited, semantics, now)
        elif semantics.reconciles_invalidated and _is_rejected(profile_id, login, own):
            new = _successor_of_rejected(profile_id, inherited, semantics, now)
        if new:
            found[profile_id] = new
    return found


def is_newer(candidate: Row, existing: Row, semantics: Semantics, now: int) -> bool:
    """Tell whether a login works and is newer than another, or works where the other does not."""
    if not _is_usable(candidate, semantics, now):
        return False
    return not _is_usable(existing, semantics, now) or expires(candidate) > expires(existing)


def _successor_of_default(login: Row, inherited: Store, semantics: Semantics, now: int) -> str | None:
    logins = {
        profile_id: row
        for profile_id, row in _logins(inherited, login, semantics).items()
        if is_newer(row, login, semantics, now)
    }
    candidates = _latest_first(logins)
    same = [profile_id for profile_id in candidates if is_same_person(login, logins[profile_id], semantics)]
    if same:
        return same[0] if has_identity(login) or len(same) == 1 else None
    if _is_usable(login, semantics, now):
        return None
    possible = [profile_id for profile_id in candidates if not _contradicts(login, logins[profile_id])]
    return possible[0] if len(possible) == 1 else None


def _successor_of_rejected(rejected: str, inherited: Store, semantics: Semantics, now: int) -> str | None:
    logins = {
        profile_id: row
        for profile_id, row in inherited.profiles.items()
        if profile_id != rejected
        and row["type"] == "oauth"
        and row["realm"] == CODEX
        and _is_usable(row, semantics, now)
    }
    ordered: list[str] = next((row["ids"] for row in inherited.orders.values() if row["realm"] == CODEX), [])
    good = next((value for key, value in inherited.last_good.items() if key.strip().lower() == CODEX), None)
    preferred = [listed for listed in ordered if listed in logins] + ([good] if good in logins else [])
    if preferred:
        return preferred[0]
    return next(iter(logins)) if len(logins) == 1 else None


def _is_rejected(profile_id: str, login: Row, own: Store) -> bool:
    """Tell whether the provider refused an own Codex login that the agent's own state still names."""
    listed = any(profile_id in row["ids"] for row in own.orders.values())
    stats = own.stats.get(profile_id)
    if login["realm"] != CODEX or stats is None or not (listed or profile_id in own.last_good.values()):
        return False
    counts = stats["failureCounts"] if isinstance(stats["failureCounts"], dict) else {}
    reasons = {stats["cooldownReason"], stats["disabledReason"]}
    return bool(reasons & _REJECTED) or any((number(counts.get(reason)) or 0) > 0 for reason in _REJECTED)


def _logins(store: Store, login: Row, semantics: Semantics) -> dict[str, Row]:
    return {
        profile_id: row
        for profile_id, row in store.profiles.items()
        if profile_id != login["id"]
        and row["type"] == "oauth"
        and row["realm"] == login["realm"]
        and not (semantics.gates_setup and row["setup_replacement"])
    }


def _latest_first(logins: dict[str, Row]) -> list[str]:
    return sorted(logins, key=lambda profile_id: (-expires(logins[profile_id]), profile_id))


def _is_usable(login: Row, semantics: Semantics, now: int) -> bool:
    """Tell whether an access token is there and lasts."""
    if login["type"] != "oauth" or login["access"] is None or (semantics.fences and login["fence"]):
        return False
    end = expires(login)
    return end > now + _REFRESH_MARGIN_MS and not (semantics.limits_dates and end > LATEST_DATE_MS)


def expires(login: Row) -> float:
    """Return when an access token ends, ms; 0 where that is unknown."""
    end = number(login["expires"])
    return end if end is not None and end > 0 else 0


def is_same_person(existing: Row, incoming: Row, semantics: Semantics) -> bool:
    """Tell whether a login may be taken for another of its provider, as OpenClaw compares stored fields."""
    if not semantics.coerces_state and existing["provider"] != incoming["provider"]:
        return False
    if _is_same_login(existing, incoming) or not has_identity(existing):
        return True
    account, other_account = _account(existing), _account(incoming)
    if account and other_account:
        return account == other_account
    email, other_email = _email(existing), _email(incoming)
    return email is not None and email == other_email


def _is_same_login(left: Row, right: Row) -> bool:
    secrets = ("access", "refresh", "idToken")
    fields = ("expires", "email", "accountId")
    return all(_fingerprint(left[name]) == _fingerprint(right[name]) for name in secrets) and all(
        left[name] == right[name] for name in fields
    )


def _contradicts(left: Row, right: Row) -> bool:
    return _differ(_account(left), _account(right)) or _differ(_email(left), _email(right))


def has_identity(login: Row) -> bool:
    """Tell whether a login notes whose it is."""
    return _account(login) is not None or _email(login) is not None


def _differ(left: str | None, right: str | None) -> bool:
    return left is not None and right is not None and left != right


def _account(login: Row) -> str | None:
    value = login["accountId"]
    return (value.strip() or None) if isinstance(value, str) else None


def _email(login: Row) -> str | None:
    value = login["email"]
    return (value.strip().lower() or None) if isinstance(value, str) else None


def _fingerprint(secret: Row | None) -> str | None:
    return secret["fingerprint"] if secret else None
