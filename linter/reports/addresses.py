"""Paths for machines: relative to a named root, so that no report depends on where the roots lie."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from linter.sources.paths import url_of

SOURCE_ROOT = "%SRCROOT%"
"""The name that consumers of SARIF know for the root of a repository."""


class Address(NamedTuple):
    """A file: the name of a root, and the path from there with forward slashes."""

    root: str
    path: str


class Addresses:
    """Names files from the repository if they lie in it, else from the innermost root that holds them.

    A file outside of all roots makes its folder one, named `FOLDER1`, `FOLDER2` and so on. A relative path,
    as a saved snapshot has it, is taken from the home if it starts with `~`, else from the state directory.
    A URL has no root.
    """

    def __init__(self, roots: Mapping[str, Path], repository: Path | None = None) -> None:
        self._repository = repository
        self._roots = sorted(roots.items(), key=lambda root: len(root[1].parts), reverse=True)
        self._known: dict[Path, Address] = {}
        self.used: dict[str, Path | None] = {}

    def of(self, path: Path) -> Address:
        """Return the address of a path; its root is then in `used`."""
        if path not in self._known:
            self._known[path] = self._find(path)
        return self._known[path]

    def _find(self, path: Path) -> Address:
        if url := url_of(path):
            return Address("", url)
        if not path.is_absolute():
            at_home = path.parts[:1] == ("~",)
            root, below = ("HOME", Path(*path.parts[1:])) if at_home else ("STATEDIR", path)
            self.used.setdefault(root, dict(self._roots).get(root))
            return Address(root, below.as_posix())
        if self._repository is not None and path.is_relative_to(self._repository):
            self.used[SOURCE_ROOT] = self._repository
            return Address(SOURCE_ROOT, path.relative_to(self._repository).as_posix())
        for root, folder in self._roots:
            if path != folder and path.is_relative_to(folder):
                self.used[root] = folder
                return Address(root, path.relative_to(folder).as_posix())
        root = f"FOLDER{sum(name.startswith('FOLDER') for name in self.used) + 1}"
        self._roots.append((root, path.parent))
        return self._find(path)
