"""The files that a mapping names, opened."""

from collections.abc import Container, Mapping, Sequence
from pathlib import Path

from linter.openclaw.reading import Reading
from linter.routers.files import RouterFile, missing_file, open_as
from linter.routers.find import absolute, matches
from linter.routers.interface import Found
from linter.routers.mapping import RouterMapping

Files = Mapping[str, Sequence[RouterFile]]


def open_files(
    reading: Reading, mapping: RouterMapping, found: Found | None, folders: Container[Path] = ()
) -> Files:
    """Open the files of a router; one that is missing although it must be there is entered as that.

    What lies in one of `folders` belongs to an installation of its own. `{state}` is the state directory.
    """
    opened: dict[str, list[RouterFile]] = {}
    for key, declared in mapping.files.items():
        patterns = found.patterns if found and declared.path == "*" else (declared.path,)
        shown = [one.replace("{state}", str(reading.location.state_dir)) for one in patterns]
        paths = [found.folder / one if found else absolute(reading, one) for one in shown]
        every = (
            open_as(reading, path, declared, whole=mapping.kind == "copies")
            for pattern in paths
            for path in paths_of(pattern)
            if found is None or path.parent == found.folder or path.parent not in folders
        )
        files = [file for file in every if file is not None]
        if not files and not declared.optional:
            missing_file(reading, paths[0], declared.role)
        opened[key] = files
    return opened


def fixed_folder(path: Path) -> Path:
    """Return the innermost folder of a path that holds no glob."""
    return next((folder for folder in path.parents if "*" not in str(folder)), path.parent)


def paths_of(path: Path) -> list[Path]:
    """Return the files that a path with globs means; of a plain one itself, there or not."""
    fixed = fixed_folder(path)
    return matches(fixed, str(path.relative_to(fixed))) if "*" in str(path) else [path]


def written(files: Files) -> int:
    """Return when one of them was written last, ms since the epoch."""
    return max((file.mtime for group in files.values() for file in group), default=0)
