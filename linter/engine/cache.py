"""What was worked out from texts, kept in one JSON file of the user's own, by what it was worked out from."""

import json
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from linter.files import read_bytes

_MOST_UNUSED = 512
"""Entries that are kept although this run did not need them: another workspace may have other rules."""


class Kept:
    """Values by key. A file with anything wrong counts as none; one that cannot be written is left alone."""

    def __init__(self, path: Path | None, maker: str) -> None:
        self._path = path
        self._maker = maker
        self._entries: dict[str, Any] | None = None
        self._used: dict[str, Any] = {}
        self._new = False

    def get(self, key: str) -> Any:
        """Return the value of a key; None where there is none."""
        if self._entries is None:
            self._entries = self._read()
        value = self._entries.get(key)
        if value is not None:
            self._used[key] = value
        return value

    def put(self, key: str, value: Any) -> None:
        """Keep the value of a key."""
        self._used[key] = value
        self._new = True

    def save(self) -> None:
        """Write the file, if there is anything new: what was used first, then some of what was not."""
        if self._path is not None and self._new:
            unused = [item for item in (self._entries or {}).items() if item[0] not in self._used]
            entries = {**self._used, **dict(unused[:_MOST_UNUSED])}
            text = json.dumps({"maker": self._maker, "entries": entries}, separators=(",", ":"))
            write_privately(self._path, text.encode())

    def _read(self) -> dict[str, Any]:
        if self._path is None:
            return {}
        try:
            content = json.loads(read_bytes(self._path))
            entries = content["entries"] if content["maker"] == self._maker else {}
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return {}
        return entries if isinstance(entries, dict) else {}


def key_of(*parts: str) -> str:
    """Return a key for what is worked out from some texts."""
    total = sha256()
    for part in parts:
        data = part.encode(errors="surrogatepass")
        total.update(f"{len(data)} ".encode() + data)
    return total.hexdigest()[:32]


def write_privately(path: Path, content: bytes) -> None:
    """Put content in a file that only the user can read, all of it or, where that cannot be, none."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
