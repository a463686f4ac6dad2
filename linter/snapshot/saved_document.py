"""Sources of a saved snapshot: their places are those of the rows in the snapshot's own file."""

from collections.abc import Iterable
from functools import cached_property

from linter.snapshot.tables import Row, Tables
from linter.sources.interface import Document
from linter.sources.paths import join
from linter.sources.positions import Region


class SavedRows:
    """Where rows stand in the file of a snapshot, by the place that they had in their source."""

    def __init__(self, file: Document, tables: Tables, sources: Iterable[Row]) -> None:
        self.file = file
        self.sources = {source["id"]: source for source in sources}
        self._tables = tables

    def region(self, source: str, pointer: str) -> Region:
        """Return where the row, or its field, stands that came from a place, or from nearest around it."""
        rest: list[str] = []
        while True:
            row = self._rows.get((source, pointer))
            if row is not None:
                return self.file.region("/".join([row, *reversed(rest)]))
            if not pointer:
                return self.file.region("")
            pointer, _, step = pointer.rpartition("/")
            rest.append(step)

    @cached_property
    def _rows(self) -> dict[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for table, rows in self._tables.items():
            for index, row in enumerate(rows):
                here, at = join("", table, index), row["at"]
                found.setdefault((at["source"], at["pointer"]), here)
                for column, place in at.get("fields", {}).items():
                    found.setdefault((place["source"], place["pointer"]), join(here, column))
        return found


class SavedDocument(Document):
    """A source as far as a snapshot has kept it: path and text are those of the snapshot."""

    def __init__(self, source: str, rows: SavedRows) -> None:
        file = rows.file
        super().__init__(source, file.path, file.shown, file.text, file.digest, "snapshot")
        self._rows = rows

    @property
    def origin(self) -> Row:
        """What the snapshot says of the source."""
        unknown = {"path": self.id.partition("#")[0], "kind": "unread", "cell": None}
        return {"id": self.id, **unknown, **self._rows.sources.get(self.id, {})}

    def region(self, pointer: str) -> Region:
        """Return where the row or field stands that came from a pointer into the source."""
        return self._rows.region(self.id, pointer)
