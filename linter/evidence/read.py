"""Read what was captured into the tables of evidence; `docs/evidence.md` has the formats."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from linter.evidence.captures import add_captures, add_models_status
from linter.files import UnusableFileError
from linter.openclaw.location import StateLocation
from linter.openclaw.plain import members
from linter.openclaw.profile_marks import ids_by_mark, log_mark
from linter.openclaw.reading import Reading, StateFile
from linter.routers.values import shown_text
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import Row, Tables
from linter.sources.reading import load_text
from linter.sources.times import to_ms

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


_EVENT = "embedded_run_failover_decision"


def add_run_log(tables: Tables, source: str, text: str) -> None:
    """Append a row to `failovers` for each such line, the newest first; all other lines are passed over."""
    known = ids_by_mark(tables, log_mark)
    found = [_row(source, number, event, when, known) for number, event, when in _events(text)]
    tables["failovers"].extend(sorted(found, key=lambda row: row["failed_at"] or 0, reverse=True))


def _events(text: str) -> Iterator[tuple[int, Row, Any]]:
    for number, line in enumerate(text.splitlines()):
        if _EVENT not in line:
            continue
        try:
            entry = members(json.loads(line))
        except (ValueError, RecursionError):  # the last line may be half written
            continue
        event = members(entry.get("1"))
        if event.get("event") == _EVENT:
            yield number, event, entry.get("time")


def _row(source: str, number: int, event: Row, when: Any, known: Mapping[str, str]) -> Row:
    mark = shown_text(event.get("profileId")) or ""
    return {
        "at": {"source": source, "pointer": f"/{number}"},
        "profile": known.get(mark),
        "profile_mark": mark or None,
        "provider": shown_text(event.get("provider")),
        "model": shown_text(event.get("model")),
        "decision": shown_text(event.get("decision")),
        "reason": shown_text(event.get("failoverReason")),
        "run": shown_text(event.get("runId")),
        "failed_at": to_ms(when),
    }
