"""The openai-codex-multi-oauth skill: a repo of logins, one of them copied into an active slot.

`codex_profile_id` holds the preference, `codex-oauth-profiles.json` the repo (`profiles`, by profile id),
`codex_profile` is the helper. Which entry is selected is not stored: the slot is a copy of it.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from linter.openclaw.plain import members
from linter.openclaw.reading import Reading
from linter.routers.files import RouterFile, Schema, open_json, open_text
from linter.routers.interface import Found
from linter.routers.rows import repo_row, router_row
from linter.routers.selection import derive
from linter.routers.slots import default_slot_id, holders_of, store_slots
from linter.routers.times import ACTIVE_WINDOW_MS
from linter.snapshot.redact import scrub
from linter.snapshot.tables import Row
from linter.sources.paths import join
from linter.sources.positions import BYTE_ORDER_MARK

TOOL = "skill"
REPO_SCHEMA = Schema(newest=1, known_keys=frozenset({"version", "profiles"}))
_QUOTES = "\"'`"


def read(reading: Reading, found: Sequence[Found]) -> None:
    """Read the preference, the repo and the slot of each installation."""
    for number, one in enumerate(found):
        _read_one(reading, one.folder, TOOL if number == 0 else f"{TOOL}-{number + 1}")


def _read_one(reading: Reading, folder: Path, name: str) -> None:
    tables = reading.snapshot.tables
    slot_id = default_slot_id(reading.snapshot)
    agents = holders_of(reading.snapshot, slot_id)
    preference = open_text(reading, folder / "codex_profile_id", "preference")
    if preference is not None:
        tables["preference"].append(_preference(reading, preference, agents))
    repo = open_json(reading, folder / "codex-oauth-profiles.json", "repo", REPO_SCHEMA, secret=True)
    helper = folder / "codex_profile"
    if repo is None and not helper.is_file():
        return
    router = router_row(
        _at(repo, preference, helper),
        name,
        TOOL,
        "derived",
        provider=reading.snapshot.meta["canonical"],
        managed_agents=agents,
        slot_ids=[slot_id],
        config_problem=_problem(repo),
        live=any(
            file is not None and reading.now - file.mtime < ACTIVE_WINDOW_MS for file in (repo, preference)
        ),
    )
    tables["routers"].append(router)
    if repo is None or repo.value is None:
        return
    entries = members(members(repo.value).get("profiles"))
    repos = [
        repo_row(
            reading,
            repo.source,
            join("", "profiles", key),
            raw,
            router=name,
            tool=TOOL,
            key=key,
            key_style="id",
            provider=key.partition(":")[0] if ":" in key else router["provider"] or "openai-codex",
        )
        for key, raw in entries.items()
    ]
    repo.row["profile_count"] = len(repos)
    tables["repo_profiles"].extend(repos)
    slots = store_slots(reading.snapshot, router, slot_id, agents)
    tables["slots"].extend(slots)
    if slots:
        router["selected_key"], router["selection_state"] = derive(slots[0], repos)


def _at(repo: RouterFile | None, preference: RouterFile | None, helper: Path) -> Row:
    file = repo or preference
    return {"source": file.source if file else str(helper.name), "pointer": ""}


def _problem(repo: RouterFile | None) -> str | None:
    """Say why the skill's reader would not take the repo: it falls back to the auth store without a word."""
    if repo is None or not isinstance(repo.value, dict):
        return None
    if not isinstance(repo.value.get("profiles"), dict):
        return "the repo has no `profiles` object"
    return None


def _preference(reading: Reading, file: RouterFile, agents: Sequence[str]) -> Row:
    """Return the preference as its reader sees it, with what is unclean about the text.

    `value` is the id that is meant: the first line with text, without byte order mark and quotes.
    """
    document = reading.snapshot.documents.get(file.source)
    text: str = file.value if isinstance(file.value, str) else ""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = lines[0] if lines else ""
    json_like = first[:1] in ("{", "[")
    quoted = len(first) > 1 and first[0] in _QUOTES and first[-1] == first[0]
    value: Any = None if json_like else first.strip(_QUOTES).strip() if quoted else first
    prefix, colon, rest = (value or "").partition(":")
    return {
        "at": {"source": file.source, "pointer": ""},
        "tool": TOOL,
        "value": scrub(value) if value else None,
        "bom": document is not None and document.text.startswith(BYTE_ORDER_MARK),
        "lines": len(lines),
        "quoted": quoted,
        "json": json_like,
        "prefixed": bool(colon and prefix.strip() and rest.strip()),
        "inner_space": len((value or "").split()) > 1,
        "agents": list(agents),
    }
