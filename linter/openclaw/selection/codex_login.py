"""The login of the Codex CLI, as OpenClaw of the JSON era borrows it."""

from collections.abc import Iterator

from linter.openclaw.selection.blocked import number
from linter.openclaw.selection.provider import CODEX
from linter.openclaw.selection.stores import MAIN, Store
from linter.snapshot.tables import Row

DEFAULT = f"{CODEX}:default"
RUNTIME_IDS = (DEFAULT, f"{CODEX}:codex-cli")
"""Ids that the login has while a turn runs, where they are not stored."""


def import_login(stores: dict[str, Store], codex_homes: list[Row]) -> None:
    """Put the login into every store, as versions do that write it there whenever they load one.

    Only a newer login of its name stands against it; whose it is does not matter.
    """
    for login in borrowed_logins(codex_homes):
        for scope in {MAIN, *(name for name, store in stores.items() if any(store))}:
            profiles = stores[scope].profiles
            if not _is_newer(profiles.get(DEFAULT), login):
                profiles[DEFAULT] = {**login, "id": DEFAULT, "scope": scope}


def borrowed_logins(codex_homes: list[Row]) -> Iterator[Row]:
    """Yield the complete logins of Codex homes as OpenClaw takes them, which expire with the access token."""
    for home in codex_homes:
        access = home["access"]
        if access and home["refresh"]:
            expires = access["claims"]["exp"] if access["claims"] else None
            yield {
                **home,
                "provider": CODEX,
                "realm": CODEX,
                "type": "oauth",
                "expires": expires,
                "setup_replacement": False,
                "borrowed": True,
            }


def _is_newer(stored: Row | None, login: Row) -> bool:
    if stored is None or stored["type"] != "oauth" or stored["provider"] != CODEX:
        return False
    before, after = number(stored["expires"]), number(login["expires"])
    return before is not None and (after is None or before > after)
