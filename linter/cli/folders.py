"""Folders of authlint's own."""

import os
from pathlib import Path


def cache_dir() -> Path | None:
    """Return where the compiled rule pack is kept; None where there is no home to keep it in."""
    base = os.environ.get("XDG_CACHE_HOME")
    if base:
        return Path(base) / "authlint"
    try:
        return Path.home() / ".cache" / "authlint"
    except RuntimeError:
        return None
