"""Where the configuration is looked for."""

from collections.abc import Iterable
from pathlib import Path

FILE_NAME = "authlint.yaml"


def find_configuration(named: Path | None, folders: Iterable[Path]) -> Path | None:
    """Return the file that was named, else the first `authlint.yaml` in the folders, absolute."""
    if named is not None:
        return named.expanduser().absolute()
    return next((path.absolute() for folder in folders if (path := folder / FILE_NAME).is_file()), None)
