"""Which snapshots a source names: a folder, a glob, a list, a file, or a URL that fsspec knows."""

from collections.abc import Iterable, Iterator
from glob import glob, has_magic
from os import walk
from pathlib import Path
from urllib.parse import urlsplit

import fsspec

from linter.files import LARGEST, UnusableFileError, read_bytes
from linter.openclaw.location import NothingToLint
from linter.snapshot.redact import scrub
from linter.snapshot.store import is_snapshot

_ENDING = ".json"


class FleetError(UnusableFileError):
    """A fleet that cannot be linted; the message says why, and what to do."""


def snapshot_names(sources: Iterable[str]) -> list[str]:
    """Return the names of all snapshots, each once: absolute paths and URLs.

    Raises NothingToLint where a source names none, FleetError where one cannot be looked at.
    """
    found: dict[str, None] = {}
    for source in sources:
        named = dict.fromkeys(_named(source))
        if not named:
            raise NothingToLint(f"there is no snapshot (*{_ENDING}) in {shown_name(source)}")
        found |= named
    return list(found)


def is_url(name: str) -> bool:
    """Tell whether a name is a URL."""
    return "://" in name


def shown_name(name: str) -> str:
    """Return a name as it may be shown: a URL without what signs it or logs in."""
    if not is_url(name):
        return name
    url = urlsplit(name)
    host = url.netloc.rpartition("@")[2]
    return scrub(f"{url.scheme}://{host}{url.path}")


def _named(source: str) -> Iterator[str]:
    if is_url(source):
        yield from _remote(source)
        return
    path = Path(source).expanduser().absolute()
    if path.is_dir():
        for folder, folders, names in walk(path):
            folders.sort()
            yield from (f"{folder}/{name}" for name in sorted(names) if name.endswith(_ENDING))
    elif has_magic(source) and not path.exists():
        yield from sorted(glob(str(path), recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
    elif not path.exists():
        raise NothingToLint(f"there is no {path}; name a folder, a glob, a list, a snapshot or a URL")
    elif path.suffix == _ENDING or is_snapshot(path):
        yield str(path)
    else:
        yield from _listed(read_bytes(path, LARGEST), path)


def _listed(data: bytes, path: Path) -> Iterator[str]:
    """Yield what a list names, a line each; paths are taken from its folder."""
    try:
        lines = data.decode().splitlines()
    except UnicodeDecodeError:
        raise FleetError(f"{path} is neither a snapshot nor a list of some, a line each") from None
    for line in map(str.strip, lines):
        if line and not line.startswith("#"):
            yield line if is_url(line) else str(path.parent / Path(line).expanduser())


def _remote(url: str) -> Iterator[str]:
    alone = urlsplit(url).path  # what signs a URL stands behind it
    if alone.endswith(_ENDING) and not has_magic(alone):
        yield url
        return
    try:
        files, path = fsspec.url_to_fs(url)
        found = files.glob(path) if has_magic(path) else files.find(path)
    except Exception as error:
        raise FleetError(f"{shown_name(url)} cannot be listed: {_reason(error)}") from error
    for name in sorted(found):
        if name.endswith(_ENDING):
            yield files.unstrip_protocol(name)


def fetched(url: str) -> bytes:
    """Return what is at a URL. Raises FleetError, also for more than is read of any file."""
    try:
        files, path = fsspec.url_to_fs(url)
        with files.open(path, "rb") as stream:
            data: bytes = stream.read(LARGEST + 1)
    except Exception as error:
        raise FleetError(f"{shown_name(url)} cannot be read: {_reason(error)}") from error
    if len(data) > LARGEST:
        raise FleetError(f"{shown_name(url)} cannot be read: it has more than {LARGEST >> 20} MB")
    return data


def _reason(error: Exception) -> str:
    """Return why a service refused, without what it was asked with; what is not installed is named."""
    if isinstance(error, ImportError) or (isinstance(error, ValueError) and "Protocol" in str(error)):
        return scrub(str(error))
    said = getattr(error, "strerror", None)
    return said if isinstance(said, str) else type(error).__name__
