"""Loongphy/codex-auth: `accounts/registry.json` names the accounts, one file each holds the login.

The slot is the Codex CLI's `auth.json`. The tool takes that file for the truth and copies it back before it
switches, so that a slot that is fresher than its snapshot is an ordinary state between two commands.
"""

import os
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from linter.openclaw.plain import members
from linter.openclaw.reading import Reading
from linter.routers.files import RouterFile, Schema, open_json, words
from linter.routers.interface import Found
from linter.routers.place import located
from linter.routers.rows import account_row, repo_row, router_row
from linter.routers.selection import resolve
from linter.routers.slots import CLI_SLOT, cli_slots
from linter.routers.times import ACTIVE_WINDOW_MS
from linter.routers.values import elements, shown_text
from linter.snapshot.tables import Row
from linter.sources.times import to_ms

TOOL = "codex-auth"
_PROVIDER = "openai-codex"
_SNAPSHOT_SUFFIX = ".auth.json"
_REGISTRY_SCHEMA = Schema(
    newest=3,
    version_key="schema_version",
    known_keys=words(
        "schema_version version active_account_key active_account_id active_email previous_active_account_key"
        " active_account_activated_at_ms interval_seconds codex_daemon_restart auto_switch api accounts"
    ),
)
_SELECTION_KEYS = ("active_account_key", "active_account_id", "active_email")
_KEYS_OF_ACCOUNT = {"active_account_id": "account_id", "active_email": "email"}


def read(reading: Reading, found: Sequence[Found]) -> None:
    """Read the registry and the snapshots that stand beside it."""
    for number, one in enumerate(found):
        registry = open_json(reading, one.folder / "registry.json", "router-state", _REGISTRY_SCHEMA)
        if registry is not None and isinstance(registry.value, dict):
            _read_registry(reading, registry, one.folder, TOOL if number == 0 else f"{TOOL}-{number + 1}")


def _read_registry(reading: Reading, registry: RouterFile, folder: Path, name: str) -> None:
    raw = registry.value
    key_field = next((field for field in _SELECTION_KEYS if shown_text(raw.get(field))), _SELECTION_KEYS[0])
    selection = shown_text(raw.get(key_field))
    id_field = _KEYS_OF_ACCOUNT.get(key_field, "account_key")
    accounts = list(_accounts(registry, name, id_field))
    repos = list(_snapshots(reading, folder, name, _owners(registry, id_field, accounts)))
    selected_key, selection_state = resolve("pointer", selection, _selectable(accounts, repos))
    pointers = {"selection": f"/{key_field}", "set_at": "/active_account_activated_at_ms"}
    router = router_row(
        located(registry.source, "", pointers),
        name,
        TOOL,
        "pointer",
        selection=selection,
        selected_key=selected_key,
        selection_state=selection_state,
        set_at=to_ms(raw.get("active_account_activated_at_ms")),
        provider=_PROVIDER,
        slot_ids=[CLI_SLOT],
        refreshes=True,
        live=reading.now - registry.mtime < ACTIVE_WINDOW_MS,
    )
    reading.snapshot.tables["routers"].append(router)
    reading.snapshot.tables["router_accounts"].extend(accounts)
    reading.snapshot.tables["repo_profiles"].extend(repos)
    reading.snapshot.tables["slots"].extend(cli_slots(reading.snapshot, router, switched=router["set_at"]))


def _accounts(registry: RouterFile, router: str, key_field: str) -> Iterator[Row]:
    seen: set[str] = set()
    for index, raw in enumerate(elements(registry.value.get("accounts"))):
        account = members(raw)
        key = shown_text(account.get(key_field))
        if key is not None:
            yield account_row(
                located(registry.source, f"/accounts/{index}", {"id": f"/{key_field}"}),
                router,
                key,
                name=shown_text(account.get("alias")) or shown_text(account.get("email")),
                duplicate=key in seen,
            )
            seen.add(key)


def _owners(registry: RouterFile, id_field: str, accounts: Sequence[Row]) -> dict[str, Row]:
    """Return the account of each snapshot file, by the file's name without its ending."""
    raw = {
        shown_text(key): key
        for account in elements(registry.value.get("accounts"))
        if isinstance(key := members(account).get(id_field), str)
    }
    return {stem: row for row in accounts for stem in _stems(raw[row["id"]].strip())}


def _selectable(accounts: Sequence[Row], repos: Sequence[Row]) -> list[str]:
    """Return the keys that have a snapshot to switch to; two accounts with one key make it ambiguous."""
    stored = {row["key"] for row in repos if row["enabled"]}
    return [row["id"] for row in accounts if row["id"] in stored]


def _snapshots(reading: Reading, folder: Path, router: str, owners: Mapping[str, Row]) -> Iterator[Row]:
    """Return the snapshots as repo entries, each under the key of the account that names its file."""
    for name in _snapshot_names(folder):
        file = open_json(reading, folder / name, "router-snapshot", Schema(), secret=True)
        stem = name.removesuffix(_SNAPSHOT_SUFFIX)
        owner = owners.get(stem)
        if file is not None and file.row["parse"] == "ok":
            file.row["profile_count"] = 1
            yield repo_row(
                reading,
                file.source,
                "",
                file.value,
                router=router,
                tool=TOOL,
                key=owner["id"] if owner else stem,
                key_style="hash",
                provider=_PROVIDER,
                label=owner["name"] if owner else None,
                enabled=owner is not None,
            )


def _stems(key: str) -> tuple[str, str]:
    """Return the names that the file of a key may have: the key, or base64url where it has a `:`."""
    return key, urlsafe_b64encode(key.encode("utf-8", "replace")).decode().rstrip("=")


def _snapshot_names(folder: Path) -> list[str]:
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names are all that is needed
    except OSError:
        return []
    return sorted(name for name in names if name.endswith(_SNAPSHOT_SUFFIX) and not name.startswith("."))
