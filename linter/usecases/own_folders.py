"""Folders of authlint's own, and the surroundings of this process."""

import os
from pathlib import Path

from linter.usecases.target import Caller


def this_process() -> Caller:
    """Return the surroundings of this process."""
    return Caller(os.environ, Path.home(), Path.cwd(), cache_dir())


def cache_dir() -> Path | None:
    """Return where the compiled rule pack is kept; None where there is no home to keep it in."""
    base = os.environ.get("XDG_CACHE_HOME")
    if base:
        return Path(base) / "authlint"
    try:
        return Path.home() / ".cache" / "authlint"
    except RuntimeError:
        return None


def pseudonym_key_file() -> Path:
    """Return where the user's own key for pseudonyms is kept."""
    base = os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "authlint" / "pseudonym-key"
