"""A snapshot: the tables of one state at one time, with the documents that the rows point into."""

from typing import Any, NamedTuple

from linter.files import UnusableFileError
from linter.snapshot.tables import Row, Tables
from linter.sources.documents import Documents


class SnapshotError(UnusableFileError):
    """A file that is not a snapshot that this version can read."""


class Snapshot(NamedTuple):
    """Tables of plain rows. Readers append to them, then they are derived and evaluated."""

    meta: Row
    tables: Tables
    documents: Documents

    def root(self) -> dict[str, Any]:
        """Return the value that rule expressions are evaluated over."""
        return {"meta": self.meta, **self.tables}
