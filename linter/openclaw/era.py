"""Which generation of OpenClaw's layout a state is in, and which provider name Codex logins have in it."""

from collections.abc import Iterable
from typing import NamedTuple

from linter.openclaw.config import Config
from linter.openclaw.plain import text
from linter.openclaw.reading import KNOWN_JSON_VERSION
from linter.openclaw.selection.semantics import parse_version
from linter.snapshot.tables import Row, Tables

CODEX, OPENAI = "openai-codex", "openai"
NEWEST_STATE_SCHEMA, NEWEST_AGENT_SCHEMA = 18, 23
FIRST_SHARED_STATE_SCHEMA, FIRST_SHARED_AGENT_SCHEMA = 13, 14

_FIRST_OPENAI, _FIRST_DATABASES, _FIRST_SHARED = (2026, 6, 1), (2026, 6, 5), (2026, 8, 1)


class DatabaseSign(NamedTuple):
    """What a database tells about the era. `schema` is None when it could not be read."""

    schema: int | None
    shared: bool
    has_auth_tables: bool


def decide_era(
    state: DatabaseSign | None, agents: Iterable[DatabaseSign], version: tuple[int, ...] | None = None
) -> str:
    """Return J, H, S, or `unknown` where a database that decides cannot be read or is newer than known.

    Without any, it is J, unless the version that wrote the configuration no longer reads JSON files.
    """
    signs = list(agents)
    if state is not None and (state.schema is None or state.schema > NEWEST_STATE_SCHEMA):
        return "unknown"
    if any(sign.schema is not None and sign.schema > NEWEST_AGENT_SCHEMA for sign in signs):
        return "unknown"
    if state is not None and (state.shared or (state.schema or 0) >= FIRST_SHARED_STATE_SCHEMA):
        return "S"
    if any((sign.schema or 0) >= FIRST_SHARED_AGENT_SCHEMA for sign in signs):
        return "S"
    if any(sign.has_auth_tables for sign in signs):
        return "H"
    if any(sign.schema is None for sign in signs):
        return "unknown"
    return "S" if (version or ()) >= _FIRST_SHARED else "H" if (version or ()) >= _FIRST_DATABASES else "J"


def has_newer_store(tables: Tables) -> bool:
    """Tell whether a JSON store says that it is of a layout that did not exist yet."""
    return any(
        row["role"] in ("store", "auth-state") and (row["schema_version"] or 0) > KNOWN_JSON_VERSION
        for row in tables["files"]
    )


def version_of(config: Config, app_versions: Iterable[str | None]) -> str | None:
    """Return the version that last wrote the state, as openclaw.json or else a database says."""
    version = config.text("meta", "lastTouchedVersion") or next((v for v in app_versions if v), None)
    return text(version)


def canonical_provider(era: str, version: str | None, tables: Tables) -> str | None:
    """Return the provider name of Codex logins; None when a state of unknown version has both.

    From 2026.6.1 on it is `openai`, in JSON files that doctor has converted, too.
    """
    if era in ("H", "S"):
        return OPENAI
    if era != "J":
        return None
    number = parse_version(version)
    if number:
        return OPENAI if number >= _FIRST_OPENAI else CODEX
    stored = {row["realm"] for row in tables["profiles"] if row["type"] == "oauth"}
    if {CODEX, OPENAI} <= stored:
        return None
    if stored & {CODEX, OPENAI}:
        return CODEX if CODEX in stored else OPENAI
    return OPENAI if any(_is_unification(row) for row in tables["files"]) else CODEX


def _is_unification(file: Row) -> bool:
    return file["role"] == "archive" and ".openai-provider-unification." in file["path"]
