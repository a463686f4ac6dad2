"""All source documents of a run, by id, and the places that findings point to."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from linter.sources.interface import Cell, Document
from linter.sources.positions import Position, Region

_TOP = Region(Position(1, 1, 0), Position(1, 1, 0))


Find = Callable[[str], Document | None]
"""Makes the document with an id, None if there is none."""


class Place(NamedTuple):
    """Where a location lies, for people and reports; `origin` is the source that a snapshot has it from."""

    path: Path
    shown: str
    kind: str
    cell: Cell | None
    region: Region
    pointer: str
    origin: str = ""


class Documents:
    """The documents of a run in the order of reading."""

    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}
        self._found_on_demand: list[tuple[str, Find]] = []
        self._places: dict[tuple[str, str], Place] = {}

    def add(self, document: Document) -> None:
        """Register a document under its id."""
        self._places.clear()
        self._documents[document.id] = document

    def find_on_demand(self, prefix: str, find: Find) -> None:
        """Have documents whose id begins with `prefix` made when they are asked for: there may be many.

        Where several prefixes fit, the longest is asked first.
        """
        self._places.clear()
        self._found_on_demand.append((prefix, find))
        self._found_on_demand.sort(key=lambda known: -len(known[0]))

    def house(self, room: str, others: "Documents") -> None:
        """Have the documents of another run here too, under ids that begin with `room`."""
        self.find_on_demand(room, lambda source: others.get(source.removeprefix(room)))

    def get(self, source: str) -> Document | None:
        """Return the document with that id."""
        document = self._documents.get(source)
        if document is None:
            for prefix, find in self._found_on_demand:
                document = document or (find(source) if source.startswith(prefix) else None)
            if document is not None:
                self._documents[source] = document
        return document

    def __iter__(self) -> Iterator[Document]:
        return iter(self._documents.values())

    def place(self, location: tuple[str, ...]) -> Place:
        """Return the place of a location: a tuple that begins with source and pointer.

        A source that was not read here, as when a saved snapshot is linted, has the kind `unread` and the
        top of the file as its region.
        """
        name = location[0], location[1]
        if name not in self._places:
            self._places[name] = self._place(*name)
        return self._places[name]

    def _place(self, source: str, pointer: str) -> Place:
        document = self.get(source)
        if document is None:
            shown = source.partition("#")[0]
            return Place(Path(shown), shown, "unread", None, _TOP, pointer)
        origin, region = source if document.kind == "snapshot" else "", document.region(pointer)
        return Place(document.path, document.shown, document.kind, document.cell, region, pointer, origin)
