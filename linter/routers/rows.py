"""Rows of the router tables: every column, with what it is where a tool has no such thing."""

from typing import Any

from linter.openclaw.reading import Reading
from linter.routers.login import read_login
from linter.routers.place import located
from linter.snapshot.credential import credential_columns
from linter.snapshot.redact import scrub
from linter.snapshot.tables import Row, new_row

CREDENTIAL_COLUMNS = tuple(credential_columns({}, 0))


def router_row(at: Row, name: str, tool: str, kind: str, **columns: Any) -> Row:
    """Return a row of `routers`."""
    return new_row("routers", at=at, id=name, tool=tool, kind=kind) | columns


def account_row(at: Row, router: str, account: str, **columns: Any) -> Row:
    """Return a row of `router_accounts`."""
    return new_row("router_accounts", at=at, router=router, id=account) | columns


def lease_row(at: Row, router: str, key: str, **columns: Any) -> Row:
    """Return a row of `leases`."""
    return new_row("leases", at=at, router=router, key=scrub(key)) | columns


def repo_row(
    reading: Reading,
    source: str,
    pointer: str,
    raw: Any,
    *,
    router: str,
    tool: str,
    key: str,
    key_style: str,
    provider: str,
    **columns: Any,
) -> Row:
    """Return a row of `repo_profiles` for a raw entry of any shape; `columns` override what is derived."""
    entry = raw if isinstance(raw, dict) else {}
    login = read_login(entry, provider, reading.now)
    credential = dict(login.columns)
    api_key = credential.pop("key")
    prefix, colon, name = key.partition(":")
    return (
        new_row(
            "repo_profiles",
            at=located(source, pointer, login.pointers),
            router=router,
            tool=tool,
            key=scrub(key),
            enabled=entry.get("enabled") is not False,
            label=_label(entry),
            key_prefixed=bool(colon and prefix.strip() and name.strip()),
            key_style=key_style,
            entry_problem=_problem(raw, key, has_secret=login.has_secret),
            **credential,
            api_key=api_key,
        )
        | columns
    )


def _label(entry: Row) -> str | None:
    """Return what an entry calls itself for people."""
    names = (entry.get(name) for name in ("label", "accountLabel", "alias", "name", "displayName"))
    return next((scrub(name.strip()) for name in names if isinstance(name, str) and name.strip()), None)


def _problem(raw: Any, key: str, *, has_secret: bool) -> str | None:
    if not isinstance(raw, dict):
        return "not an object"
    if not key.strip():
        return "blank key"
    return None if has_secret else "no secret"
