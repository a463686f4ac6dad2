"""The file with the secret key that pseudonyms are made with."""

import os
import secrets
from pathlib import Path

from linter.files import SMALL, read_bytes

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
