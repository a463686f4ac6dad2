"""A compiled pack kept in one file per set of folders; a file with anything wrong counts as no cache."""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path


class Cache:
    """The file for a set of folders; what it holds counts only for one digest of their content."""

    def __init__(self, directory: Path, folders: Sequence[Path], digest: str) -> None:
        name = sha256("\0".join([str(folder) for folder in folders]).encode()).hexdigest()[:16]
        self._path = directory / f"rules-{name}.json"
        self._digest = digest

    def read(self) -> list[bytes]:
        """Return the lines that were written for the digest; none when they cannot be trusted."""
        try:
            with self._path.open("rb") as file:
                head, body = file.readline(), file.read()
        except OSError:
            return []
        return body.split(b"\n") if head == self._head(body) else []

    def write(self, lines: Iterable[bytes]) -> None:
        """Keep lines, readable only by the user; a directory that cannot be written is left alone."""
        body = b"\n".join(lines)
        temporary = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(self._head(body) + body)
            temporary.replace(self._path)
        except OSError:
            with suppress(OSError):
                temporary.unlink()

    def _head(self, body: bytes) -> bytes:
        return f"{self._digest} {sha256(body).hexdigest()}\n".encode()
