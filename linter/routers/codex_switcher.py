"""tete1030/codex-switcher: one snapshot file for each login, and a pointer that its hash guards.

`profiles/openai-codex.<name>.json` are the snapshots. `.rotater-state.json` names the active one and the hash
of the credential that was written with it; unless that still holds, the tool shows none as active. In an
agent's directory it fills OpenClaw's `:default` profile, in a Codex home the CLI's `auth.json`.
"""

import json
import os
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from linter.openclaw.plain import members
from linter.openclaw.reading import Reading
from linter.routers.files import RouterFile, Schema, open_json, words
from linter.routers.interface import Found
from linter.routers.place import located
from linter.routers.rows import repo_row, router_row
from linter.routers.slots import cli_slots, default_slot_id, store_slots
from linter.routers.times import ACTIVE_WINDOW_MS
from linter.routers.values import shown_text
from linter.snapshot.secrets import decode_claims
from linter.snapshot.tables import Row
from linter.sources.lines import BYTE_ORDER_MARK
from linter.sources.paths import split
from linter.sources.times import to_ms

TOOL = "codex-switcher"
_STATE_FILE = ".rotater-state.json"
_PROVIDER = "openai-codex"
_PREFIX = "openai-codex."
_STATE_SCHEMA = Schema(
    newest=1,
    known_keys=words(
        "version activeProfile activeCredentialHash previousProfile lastSwitchAt pendingCreateProfile"
        " pendingCreateSince"
    ),
)
_PROFILE_SCHEMA = Schema(
    newest=1,
    known_keys=words("version provider access refresh expires accountId idToken email updatedAt"),
)


def read(reading: Reading, found: Sequence[Found]) -> None:
    """Read each `profiles` folder: one for each agent directory and one for the Codex home."""
    for one in found:
        name = f"{TOOL}:{one.agent}" if one.agent else f"{TOOL}:codex"
        state = open_json(reading, one.folder / _STATE_FILE, "router-state", _STATE_SCHEMA)
        if state is not None:
            repos = list(_repos(reading, one, name))
            reading.snapshot.tables["repo_profiles"].extend(repos)
            _read_state(reading, state, name, one.agent, {row["key"] for row in repos})


def _read_state(reading: Reading, state: RouterFile, name: str, agent: str | None, keys: set[str]) -> None:
    raw = members(state.value)
    selection = shown_text(raw.get("activeProfile"))
    switched = to_ms(raw.get("lastSwitchAt"))
    pointers = {
        "selection": "/activeProfile",
        "hash": "/activeCredentialHash",
        "set_at": "/lastSwitchAt",
        "pending": "/pendingCreateProfile",
        "pending_at": "/pendingCreateSince",
    }
    slot_id = default_slot_id(reading.snapshot) if agent else None
    router = router_row(
        located(state.source, "", pointers),
        name,
        TOOL,
        "pointer",
        selection=selection,
        selected_key=selection if selection in keys else None,
        selection_state="none" if selection is None else "ok" if selection in keys else "missing",
        hash=shown_text(raw.get("activeCredentialHash")),
        set_at=switched,
        provider=_PROVIDER,
        managed_agents=[agent] if agent else [],
        slot_ids=[slot_id] if slot_id else [],
        live=reading.now - state.mtime < ACTIVE_WINDOW_MS,
        pending=shown_text(raw.get("pendingCreateProfile")),
        pending_at=to_ms(raw.get("pendingCreateSince")),
    )
    if slot_id is not None and agent is not None:
        slots = store_slots(reading.snapshot, router, slot_id, [agent], switched=switched)
    else:
        slots = cli_slots(reading.snapshot, router, switched=switched)
    router["hash_state"] = _hash_state(reading, raw.get("activeCredentialHash"), slots)
    reading.snapshot.tables["routers"].append(router)
    reading.snapshot.tables["slots"].extend(slots)


def _repos(reading: Reading, found: Found, router: str) -> Iterator[Row]:
    for file_name in _snapshot_names(found.folder):
        file = open_json(reading, found.folder / file_name, "router-snapshot", _PROFILE_SCHEMA, secret=True)
        if file is not None and file.row["parse"] == "ok":
            file.row["profile_count"] = 1
            yield repo_row(
                reading,
                file.source,
                "",
                file.value,
                router=router,
                tool=TOOL,
                key=file_name.removesuffix(".json").removeprefix(_PREFIX),
                key_style="alias",
                provider=_PROVIDER,
            )


def _snapshot_names(folder: Path) -> list[str]:
    """Return the snapshot files; `__last__` is the tool's undo copy and no identity of its own."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names are all that is needed
    except OSError:
        return []
    return sorted(
        name for name in names if name.endswith(".json") and not name.startswith((".", "__", f"{_PREFIX}__"))
    )


def _hash_state(reading: Reading, stored: Any, slots: Sequence[Row]) -> str | None:
    """Compare the stored hash with the live slot's. Its token is read again for that; the verdict leaves."""
    if not isinstance(stored, str) or not stored.strip() or not slots or not slots[0]["present"]:
        return None
    raw = _raw_value(reading, slots[0]["at"])
    hashes = _hashes(members(raw.get("tokens")) if slots[0]["agent"] is None else raw)
    if not hashes:
        return None
    return "ok" if stored.strip().lower() in hashes else "differs"


def _raw_value(reading: Reading, at: Row) -> Row:
    document = reading.snapshot.documents.get(at["source"])
    if document is None:
        return {}
    try:
        value: Any = json.loads(document.text.removeprefix(BYTE_ORDER_MARK))
        for name in split(at["pointer"]):
            value = value[name]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return members(value)


def _hashes(raw: Row) -> set[str]:
    """Return the tool's hashes of a credential: of provider, account, and refresh token, else access token.

    The account is the token's for credentials that the tool normalised, else the stored one.
    """
    refresh, access = _text(raw, "refresh", "refresh_token"), _text(raw, "access", "access_token", "token")
    if not refresh and not access:
        return set()
    secret = f"refresh\0{refresh}" if refresh else f"access\0{access}"
    claims = (decode_claims(token) for token in (access, _text(raw, "idToken", "id_token")) if token)
    accounts = {_text(raw, "accountId", "account_id")} | {
        known["account_id"] or "" for known in claims if known is not None
    }
    return {
        sha256(f"{_PROVIDER}\0{account}\0{secret}".encode("utf-8", "surrogatepass")).hexdigest()
        for account in accounts
    }


def _text(raw: Row, *names: str) -> str:
    return next((raw[name] for name in names if isinstance(raw.get(name), str) and raw[name]), "")
