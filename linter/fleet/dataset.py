"""The findings of a fleet as a Parquet dataset: a row for each, in files written where they are made.

A snapshot without findings has one row, whose columns about a finding are null. `docs/fleet.md` describes the
columns, and tests/fleet/test_dataset.py holds the page to this schema.
"""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

import fsspec

from linter.engine.finding import Finding
from linter.fleet.names import FleetError, shown_name
from linter.printable import printable
from linter.reports.masking import masked
from linter.snapshot.redact import scrub
from linter.snapshot.tables import Row

COLUMNS = {
    "snapshot": "string",
    "host": "string",
    "taken_at": "timestamp",
    "era": "string",
    "version": "string",
    "rule": "string",
    "layer": "string",
    "severity": "string",
    "message": "string",
    "cause": "string",
    "about": "string",
    "subject": "string",
    "source": "string",
    "pointer": "string",
    "fingerprint": "string",
    "counts": "bool",
    "machines": "int32",
}
"""The columns, in order, with their types; times are in ms of UTC."""
UNREADABLE = "snapshot-unreadable"
"""What is in `rule` for a snapshot that could not be read."""
SHARED = "shared.parquet"
"""The file with what shows only between machines, written last."""


def origin(name: str, meta: Row) -> Row:
    """Return the columns that tell of which snapshot a row is."""
    told = {"host": meta["host"], "taken_at": meta["now"], "era": meta["era"], "version": meta["version"]}
    return {"snapshot": shown_name(name), **told}


def finding_columns(finding: Finding, layer: str | None) -> Row:
    """Return the columns that tell of a finding, masked as everywhere."""
    shown = masked(finding)
    return {
        "rule": shown.rule,
        "layer": layer,
        "severity": shown.severity,
        "message": shown.message,
        "cause": shown.cause.kind,
        "about": shown.cause.key,
        "subject": ", ".join(f"{kind} {name}" for kind, name in shown.subject),
        "source": scrub(shown.location.source),
        "pointer": scrub(shown.location.pointer),
        "fingerprint": shown.fingerprint,
        "counts": shown.counts,
    }


def unreadable_columns(reason: str) -> Row:
    """Return the columns that tell of a snapshot that could not be read."""
    return {"rule": UNREADABLE, "severity": "error", "message": reason, "cause": UNREADABLE, "counts": True}


def write_rows(rows: Iterable[Row], folder: str, name: str) -> None:
    """Write a file of the dataset; done again, it is written over by its equal."""
    import pyarrow as pa  # noqa: PLC0415 - takes as much memory as all the rest, and many want no dataset
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    types: dict[str, Any] = {
        "string": pa.string(),
        "timestamp": pa.timestamp("ms", tz="UTC"),
        "bool": pa.bool_(),
        "int32": pa.int32(),
    }
    schema = pa.schema([(column, types[kind]) for column, kind in COLUMNS.items()])
    clean = [
        {column: printable(value) if isinstance(value, str) else value for column, value in row.items()}
        for row in rows
    ]
    buffer = BytesIO()
    pq.write_table(pa.Table.from_pylist(clean, schema=schema), buffer, compression="zstd")
    files, path = fsspec.url_to_fs(folder)
    files.pipe_file(f"{path.rstrip('/')}/{name}", buffer.getvalue())


def prepare(folder: str) -> None:
    """Make the folder of a dataset. Raises FleetError for one that has files of an earlier run."""
    files, path = fsspec.url_to_fs(folder)
    files.makedirs(path, exist_ok=True)
    if any(name.endswith(".parquet") for name in files.find(path)):
        raise FleetError(
            f"{shown_name(folder)} has the findings of an earlier run; name another folder, or remove them"
        )
