"""Where reports and views go: `-f FORMAT[=FILE]`, several at once."""

import os
import sys
from collections.abc import Callable, Collection, Sequence
from enum import StrEnum
from pathlib import Path
from shutil import get_terminal_size
from typing import Annotated, Any, NamedTuple, TextIO

import typer

from linter.cli.options import When
from linter.engine.errors import near
from linter.reports.interface import FORMATS, Report, format_named
from linter.snapshot.redact import scrub
from linter.usecases.own_folders import cache_dir

_WIDEST = 120


class Output(NamedTuple):
    """A format and the file it is written to; None is standard output."""

    format: str
    path: Path | None


def parse_outputs(values: Sequence[str], known: Collection[str] = FORMATS) -> list[Output]:
    """Return what `-f` asks for. Raises BadParameter for unknown formats and for two on standard output."""
    outputs = []
    for value in values:
        name, equals, path = value.partition("=")
        if name not in known:
            said = f"{name!r} is none of {', '.join(known)}{near(name, known)}"
            raise typer.BadParameter(said, param_hint="--format")
        if equals and not path:
            raise typer.BadParameter(f"{value!r} names no file", param_hint="--format")
        outputs.append(Output(name, Path(path) if path else None))
    if sum(output.path is None for output in outputs) > 1:
        raise typer.BadParameter(
            "only one format can go to standard output; write `FORMAT=FILE` for the others",
            param_hint="--format",
        )
    return outputs


def write_outputs(outputs: Sequence[Output], write: Callable[[str, TextIO], None]) -> None:
    """Have what was found written in every format. Raises BadParameter for a file that cannot be written."""
    for output in outputs:
        if output.path is None:
            write(output.format, sys.stdout)
            continue
        try:
            with output.path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
                write(output.format, stream)
        except OSError as error:
            raise typer.BadParameter(
                f"cannot write {output.path}: {error.strerror}", param_hint="--format"
            ) from None


def write_reports(reports: Sequence[Report], name: str, stream: TextIO) -> None:
    """Write reports in a format: text one after the other, any other format as one document."""
    if len(reports) > 1 and name != "text":
        from linter.reports.combined import combined  # noqa: PLC0415 - most runs are about one state

        reports = [combined(reports)]
    for report in reports:
        format_named(name).write(report, stream)


def remember_findings(reports: Sequence[Report]) -> None:
    """Keep what was found, so that `authlint explain FINGERPRINT` can say more of it."""
    found, folder = [report for report in reports if report.findings], cache_dir()
    if found and folder:
        from linter.reports.last_run import remember  # noqa: PLC0415 - a clean run has nothing to explain

        remember(found, folder)


def wants_colour(when: When = When.AUTO) -> bool:
    """Colour is for terminals and who forces it, and not for people who set NO_COLOR."""
    if when is not When.AUTO:
        return when is When.ALWAYS
    if any(os.environ.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def terminal_width() -> int:
    """Return how wide text for people is set: as the terminal or COLUMNS, and no wider than can be read."""
    return min(get_terminal_size(fallback=(80, 24)).columns, _WIDEST)


class Shown(StrEnum):
    """The formats of views."""

    TEXT = "text"
    JSON = "json"


ViewFormat = Annotated[Shown, typer.Option("-f", "--format", help="How it is written.")]


def show(view: str, value: Any, form: Shown, text: Callable[[], str]) -> None:
    """Print a view; `text` makes what people read."""
    if form is Shown.JSON:
        from linter.views.value import as_json  # noqa: PLC0415 - most want text

        typer.echo(as_json(view, value))
    else:
        said = scrub(text())
        typer.echo(said, nl=bool(said))
