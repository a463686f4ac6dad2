"""Where findings and changes are: artifacts, regions and logical locations."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sarif_om as om

from linter.engine.finding import Location
from linter.fixes.plan import FileChange
from linter.reports.addresses import SOURCE_ROOT, Addresses
from linter.reports.interface import Report
from linter.reports.masking import masked_place
from linter.sources.documents import Place
from linter.sources.interface import Document
from linter.sources.positions import BYTE_ORDER_MARK, Lines, Region

_MIME_TYPES = {
    "json": "application/json",
    "json5": "application/json5",
    "toml": "application/toml",
    "yaml": "application/yaml",
    "text": "text/plain",
    "cell": "application/vnd.sqlite3",
}
_ROOTS = {
    SOURCE_ROOT: "The repository",
    "STATEDIR": "The OpenClaw state directory",
    "CODEXHOME": "The home of the Codex CLI",
    "WORKSPACE": "The OpenClaw workspace",
    "HOME": "The home of the user",
}


class Places:
    """Turns places into SARIF, and collects the artifacts and base URIs that they name."""

    def __init__(self, report: Report) -> None:
        self._documents = report.documents
        self._addresses = Addresses(report.roots, report.repository)
        self._indices: dict[Path, int] = {}
        self._lines: dict[Path, Lines] = {}
        self.artifacts: list[Any] = []

    def base_uris(self) -> dict[str, Any]:
        """Return the base of every URI in the report; the only place where an absolute path stands."""
        return {
            name: om.ArtifactLocation(
                uri=None if path is None else path.as_uri().rstrip("/") + "/",
                description=om.Message(text=f"{_ROOTS.get(name.rstrip('0123456789'), 'Another folder')}."),
            )
            for name, path in sorted(self._addresses.used.items())
        }

    def location(self, location: Location, logical: list[Any]) -> Any:
        """Return a location; its label is its message."""
        place, document = self._documents.place(location), self._documents.get(location.source)
        pointed = _pointed(place)
        return om.Location(
            physical_location=om.PhysicalLocation(
                artifact_location=self._artifact(place.path, place.kind, document),
                region=_region(place.region, document) if document else om.Region(start_line=1),
            ),
            logical_locations=[*logical, *([pointed] if pointed else [])] or None,
            message=om.Message(text=location.label) if location.label else None,
        )

    def rule_file(self, path: str, line: int, column: int) -> Any:
        """Return a location in a rule file."""
        return om.Location(
            physical_location=om.PhysicalLocation(
                artifact_location=self._uri(Path(path)),
                region=om.Region(start_line=line, start_column=column),
            )
        )

    def change(self, change: FileChange) -> Any:
        """Return what a fix changes in one file."""
        document = change.document
        lines = self._lines.setdefault(document.path, Lines(document.text))
        return om.ArtifactChange(
            artifact_location=self._artifact(document.path, document.kind, document),
            replacements=[
                om.Replacement(
                    deleted_region=_region(lines.region(one.start, one.end), document),
                    inserted_content=om.ArtifactContent(text=one.text) if one.text else None,
                )
                for one in change.replacements
            ],
        )

    def _artifact(self, path: Path, kind: str, document: Document | None) -> Any:
        location = self._uri(path)
        index = self._indices.get(path)
        if index is None:
            index = self._indices[path] = len(self.artifacts)
            digest = document.digest if document is not None and document.cell is None else ""
            self.artifacts.append(
                om.Artifact(
                    location=self._uri(path),
                    mime_type=_MIME_TYPES.get(kind),
                    roles=["analysisTarget"],
                    hashes={"sha-256": digest} if digest else None,
                )
            )
        location.index = index
        return location

    def _uri(self, path: Path) -> Any:
        address = self._addresses.of(path)
        if not address.root:
            return om.ArtifactLocation(uri=quote(address.path, safe=":/"))
        return om.ArtifactLocation(uri=quote(os.fsencode(address.path)), uri_base_id=address.root)


def _region(region: Region, document: Document) -> Any:
    """Return a text region. With a byte order mark readers disagree about offsets, so lines must do."""
    if document.cell is not None:
        return om.Region(start_line=1)
    start, end = region
    exact = not document.text.startswith(BYTE_ORDER_MARK)
    return om.Region(
        start_line=start.line,
        start_column=start.column,
        end_line=end.line,
        end_column=end.column,
        char_offset=start.offset if exact else -1,
        char_length=end.offset - start.offset if exact else None,
    )


def _pointed(place: Place) -> Any:
    """Return the JSON value at a place as a logical location; in a database with table and row before it."""
    place = masked_place(place)
    if place.cell is None:
        name = f"{place.origin}#{place.pointer}" if place.origin else place.pointer
        return om.LogicalLocation(fully_qualified_name=name, kind="value") if name else None
    cell = place.cell
    return om.LogicalLocation(
        name=cell.key,
        fully_qualified_name=f"{cell.table}/{cell.key}/{cell.column}#{place.pointer}",
        kind="value",
    )
