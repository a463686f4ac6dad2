"""Changes of logins: added, removed, called otherwise, renewed, logged in again, or somebody else's now."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from linter.snapshot.compare import compare, token_fingerprints
from linter.snapshot.tables import Row
from linter.views.diff.fact import Change
from linter.views.diff.matching import Key, Naming, paired
from linter.views.diff.words import CONDITIONS, contrast, who

_CONTRADICTIONS = {
    "account": "now another account:",
    "user": "now another user of the account:",
    "email": "now another email, and nothing else is known:",
}


class _Aspect(NamedTuple):
    what: str
    before: str | None = None
    after: str | None = None


def login_changes(
    before: Mapping[Key, tuple[str, Row]], after: Mapping[Key, tuple[str, Row]], naming: Naming
) -> Iterator[Change]:
    """Yield the changes of named logins. Expiry dates and the like are no change of their own."""
    gone, new = [], []
    for one, two in paired(before, after, naming):
        if two is None and one is not None:
            gone.append(one)
        elif one is None and two is not None:
            new.append(two)
        elif one is not None and two is not None:
            for aspect in aspects(one[1], two[1]):
                yield Change("changed", two[0], *aspect)
    heirs = _heirs(gone, new)
    for name, row in gone:
        if name in heirs:
            yield Change("changed", who(row["identity"]), "profile id", name, heirs[name])
        else:
            yield Change("gone", name, "login", before=_described(row))
    known = set(heirs.values())
    yield from (Change("new", name, "login", after=_described(row)) for name, row in new if name not in known)


def aspects(before: Row, after: Row) -> Iterator[_Aspect]:
    """Yield in which ways a login is not as it was."""
    if before["type"] != after["type"]:
        yield _Aspect("type", str(before["type"]), str(after["type"]))
    was, now = _condition(before), _condition(after)
    tokens = _tokens(before, after) if _secrets(after) or not now else None
    if tokens:
        yield tokens
    if was != now:
        yield _Aspect(now or "can be used again")


def _tokens(before: Row, after: Row) -> _Aspect | None:
    found = compare(after, before)
    if found.verdict == "DIFFERENT":
        names = contrast(before["identity"], after["identity"])
        return _Aspect(_CONTRADICTIONS[str(found.contradiction)], *names)
    if found.verdict == "SHARED_TOKEN":
        return _Aspect("same tokens, but stored as another account:", _stored(before), _stored(after))
    if found.verdict == "MIXED":
        same, other = ("access", "refresh") if found.same_access else ("refresh", "access")
        return _Aspect(f"another {other} token beside the same {same} token")
    if found.verdict == "STALE_COPY":
        seat = "seat" if after["identity"]["seat"] else "account"
        if found.same_refresh and found.fresher != "right":
            return _Aspect("token renewed")
        return _Aspect(f"{'older' if found.fresher == 'right' else 'new'} tokens, same {seat}")
    if _key(before) and _key(after) and _key(before) != _key(after):
        return _Aspect("another API key")
    if found.verdict == "EXACT" or _secrets(before) == _secrets(after):
        return None
    return _Aspect(_unsure(before, after))


def _unsure(before: Row, after: Row) -> str:
    if not _secrets(after):
        return "its tokens are gone"
    if not _secrets(before):
        return "has tokens now"
    account = after["identity"]["account_id"]
    if account and account == before["identity"]["account_id"]:
        return "new tokens, same account"
    return "new tokens; whose they were cannot be told"


def _secrets(row: Row) -> set[str]:
    key = _key(row)
    return token_fingerprints(row) | ({key} if key else set())


def _key(row: Row) -> str | None:
    """Return the fingerprint of an API key; in the repo of a router `key` is a name."""
    secret = row["api_key"] if "api_key" in row else row["key"]
    return secret["fingerprint"] if secret else None


def _stored(row: Row) -> str:
    return who({"email": row["email"], "account_id": row["accountId"], "user_id": None})


def _described(row: Row) -> str:
    condition = _condition(row)
    return f"{who(row['identity'])} ({condition})" if condition else who(row["identity"])


def _condition(row: Row) -> str | None:
    """Say why a login cannot be used; None when it can."""
    if row.get("dropped_reason") or row.get("entry_problem"):
        return "cannot be loaded"
    if row["fence"]:
        return "is being refreshed" if row["fence"] == "pending" else "lost its tokens in a failed refresh"
    if row.get("setup_replacement"):
        return CONDITIONS["setup_inactive"]
    return CONDITIONS.get(row["credential_state"]) or (CONDITIONS["expired"] if row["dead"] else None)


def _heirs(gone: list[tuple[str, Row]], new: list[tuple[str, Row]]) -> dict[str, str]:
    """Return under which new names the logins of lost names go on: by a token or by the seat."""
    by_mark = {mark: name for name, row in reversed(new) for mark in _marks(row)}
    heirs: dict[str, str] = {}
    for name, row in gone:
        heir = next((by_mark[mark] for mark in sorted(_marks(row)) if mark in by_mark), None)
        if heir is not None and heir not in heirs.values():
            heirs[name] = heir
    return heirs


def _marks(row: Row) -> set[str]:
    seat = row["identity"]["seat"]
    return token_fingerprints(row) | ({seat} if seat else set())
