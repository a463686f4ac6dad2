"""JSON pointers (RFC 6901), and how a path is shown to people."""

from pathlib import Path
from typing import NamedTuple


def escape(token: str | int) -> str:
    """Return one reference token as it is written in a pointer."""
    return str(token).replace("~", "~0").replace("/", "~1")


def join(pointer: str, *tokens: str | int) -> str:
    """Return `pointer` extended by keys and indices, which are escaped here."""
    return pointer + "".join(f"/{escape(token)}" for token in tokens)


def split(pointer: str) -> list[str]:
    """Return the unescaped tokens of a pointer; the empty pointer is the whole document."""
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


class Roots(NamedTuple):
    """The folders that shown paths start from: the state directory and the user's home, both absolute."""

    state: Path | None
    home: Path | None

    def shown(self, path: Path) -> str:
        """Return a path relative to the state directory when inside it, else with the home as `~`."""
        if self.state is not None and path.is_relative_to(self.state):
            return path.relative_to(self.state).as_posix()
        return path.as_posix() if self.home is None else path_from_home(path, self.home)


def url_of(path: Path) -> str | None:
    """Return the URL that was made a path, which takes a slash from it: `s3:/fleet/a.json`."""
    scheme, colon, rest = path.as_posix().partition(":/")
    return f"{scheme}://{rest}" if colon and len(scheme) > 1 and scheme.isalnum() else None


def path_from_home(path: Path, home: Path) -> str:
    """Return a path with the home as `~`; one that was a URL as that."""
    return (
        url_of(path) or (Path("~") / path.relative_to(home) if path.is_relative_to(home) else path).as_posix()
    )
