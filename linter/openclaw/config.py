"""openclaw.json, each of whose values is located in the file that it stands in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from linter.openclaw.include import INCLUDE, Includes, Opened
from linter.openclaw.merge import Origin, Part, whole
from linter.openclaw.reading import Reading, StateFile, facts_of
from linter.snapshot.tables import Row
from linter.sources.paths import join
from linter.sources.reading import load_json5


class Config(NamedTuple):
    """The merged configuration; an empty object when there is none or it does not parse."""

    part: Part

    def get(self, *path: str | int) -> Any:
        """Return the value at a path of keys and indices, None where there is none."""
        value = self.part.value
        for name in path:
            if not _has(value, name):
                return None
            value = value[name]
        return value

    def text(self, *path: str | int) -> str | None:
        """Return the text at a path, trimmed; None for a blank one and for other values."""
        value = self.get(*path)
        return value.strip() or None if isinstance(value, str) else None

    def members(self, *path: str | int) -> Iterator[tuple[str, Any]]:
        """Return the members of the object at a path; none where there is no object."""
        value = self.get(*path)
        yield from value.items() if isinstance(value, dict) else ()

    def at(self, *path: str | int) -> Row:
        """Return where the value at a path stands, as a row's `at`."""
        return self.part.at(*path)._asdict()

    def row_at(self, path: tuple[str | int, ...], columns: dict[str, tuple[str | int, ...]]) -> Row:
        """Return the `at` of a row about the value at one path, whose columns hold the values at others."""
        at = self.at(*path)
        fields = {}
        for name, value_path in columns.items():
            place = self.at(*value_path)
            if place != {"source": at["source"], "pointer": join(at["pointer"], name)}:
                fields[name] = place
        return {**at, "fields": fields} if fields else at


def read_config(reading: Reading) -> Config:
    """Read openclaw.json and what it includes, and enter the files into the snapshot."""
    path = reading.location.config_path
    file = _open(reading, path)
    if file is None or not isinstance(file.value, dict):
        return Config(whole({}, reading.shown(path), ""))
    document = reading.snapshot.documents.get(file.source)
    if document is not None and INCLUDE not in document.text:
        return Config(whole(file.value, file.source, ""))
    part = _including(reading, file).resolve(Opened(file.source, file.value, path))
    return Config(part if isinstance(part.value, dict) else whole({}, file.source, ""))


def _has(value: Any, name: str | int) -> bool:
    if isinstance(value, list):
        return isinstance(name, int) and name < len(value)
    return isinstance(value, dict) and name in value


def _open(reading: Reading, path: Path, *, any_value: bool = False) -> StateFile | None:
    shown = reading.shown(path)
    return reading.enter(load_json5(path, shown, shown), path, "config", any_value=any_value)


def _including(reading: Reading, main: StateFile) -> Includes:
    files = {main.source: main}

    def open_file(path: Path, origin: Origin) -> Opened | None:
        shown = reading.shown(path)
        file = files.get(shown) or _open(reading, path, any_value=True)
        if file is None:
            row = reading.add_file(path, facts_of(path), "config", None, secret=True)
            problem = f"{origin.source} includes it, but it is not there"
            row.update(at=origin._asdict(), parse="error", parse_error=problem)
            return None
        files[shown] = file
        return Opened(file.source, file.value, path)

    def report(origin: Origin, problem: str) -> None:
        files[origin.source].row.update(at=origin._asdict(), parse="error", parse_error=problem)

    return Includes(open_file, report, reading.location.include_roots)
