"""Stable names in place of people, accounts and chats, under which every rule finds what it found.

A name is made with a secret key: who has the key gives the same names again, who has not cannot try
addresses. What equals stays equal, whatever its case; a UUID stays one, a number stays one, and prefixes
such as `user-` stay.
"""

import hmac
import os
import re
import secrets
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from linter.files import SMALL, read_bytes
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.store import saved
from linter.snapshot.tables import Row, Tables, columns_of

_EMAIL = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_SESSION_KEY = r"\bagent:[A-Za-z0-9_-]+:[^\s/]+"
_SUBJECT_ID = r"\bid-[A-Za-z0-9_-]{6,}"
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_PREFIX = re.compile(r"(?:user|org|acct|account|seat|auth0|google-oauth2)[-_|]", re.IGNORECASE)
_WORD = r"[A-Za-z0-9-]+(?:_[A-Za-z0-9-]+)*(?:__[A-Za-z0-9-]+(?:_[A-Za-z0-9-]+)*)*"
_TEXT = re.compile(
    rf"(?P<key>{_SESSION_KEY})|(?P<email>{_EMAIL})|(?P<subject>{_SUBJECT_ID})|(?P<word>{_WORD})"
)
_KINDS = frozenset({"direct", "dm", "group", "channel", "room", "thread", "topic", "slash", "user"})
_NOBODY = frozenset({"", "unknown", "none", "null", "undefined", "default"})


class Pseudonyms:
    """Replaces, in every text, the ids that the tables know, and all emails and chat peers."""

    def __init__(self, key: bytes, tables: Tables) -> None:
        self._key = key
        self._known = (
            frozenset(value.strip().lower() for rows in tables.values() for value in _ids(rows)) - _NOBODY
        )

    def mark(self, earlier: str | None) -> str:
        """Return what tells these names from those of another key, where names of `earlier` were replaced."""
        return self._digest(f"names over {earlier}")[:12]

    def __call__(self, text: str) -> str:
        """Return a text with pseudonyms."""
        return _TEXT.sub(self._replaced, text)

    def _replaced(self, match: re.Match[str]) -> str:
        if match["key"]:
            return self._session_key(match["key"])
        if match["email"]:
            return self._email(match["email"])
        if match["subject"]:
            return f"id-{self._digest(match['subject'])[:12]}"
        return "__".join(map(self._id, match["word"].split("__")))  # a seat id is `user__account`

    def _session_key(self, key: str) -> str:
        parts = key.split(":")
        for index in range(3, len(parts)):
            if parts[index - 1].lower() in _KINDS:
                parts[index] = self._peer(parts[index])
        return ":".join(parts)

    def _peer(self, peer: str) -> str:
        digest = self._digest(peer)
        digits = peer.removeprefix("-")
        if digits.isdecimal():
            return f"{peer[: len(peer) - len(digits)]}{int(digest[:10], 16) % 10**9}"
        return _as_uuid(digest) if _UUID.fullmatch(peer) else f"peer-{digest[:8]}"

    def _email(self, email: str) -> str:
        name = f"user-{self._digest(email)[:8]}@example.invalid"
        return name if email == email.lower() else name.capitalize()

    def _id(self, word: str) -> str:
        if word.lower() not in self._known:
            return word
        digest, prefix = self._digest(word), _PREFIX.match(word)
        if _UUID.fullmatch(word):
            return _as_uuid(digest)
        return f"{prefix[0] if prefix else ''}{digest[:12]}"

    def _digest(self, text: str) -> str:
        return hmac.new(self._key, text.lower().encode("utf-8", "surrogatepass"), sha256).hexdigest()


def pseudonymised(snapshot: Snapshot, home: Path, key: bytes) -> str:
    """Return the text of a snapshot with pseudonyms made with a key."""
    names = Pseudonyms(key, snapshot.tables)
    mark = names.mark(snapshot.meta["pseudonyms"])
    judged = [{**row, "wanted": None, "reason": None} for row in snapshot.tables["expected_logins"]]
    tables = {**snapshot.tables, "expected_logins": judged}  # without what a person has written
    return saved(snapshot._replace(meta={**snapshot.meta, "pseudonyms": mark}, tables=tables), home, names)


def _ids(rows: Iterable[Row]) -> Iterable[str]:
    """Yield account and user ids, whatever row or claims they stand in."""
    ids, people, secrets = (
        columns_of("account", "user"),
        columns_of("identity", "claims"),
        columns_of("secret"),
    )
    for row in rows:
        tokens = [token.get("claims") for name in secrets if isinstance(token := row.get(name), dict)]
        for holder in (row, *map(row.get, people), *tokens):
            if isinstance(holder, dict):
                values: list[Any] = [holder.get(name) for name in ids]
                yield from (value for value in values if isinstance(value, str))


def _as_uuid(digest: str) -> str:
    return "-".join([digest[:8], digest[8:12], f"4{digest[12:15]}", f"8{digest[15:18]}", digest[18:30]])


_SHORTEST = 16


class PseudonymKeyError(ValueError):
    """A file that holds no key."""


def key_at(path: Path) -> bytes:
    """Return a key, which is made where there is none: the same key gives the same names again."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        os.write(descriptor, secrets.token_hex(32).encode() + b"\n")
        os.close(descriptor)
    key = read_bytes(path, SMALL).strip()
    if len(key) < _SHORTEST:
        raise PseudonymKeyError(f"{path} is too short for a key")
    return key
