"""What OpenClaw noted when it took credentials over into a database: rows of `migrations`."""

import re
from pathlib import Path
from typing import Any

from linter.openclaw.cells import Owned
from linter.openclaw.reading import Reading
from linter.snapshot.tables import Row
from linter.sources.database import Database

_TABLE = "migration_sources"
_TARGETS = frozenset({"auth_profile_store", "auth_profile_stores"})
_AGENT = re.compile(r"[/\\]agents[/\\]([^/\\]+)[/\\]agent[/\\][^/\\]+$")


def migration_rows(reading: Reading, owned: Owned, database: Database) -> tuple[Row, ...]:
    """Return a row for each store of credentials that was taken over."""
    columns = ("source_key", "source_path", "target_table", "source_record_count", "status", "imported_at")
    return tuple(
        _row(reading, owned, receipt)
        for receipt in database.rows(_TABLE, columns)
        if receipt["target_table"] in _TARGETS and isinstance(receipt["source_path"], str)
    )


def _row(reading: Reading, owned: Owned, receipt: dict[str, Any]) -> Row:
    path, count = receipt["source_path"], receipt["source_record_count"]
    agent = _AGENT.search(path)
    return {
        "at": owned.row["at"],
        "key": str(receipt["source_key"]),
        "agent": agent[1] if agent else None,
        "source_path": reading.shown(Path(path)),
        "completed": receipt["status"] == "completed",
        "records": count if isinstance(count, int) else None,
        "imported_at": receipt["imported_at"] if isinstance(receipt["imported_at"], int) else None,
    }
