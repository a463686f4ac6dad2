"""A compiled pack kept in one file per set of folders; a file with anything wrong counts as no cache."""

import os
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from linter.files import read_bytes


class Cache:
    """The file for a set of folders; what it holds counts only for one digest of their content."""

    def __init__(self, directory: Path, folders: Sequence[Path], digest: str) -> None:
        name = sha256(
            "\0".join([str(folder) for folder in folders]).encode(errors="surrogateescape")
        ).hexdigest()[:16]
        self._path = directory / f"rules-{name}.bin"
        self._digest = digest

    def read(self) -> bytes:
        """Return what was written for the digest; nothing when it cannot be trusted."""
        try:
            head, _, body = read_bytes(self._path).partition(b"\n")
        except OSError:
            return b""
        return body if head == self._head(body) else b""

    def write(self, body: bytes) -> None:
        """Keep a compiled pack; a directory that cannot be written is left alone."""
        write_privately(self._path, self._head(body) + b"\n" + body)

    def _head(self, body: bytes) -> bytes:
        return f"{self._digest} {sha256(body).hexdigest()}".encode()


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
