"""What every source document offers, whatever its format."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from linter.sources.positions import Lines, ParseProblem, Region

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


class Document:
    """One addressable document: a whole file, or one JSON cell of a database row.

    `id` is the name that `at.source` uses: the shown path, for a cell followed by `#table/key/column`. `path`
    is absolute, `shown` is relative to the state directory when inside it. `kind` is `json`, `json5`, `text`,
    `toml`, `yaml`, `cell`, `snapshot`, or `file` when only its name is known. `text` is decoded, with any
    byte order mark kept. `digest` is the SHA-256 of the bytes of the file (of the text, for a cell), in hex.
    `problem` says why the text did not parse.
    """

    format = "text"
    """The kind of a document that is a whole file."""

    def __init__(
        self,
        id: str,  # noqa: A002 - as it is called everywhere
        path: Path,
        shown: str,
        text: str,
        digest: str,
        kind: str = "",
        cell: Cell | None = None,
        problem: ParseProblem | None = None,
    ) -> None:
        self.id = id
        self.path = path
        self.shown = shown
        self.text = text
        self.digest = digest
        self.kind = kind or self.format
        self.cell = cell
        self.problem = problem

    def region(self, pointer: str) -> Region:
        """Return where the value at a JSON pointer stands; of its nearest ancestor if it does not exist.

        In a text that did not parse, that is where the problem stands.
        """
        if self.problem is not None:
            return self._lines.region(self.problem.offset, self.problem.offset)
        return self._lines.region(*self._span(pointer))

    def members(self, pointer: str) -> Sequence[Member]:  # noqa: ARG002 - a format that can be edited says more
        """Return the children of the object or array at a JSON pointer, in order of the text."""
        return ()

    @cached_property
    def first_break(self) -> int:
        """The offset of the first line feed inside of the whole value; -1 where all of it is one line."""
        start, end = self.region("")
        return self.text.find("\n", start.offset, end.offset)

    def _span(self, pointer: str) -> tuple[int, int]:
        """Return the offsets of the start and end of the value at a pointer, in a text that parses."""
        raise NotImplementedError  # not abstract: what has a `region` of its own, as a snapshot, needs none

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)
