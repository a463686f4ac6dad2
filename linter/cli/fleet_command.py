"""`authlint fleet`: lint any number of snapshots, and what shows only between their machines."""

import gc
import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from linter.cli.failures import USAGE_ERROR, fail
from linter.cli.options import FailOn
from linter.cli.outputs import parse_outputs, write_outputs, write_reports
from linter.cli.target import FLEET, looks_at
from linter.reports.interface import Report
from linter.reports.wrapping import Painter
from linter.usecases.target import Target

if TYPE_CHECKING:
    from linter.views.fleet import Fleet

_FORMATS = ("text", "json", "markdown", "sarif")

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="Folders, globs, lists or URLs (s3://, gs://, az://, https://) of saved snapshots.",
    ),
]
Formats = Annotated[
    list[str],
    typer.Option(
        "-f",
        "--format",
        metavar="FORMAT[=FILE]",
        help="text, json or markdown: the summary; sarif: what is shared. Several, all but one to files.",
    ),
]
Out = Annotated[
    str | None,
    typer.Option(
        "-o", "--out", metavar="FOLDER", help="Write all findings there, as Parquet: a folder or a URL."
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="Work on a Dask cluster, as tcp://host:8786, not on this machine.",
    ),
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", min=1, help="Processes on this machine. Default: its processors."),
]


@looks_at(None, FLEET)
def command(
    *,
    target: Target,
    sources: Sources,
    formats: Formats = ["text"],  # noqa: B006 - typer reads the default, nothing changes it
    fail_on: FailOn = "error",
    out: Out = None,
    scheduler: Scheduler = None,
    workers: Workers = None,
) -> None:
    """Lint snapshots of many machines. Exit codes as for `lint`; needs `pip install 'authlint[fleet]'`."""
    gc.enable()  # Dask works for long
    outputs = parse_outputs(formats, _FORMATS)
    try:
        from linter.fleet.compute import Crew, processors  # noqa: PLC0415 - needs what most do not install
        from linter.fleet.run import lint_fleet, plan_of  # noqa: PLC0415 - as above
    except ModuleNotFoundError as error:
        fail(f"fleet needs the package {error.name}: pip install 'authlint[fleet]'", USAGE_ERROR)
    crew = Crew(workers or processors(), scheduler)
    told = _progress if sys.stderr.isatty() else lambda _done, _of: None
    found = lint_fleet(sources, plan_of(target, out), crew, target.options(notes=True), told)
    write_outputs(outputs, partial(_write, found.fleet, found.report))
    raise typer.Exit(found.exit_code(fail_on))


def _write(fleet: "Fleet", report: Report, name: str, stream: TextIO) -> None:
    if name == "sarif":
        write_reports([report], name, stream)
    elif name == "json":
        from linter.views.value import as_json  # noqa: PLC0415 - only where it is asked for

        stream.write(as_json("fleet", fleet) + "\n")
    else:
        from linter.views.fleet_text import fleet_markdown, fleet_text  # noqa: PLC0415 - as above

        options, text = report.options, name == "text"
        paint = Painter(colour=options.colour)
        stream.write(fleet_text(fleet, options.width, paint) if text else fleet_markdown(fleet))


def _progress(done: int, of: int) -> None:
    """Say on a terminal how much is done, on a line that vanishes at the end."""
    sys.stderr.write("\r\x1b[K" if done == of else f"\rauthlint: {done} of {of} parts done")
    sys.stderr.flush()
