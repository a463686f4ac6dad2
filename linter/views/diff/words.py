"""How people and places are called in a comparison."""

from linter.snapshot.tables import Row

CONDITIONS = {
    "missing_credential": "holds no secret",
    "malformed_api_key": "holds a pasted command instead of a key",
    "unresolved_ref": "refers to a secret that is not there",
    "expired": "has expired and cannot renew itself",
    "invalid_expires": "has no valid expiry date",
    "setup_inactive": "waits for the setup wizard to activate it",
}
"""Why a login cannot be used, by its `credential_state`."""


def who(identity: Row) -> str:
    """Name an account: by its email and id, and where there is no email by its user."""
    name, account = identity["email"] or identity["user_id"], identity["account_id"]
    told = [name, f"account {account}" if account else None]
    return ", ".join(part for part in told if part) or "an unknown account"


def contrast(before: Row, after: Row) -> tuple[str, str]:
    """Name two accounts by what tells them apart: their emails, else account or user ids."""
    for column, word in (("email", ""), ("account_id", "account "), ("user_id", "user ")):
        one, other = before[column], after[column]
        if one and other and one != other:
            return f"{word}{one}", f"{word}{other}"
    return who(before), who(after)


def place(scope: str) -> str:
    """Name a store by its scope."""
    return f"agent {scope.removeprefix('agent:')}" if scope.startswith("agent:") else scope


def listed(ids: list[str]) -> str:
    """Name a list of profiles."""
    return ", ".join(ids) or "nobody"
