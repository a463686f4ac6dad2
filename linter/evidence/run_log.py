"""OpenClaw's run log: its lines about a failover say which profile failed, when and why.

They name a profile by the start of the SHA-256 of its id, and a run instead of a session.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from linter.openclaw.plain import members
from linter.openclaw.profile_marks import ids_by_mark, log_mark
from linter.routers.values import shown_text
from linter.snapshot.tables import Row, Tables
from linter.sources.times import to_ms

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
