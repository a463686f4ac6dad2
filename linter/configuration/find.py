"""Where the configuration is looked for, and how far one may reach that was only found."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

FILE_NAME = "authlint.yaml"


class Reach(NamedTuple):
    """The folders in which a configuration may name files; None lets it name any.

    Who clones a repository trusts no `authlint.yaml` in it: what it named could be read, and quoted, from
    anywhere. One that is named on the command line, or lies in the user's own folder, is the user's.
    """

    folders: tuple[Path, ...] | None = None

    def objection(self, path: Path) -> str:
        """Return why a file or folder may not be named, as it follows its name; the empty text if it may."""
        real = Path(os.path.realpath(path))
        folders = self.folders
        if folders is None or any(real.is_relative_to(os.path.realpath(folder)) for folder in folders):
            return ""
        return (
            "lies outside of the folder of this configuration and of the state; the configuration was found,"
            " not named: name it with --config if you trust it"
        )


TRUSTED = Reach()


def find_configuration(named: Path | None, folders: Iterable[Path]) -> Path | None:
    """Return the file that was named, else the first `authlint.yaml` in the folders, absolute."""
    if named is not None:
        return named.expanduser().absolute()
    return next((path.absolute() for folder in folders if (path := folder / FILE_NAME).is_file()), None)
