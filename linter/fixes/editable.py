"""What fixes may write: documents of a state as they are found now, in folders that they may write to.

Nothing that a state holds decides where something is written. A link in it, a path in its configuration or in
a record of an earlier fix leads no further than the state itself, unless the user names a folder outside.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from linter.fixes.container import Conflict
from linter.fixes.place import Place
from linter.fixes.rights import SUFFIX
from linter.sources.documents import Documents
from linter.sources.interface import Document


class Editable(NamedTuple):
    """Documents, and the real paths of the folders whose files may be written."""

    documents: Documents
    folders: tuple[Path, ...]

    def document(self, source: str) -> Document:
        """Return a document that fixes could change. Raises Conflict."""
        document = self.known(source)
        if document.kind not in ("json", "json5", "text", "cell"):
            raise Conflict(f"{document.shown} is neither JSON nor plain text")
        self._place(document)
        return document

    def place(self, source: str) -> Place:
        """Return where a document really lies. Raises Conflict if it is not one that fixes would write.

        Of the rights of a file (`SOURCE#rights`), whatever the file holds.
        """
        if source.endswith(SUFFIX):
            return self._place(self.known(source.removesuffix(SUFFIX)))
        return self._place(self.document(source))

    def known(self, source: str) -> Document:
        """Return a document of a state itself. Raises Conflict."""
        document = self.documents.get(source)
        if document is None:
            raise Conflict(f"{source} was not read")
        if document.kind == "snapshot":
            raise Conflict(f"{document.shown} is a snapshot: fix the state that it was taken of")
        return document

    def _place(self, document: Document) -> Place:
        self._below(Path(os.path.realpath(document.path.parent)), document)  # its lock lies there
        return self._below(Path(os.path.realpath(document.path)), document)

    def _below(self, real: Path, document: Document) -> Place:
        for folder in self.folders:
            if real.is_relative_to(folder):
                return Place(folder, real.relative_to(folder).parts)
        where = real.parent if real.name == document.path.name else real
        raise Conflict(f"{document.shown} lies outside of the state, so only with --outside {where}")


def editable(documents: Documents, folders: Iterable[Path]) -> Editable:
    """Return what fixes may write in states, and in folders outside that the user names."""
    return Editable(documents, tuple(Path(os.path.realpath(folder)) for folder in folders))
