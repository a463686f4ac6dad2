"""Read what was captured into the tables of evidence; `docs/evidence.md` has the formats."""

from collections.abc import Sequence
from pathlib import Path

from linter.evidence.captures import add_captures, add_models_status
from linter.evidence.run_log import add_run_log
from linter.files import UnusableFileError
from linter.openclaw.location import StateLocation
from linter.openclaw.reading import Reading, StateFile
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import Row
from linter.sources.reading import load_text

_RUN_LOG = ".log"


class EvidenceError(UnusableFileError):
    """A file that was given as evidence and is none; the message says what is expected."""


def read_evidence(snapshot: Snapshot, location: StateLocation, paths: Sequence[Path]) -> None:
    """Add each file, of whichever kind it is. Raises EvidenceError for one that is none."""
    reading = Reading(snapshot, location, None)
    for path in paths:
        if path.suffix == _RUN_LOG:
            _add_run_log(reading, path)
            continue
        file = reading.open_json(path, "evidence", secret=False)
        shown = reading.shown(path)
        if file is None:
            raise EvidenceError(f"there is no {shown}")
        if file.row["parse"] != "ok":
            raise EvidenceError(f"{shown}: {file.row['parse_error'] or 'cannot be read'}")
        _add(reading, file, file.value if isinstance(file.value, dict) else {})


def _add_run_log(reading: Reading, path: Path) -> None:
    shown = reading.shown(path)
    loaded = load_text(path, shown, shown)
    if loaded.document is None:
        raise EvidenceError(f"{shown} {loaded.file.obstacle}" if path.exists() else f"there is no {shown}")
    reading.add_file(path, loaded.file, "evidence", None, secret=False)["parse"] = "ok"
    reading.snapshot.documents.add(loaded.document)
    add_run_log(reading.snapshot.tables, shown, loaded.document.text)


def _add(reading: Reading, file: StateFile, value: Row) -> None:
    if "evidence" in value:
        if value["evidence"] != 1:
            raise EvidenceError(f"{file.source}: `evidence` must be 1, the version of the format")
        add_captures(reading.snapshot.tables, file, value)
    elif isinstance(value.get("auth"), dict) and "defaultModel" in value:
        add_models_status(reading.snapshot.tables, file, value)
    else:
        raise EvidenceError(
            f"{file.source} is no evidence: neither the output of `openclaw models status --json`"
            " nor a file with `evidence: 1`"
        )
