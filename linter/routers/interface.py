"""What a reader of a router gets, and how it answers."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from linter.files import UnusableFileError
from linter.openclaw.reading import Reading


class RouterError(UnusableFileError):
    """What a user says about routers cannot be used; the message says why and what is expected."""


class Found(NamedTuple):
    """A tool's files: `folder` holds them, `anchor` gave it away, `reader` is the mapping or module for them.

    `patterns` are those of the place, for readers that serve several; `agent` owns the folder, if one does;
    `label` tells it from other folders of the tool, as of projects.
    """

    tool: str
    folder: Path
    anchor: Path
    reader: str
    patterns: tuple[str, ...] = ()
    agent: str | None = None
    label: str | None = None


class Reader(Protocol):
    """A reader of one tool's files.

    It appends to the tables `files`, `routers`, `router_accounts`, `leases`, `repo_profiles`, `slots` and
    `preference`, and never raises on what it reads: a file that does not parse is a row of `files`.
    """

    def __call__(self, reading: Reading, found: Sequence[Found]) -> None:
        """Read all installations of the tool."""


Objection = Callable[[Path], str]
"""Tells why a user's router may not name a file, as it follows its name; the empty text if it may."""

Declaration = Mapping[str, Any]
"""A router as a user declares it; `docs/routers.md` describes the keys."""
