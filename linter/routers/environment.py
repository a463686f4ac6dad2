"""Environment variables that bypass an inspected login: names, and whether they are set; never a value."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from linter.openclaw.location import expand
from linter.openclaw.other_states import enter_other_state
from linter.openclaw.provider_keys import LOADS_SHELL, key_names
from linter.openclaw.reading import Reading
from linter.snapshot.tables import Row
from linter.sources.reading import read_file

_NAMES = frozenset({"CODEX_ACCESS_TOKEN", "CODEX_HOME", LOADS_SHELL, "OPENCLAW_STATE_DIR"})
# Not compiled here: hardly any run needs them.
_DOTENV = r"(?m)^[ \t]*(?:export[ \t]+)?([A-Z0-9_]+)[ \t]*=[ \t]*([^\r\n]*)"
_UNIT = r"(?m)^[ \t]*Environment=([^\r\n]*)"
_UNIT_FILE = r"(?m)^[ \t]*EnvironmentFile=(-?)([^\r\n]*)"
_UNIT_WORD = r"""(["']?)([A-Z0-9_]+)=(.*?)\1(?=\s|$)"""
_PLIST = r"<key>([A-Z0-9_]+)</key>\s*<string>([^<]*)</string>"
_Variables = Iterable[tuple[str, str]]


def read_environment(reading: Reading) -> None:
    """Fill `env_flags` from the shell, the state directory's `.env` and the gateway's service."""
    rows = reading.snapshot.tables["env_flags"]
    for variable in reading.location.shell:
        at: Row = {"source": "environment", "pointer": ""}
        rows.append(
            _row(at, variable.name, "shell", filled=variable.set, elsewhere=variable.points_elsewhere)
        )
    home = reading.location.home
    rows.extend(_flags(reading, reading.location.state_dir / ".env", "state-env", _dotenv))
    for path in _named(home / ".config/systemd/user", "openclaw-gateway", ".service"):
        rows.extend(_flags(reading, path, "service", _unit(reading)))
    for path in _named(home / "Library/LaunchAgents", "ai.openclaw.", ".plist"):
        rows.extend(_flags(reading, path, "service", _plist))


def _flags(reading: Reading, path: Path, where: str, parse: Callable[[str], _Variables]) -> Iterator[Row]:
    """Return the variables of a file, each once: the last counts. The file itself stays unread by reports."""
    file = read_file(path)
    if file.state != "ok":
        return
    location, variables = reading.location, {}
    try:
        for name, value in parse(file.data.decode(errors="replace")):
            variables[name] = value  # noqa: PERF403 - those before an error count
    except OSError:
        pass  # the service gets more than can be seen
    else:
        if where == "service":
            reading.look(path, "service", secret=False)
    for name, value in variables.items():
        if name in _NAMES or name in key_names():
            elsewhere = None
            inspected = {"CODEX_HOME": location.codex_home, "OPENCLAW_STATE_DIR": location.state_dir}.get(
                name
            )
            if inspected and value:
                folder = expand(value, location.home, location.state_dir)
                elsewhere = os.path.realpath(folder) != os.path.realpath(inspected)
                if name == "OPENCLAW_STATE_DIR" and where == "service" and location.own:
                    enter_other_state(reading, folder)
            at: Row = {"source": reading.shown(path), "pointer": ""}
            yield _row(at, name, where, filled=bool(value.strip()), elsewhere=elsewhere)


def _row(at: Row, name: str, where: str, *, filled: bool, elsewhere: bool | None) -> Row:
    return {"at": at, "name": name, "where": where, "set": filled, "points_elsewhere": elsewhere}


def _dotenv(text: str) -> _Variables:
    return ((name, value.strip().strip("\"'")) for name, value in re.findall(_DOTENV, text))


def _unit(reading: Reading) -> Callable[[str], _Variables]:
    """Return what reads a unit, with the files that it names: these count more than its own variables.

    OSError says that one cannot be read. A file whose name starts with `-` may be missing.
    """

    def parse(text: str) -> _Variables:
        for line in re.findall(_UNIT, text):
            yield from ((name, value) for _, name, value in re.findall(_UNIT_WORD, line.strip()))
        for optional, written in re.findall(_UNIT_FILE, text):
            home = str(reading.location.home)
            path = Path(written.strip().strip("\"'").replace("%h", home))
            file = read_file(path)
            if file.state == "unreadable" or (file.state != "ok" and not optional) or "%" in str(path):
                raise OSError(written)
            yield from _dotenv(file.data.decode(errors="replace"))

    return parse


def _plist(text: str) -> _Variables:
    return re.findall(_PLIST, text)


def _named(folder: Path, prefix: str, suffix: str) -> list[Path]:
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names are all that is needed
    except OSError:
        return []
    return [folder / name for name in sorted(names) if name.startswith(prefix) and name.endswith(suffix)]
