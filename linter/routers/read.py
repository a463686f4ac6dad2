"""Read every router into the snapshot, after OpenClaw's own tables."""

import os
from collections import defaultdict
from collections.abc import Sequence
from importlib import import_module
from typing import cast

from linter.openclaw.location import StateLocation
from linter.openclaw.other_states import declared_state
from linter.openclaw.reading import Reading
from linter.routers.environment import read_environment
from linter.routers.find import find_routers
from linter.routers.interface import Declaration, Found, Objection, Reader
from linter.routers.sweep import sweep
from linter.snapshot.snapshot import Snapshot

_READERS = {"skill": ("skill", "read")}
"""Readers for what a mapping cannot say: their module, and the function in it."""


def read_routers(
    snapshot: Snapshot,
    location: StateLocation,
    declared: Sequence[Declaration] = (),
    objection: Objection = lambda _: "",
) -> None:
    """Fill the tables of routers, of the Codex CLI and of the environment, and the preference.

    `declared` are the user's own routers; `objection` tells why one may not name a file.

    Raises RouterError for one that cannot be understood and for a named file that is none, but never on what
    it reads, unless a declaration takes what is a secret for something else.
    """
    reading = Reading(snapshot, location, _owner(location))
    # A reader is imported only where its tool is in use: starting must stay instant.
    if location.codex_home.is_dir():
        from linter.routers.codex_cli import read_codex_cli  # noqa: PLC0415

        read_codex_cli(reading)
    read_environment(reading)
    by_tool: dict[str, list[Found]] = defaultdict(list)
    own: set[str] = set()
    if declared:
        from linter.routers.declared import read_declared  # noqa: PLC0415

        own = read_declared(reading, declared, objection)
    for found in find_routers(reading):
        if os.path.realpath(found.anchor) not in own:  # a declaration goes before what is known of a tool
            by_tool[found.tool].append(found)
    for installations in by_tool.values():
        _reader(installations[0].reader)(reading, installations)
    sweep(reading)
    for router in snapshot.tables["routers"]:
        if router["state_dir"]:
            router["state_dir"] = declared_state(reading, router["state_dir"])


def _reader(reader: str) -> Reader:
    module, name = _READERS.get(reader, ("declared", "read_mapped"))
    return cast("Reader", getattr(import_module(f"linter.routers.{module}"), name))


def _owner(location: StateLocation) -> int | None:
    try:
        return os.stat(location.state_dir).st_uid  # noqa: PTH116 - as cheap as it gets
    except OSError:
        return None
