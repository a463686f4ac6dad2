"""Where routers keep their files. Finding one costs a look at the file system, no reader is loaded for it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from linter.openclaw.reading import Reading
from linter.routers.interface import Found, RouterError


class _Layout(NamedTuple):
    tool: str
    base: str
    folder: str
    anchors: tuple[str, ...]


_KIT = ("oauth-pool-config.json", "oauth-pool-state.json")
_SWITCHER = (".rotater-state.json",)
_LAYOUTS = (
    _Layout("skill", "state", "", ("codex-oauth-profiles.json", "codex_profile_id", "codex_profile")),
    _Layout("switching-kit", "workspace", "ops/state", _KIT),
    _Layout("switching-kit", "state", "ops/state", _KIT),
    _Layout("codex-switcher", "agent", "profiles", _SWITCHER),
    _Layout("codex-switcher", "codex", "profiles", _SWITCHER),
    _Layout("account-router", "home", ".openclaw-router", ("router-state.json",)),
    _Layout("multi-auth", "codex", "multi-auth", ("openai-codex-accounts.json",)),
    _Layout("oc-multi-auth", "home", ".opencode", ("oc-codex-multi-auth-accounts.json",)),
    _Layout("codex-auth", "codex", "accounts", ("registry.json",)),
)


def find_routers(reading: Reading) -> list[Found]:
    """Return the routers in their usual places and those whose files were named, each folder once.

    Raises RouterError for a named file that is not there or is of no router.
    """
    found: dict[tuple[str, str], Found] = {}
    for router in (*_usual(reading), *_named(reading)):
        found.setdefault((router.tool, os.path.realpath(router.folder)), router)
    return list(found.values())


def _usual(reading: Reading) -> Iterator[Found]:
    where, agents = reading.location, reading.snapshot.tables["agents"]
    bases: dict[str, list[tuple[Path, str | None]]] = {
        "state": [(where.state_dir, None)],
        "workspace": [
            *((path, None) for path in where.workspaces),
            *((absolute(reading, row["workspace"]), None) for row in agents),
        ],
        "agent": [(absolute(reading, row["agent_dir"]), row["id"]) for row in agents],
        "codex": [(where.codex_home, None)],
        "home": [(where.home, None)],
    }
    for layout in _LAYOUTS:
        for base, agent in bases[layout.base]:
            folder = base / layout.folder
            for anchor in layout.anchors:
                if os.path.lexists(folder / anchor):  # a link that leads nowhere is there, too
                    yield Found(layout.tool, folder, folder / anchor, agent)
                    break


def _named(reading: Reading) -> Iterator[Found]:
    tools = {anchor: layout.tool for layout in _LAYOUTS for anchor in layout.anchors}
    for path in reading.location.router_files:
        if path.name not in tools:
            raise RouterError(
                f"{reading.shown(path)} is no router file: known are {', '.join(sorted(tools))}"
            )
        if not path.is_file():
            raise RouterError(f"there is no {reading.shown(path)}")
        yield Found(tools[path.name], path.parent, path)


def absolute(reading: Reading, shown: str) -> Path:
    """Return the path that a shown path stands for."""
    if shown == "~" or shown.startswith("~/"):
        return reading.location.home / shown[2:]
    return reading.location.state_dir / shown
