"""Baseline files: known findings by state, one a line. `baseline.schema.json` documents every member."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from linter.engine.errors import RuleFileError, RuleFileProblem
from linter.engine.finding import Severity
from linter.printable import json_text
from linter.sources.interface import Document
from linter.sources.paths import join
from linter.sources.reading import load_json

VERSION = 1


class BaselineError(RuleFileError):
    """A baseline that cannot be used; its problem has the place."""


class Entry(NamedTuple):
    """A known finding: how bad it was, and what it is about, for people; its fingerprint tells it again."""

    rule: str
    severity: Severity
    subject: str
    fingerprint: str


Known = Mapping[str, Entry]
"""The entries of one state by fingerprint."""


class Baseline(NamedTuple):
    """A baseline file: for each state that it was made from, by name, what is known of it."""

    path: Path
    states: Mapping[str, Known]

    def entries(self) -> dict[tuple[str, str], Entry]:
        """Return all entries by state and fingerprint."""
        return {(name, mark): entry for name, known in self.states.items() for mark, entry in known.items()}


def read_baseline(path: Path) -> Baseline:
    """Read a baseline. Raises BaselineError."""
    loaded = load_json(path, str(path), str(path))
    if loaded.document is None:
        absent = loaded.file.state == "absent"
        why = "there is no such file; `authlint baseline` writes it" if absent else loaded.file.obstacle
        raise BaselineError([RuleFileProblem(path, 1, 1, why)])
    if loaded.error is not None:
        raise BaselineError(
            [RuleFileProblem(path, loaded.error.line, loaded.error.column, loaded.error.message)]
        )
    return Baseline(path, _Checked(path, loaded.document).states(loaded.value))


def write_baseline(baseline: Baseline) -> None:
    """Write a baseline, sorted; the file that was there stays until the new one is whole. Raises OSError."""
    target = Path(os.path.realpath(baseline.path))
    temporary = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        # A name that is no Unicode has surrogates; JSON can hold them as escapes.
        temporary.write_bytes(_text(baseline.states).encode(errors="backslashreplace"))
        temporary.replace(target)
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def _text(states: Mapping[str, Known]) -> str:
    members = [
        f"    {_line(name)}: {_list(sorted(known.values(), key=_place))}"
        for name, known in sorted(states.items())
    ]
    body = "{\n" + ",\n".join(members) + "\n  }" if members else "{}"
    return f'{{\n  "version": {VERSION},\n  "states": {body}\n}}\n'


def _list(entries: Iterable[Entry]) -> str:
    lines = ",\n".join(f"      {_line(entry._asdict())}" for entry in entries)
    return f"[\n{lines}\n    ]" if lines else "[]"


def _place(entry: Entry) -> tuple[str, str, str]:
    return entry.rule, entry.subject, entry.fingerprint


def _line(value: Any) -> str:
    return json_text(value)


class _Checked:
    """Takes a parsed file apart, or says where it is not what it should be."""

    def __init__(self, path: Path, document: Document) -> None:
        self._path = path
        self._document = document

    def states(self, value: Any) -> dict[str, Known]:
        if not isinstance(value, dict) or "version" not in value:
            raise self._error("", "this is no baseline; `authlint baseline` writes one")
        if value["version"] != VERSION:
            raise self._error("/version", f"this authlint reads baselines of version {VERSION}")
        self._nothing_else("", value, ("version", "states"))
        states = value.get("states")
        if not isinstance(states, dict):
            raise self._error("/states", "`states` is missing, or no object with a list for each state")
        return {name: self._known(join("/states", name), entries) for name, entries in states.items()}

    def _known(self, pointer: str, entries: Any) -> Known:
        if not isinstance(entries, list):
            raise self._error(pointer, "this is no list of findings")
        found = [self._entry(join(pointer, index), entry) for index, entry in enumerate(entries)]
        return {entry.fingerprint: entry for entry in found}

    def _entry(self, pointer: str, entry: Any) -> Entry:
        if not isinstance(entry, dict):
            raise self._error(pointer, "this is no finding")
        for name in Entry._fields:
            if not isinstance(entry.get(name), str):
                raise self._error(join(pointer, name), f"`{name}` is missing or no text")
        if entry["severity"] not in ("error", "warning", "note"):
            raise self._error(join(pointer, "severity"), "a severity is error, warning or note")
        self._nothing_else(pointer, entry, Entry._fields)
        return Entry(**{name: entry[name] for name in Entry._fields})

    def _nothing_else(self, pointer: str, value: dict[str, Any], known: Iterable[str]) -> None:
        """Refuse members that would be lost when the file is written again."""
        if unknown := sorted(value.keys() - set(known)):
            raise self._error(join(pointer, unknown[0]), f"a baseline has no `{unknown[0]}`")

    def _error(self, pointer: str, message: str) -> BaselineError:
        start = self._document.region(pointer).start
        return BaselineError([RuleFileProblem(self._path, start.line, start.column, message)])
