"""Phrases that several formats for people share."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from linter.engine.finding import Severity
from linter.printable import printable
from linter.reports.interface import Options, Report
from linter.reports.wrapping import listed
from linter.sources.documents import Place
from linter.sources.paths import path_from_home

_ERAS = {
    "J": "JSON files of OpenClaw up to 2026.5",
    "H": "agent databases of OpenClaw 2026.6 to 2026.7",
    "S": "shared database of OpenClaw 2026.8 or later",
}


def era(meta: Mapping[str, Any]) -> str:
    """Say from which OpenClaw the state is, as far as its files tell."""
    if meta.get("openclaw") is False:
        return "no OpenClaw here"
    name = _ERAS.get(meta.get("era") or "", "unknown version of OpenClaw")
    if meta.get("era") == "J" and meta.get("canonical") == "openai":
        name = "JSON files of OpenClaw 2026.6.1 to 2026.6.4"
    return f"{name}, last written by {printable(meta['version'])}" if meta.get("version") else name


def amount(number: int, word: str, several: str = "") -> str:
    """Return `1 error`, `2 errors`; `several` is the plural where that is not enough."""
    return f"{number} {word if number == 1 else several or f'{word}s'}"


def number_of_fixes(number: int, kind: str = "") -> str:
    """Return `1 fix`, `2 unsafe fixes`: what `authlint fix --apply` makes is called so everywhere."""
    return amount(number, f"{kind}fix", f"{kind}fixes")


def counted(counts: Mapping[Severity, int]) -> str:
    """Return `2 errors, 1 note`: those that there are."""
    return ", ".join(amount(number, severity) for severity, number in counts.items() if number)


def numbered(counts: Mapping[Severity, int]) -> str:
    """Return `2 errors and 1 note`: those that there are, or `none`."""
    return listed(amount(number, severity) for severity, number in counts.items() if number) or "none"


def from_repository(report: Report) -> Options:
    """Return options that tell paths as CI services want them: from the repository that authlint runs in."""
    return report.options._replace(cwd=report.repository or report.options.cwd)


def path_for_people(path: Path, options: Options) -> str:
    """Return a path from the current directory when inside it, else with the home as `~`."""
    if path.is_relative_to(options.cwd):
        return printable(path.relative_to(options.cwd).as_posix())
    return printable(path_from_home(path, options.home))


def command_for_people(command: str, options: Options) -> str:
    """Return a command with the home as `~`, where that is a word of its own and not inside quotes."""
    return printable(command.replace(f" {os.path.realpath(options.home)}/", " ~/"))


def spot(place: Place, options: Options) -> str:
    """Name a place: `path:line:column`, of a database `path  table/key  pointer`, of a snapshot both."""
    from linter.reports.masking import masked_place  # noqa: PLC0415 - a clean report shows no place

    path, place = path_for_people(place.path, options), masked_place(place)
    if place.cell is not None:
        return f"{path}  {place.cell.table}/{place.cell.key}  {place.pointer}".rstrip()
    if place.kind == "unread":
        return f"{path}  {place.pointer}".rstrip()
    origin = f" (from {place.origin}  {place.pointer})" if place.origin else ""
    return f"{path}:{place.region.start.line}:{place.region.start.column}{origin}"
