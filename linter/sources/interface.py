"""What every source document offers, whatever its format."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from linter.sources.problem import ParseProblem
from linter.sources.region import Region

Json = Any
"""A parsed JSON value: dict, list, str, int, float, bool or None."""


class Cell(NamedTuple):
    """One JSON text in a database: `column` of the row of `table` whose key is `key`."""

    table: str
    key: str
    column: str


class Member(NamedTuple):
    """A child of an object or array: key or index, where the key stands (objects), where the value stands.

    Start and end are offsets: who changes one child asks for all of them, and for no line or column.
    """

    name: str | int
    key: tuple[int, int] | None
    value: tuple[int, int]


class Document(Protocol):
    """One addressable document: a whole file, or one JSON cell of a database row."""

    @property
    def id(self) -> str:
        """The name that `at.source` uses: the shown path, for a cell followed by `#table/key/column`."""

    @property
    def path(self) -> Path:
        """Absolute path of the file."""

    @property
    def shown(self) -> str:
        """Path for people: relative to the state directory when inside it."""

    @property
    def kind(self) -> str:
        """`json`, `json5`, `text`, `toml`, `yaml`, `cell`, or `file` when only its name is known."""

    @property
    def cell(self) -> Cell | None:
        """The place in the database, for a cell."""

    @property
    def text(self) -> str:
        """The text, decoded, with any byte order mark kept."""

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes of the file (of the text, for a cell), in hex."""

    @property
    def problem(self) -> ParseProblem | None:
        """Why the text did not parse; None if it did."""

    def region(self, pointer: str) -> Region:
        """Return where the value at a JSON pointer stands; of its nearest ancestor if it does not exist.

        In a text that did not parse, that is where the problem stands.
        """

    def members(self, pointer: str) -> Sequence[Member]:
        """Return the children of the object or array at a JSON pointer, in order of the text."""
