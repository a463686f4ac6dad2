"""Second copies of refresh tokens: a look through the known places of tokens, of which fingerprints stay.

Outside of the state only for the live one of this user: the home of a copied state says nothing about who
holds a token now.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from linter.openclaw.reading import Reading
from linter.routers.database import load_tables
from linter.routers.find import Place, holding_files
from linter.snapshot.grants import REAL
from linter.snapshot.secrets import reduce_secret
from linter.snapshot.tables import new_row
from linter.sources.paths import join
from linter.sources.reading import load_json

_NAMES = frozenset({"refresh", "refreshtoken", "refresh_token"})
_DEEPEST = 8
_INSIDE = frozenset({"state", "agent"})
_OUTSIDE = frozenset({"home", "data", "config"})
"""Bases of places that belong neither to OpenClaw nor to the Codex home that is looked at anyway."""
_ANYWHERE = frozenset({*_INSIDE, "workspace", "codex", *_OUTSIDE})


def sweep(reading: Reading) -> None:
    """Append a row to `grants` for each refresh token in the known places; `fill_grants` drops known ones."""
    entered = {row["realpath"] for row in reading.snapshot.tables["files"] if row["exists"]}
    seen = {os.path.realpath(reading.location.codex_home / "auth.json")}
    folders: dict[str, None] = {}
    own = reading.location.own
    for place, folder, path, agent in holding_files(reading, _ANYWHERE if own else _INSIDE):
        real = os.path.realpath(path)
        if real not in seen:
            seen.add(real)
            if place.base in _OUTSIDE:
                folders[reading.shown(folder)] = None
            _sweep_file(reading, place, path, agent, entered=real in entered)
    if own:
        reading.snapshot.meta["swept"] = list(folders)


def _sweep_file(reading: Reading, place: Place, path: Path, agent: str | None, *, entered: bool) -> None:
    shown = reading.shown(path)
    loaded = load_tables(path, shown, place.tables) if place.tables else load_json(path, shown, shown)
    tokens = list(_tokens(loaded.value, "", 0))
    if not tokens:
        return
    if not entered:
        reading.enter(loaded, path, "holder", agent, any_value=True)
    used = not place.copies and (not place.eras or reading.snapshot.meta["era"] in place.eras)
    for pointer, token in tokens:
        secret = reduce_secret(token)
        if secret is not None and secret["kind"] in REAL:
            reading.snapshot.tables["grants"].append(
                new_row(
                    "grants",
                    at={"source": shown, "pointer": pointer},
                    fingerprint=secret["fingerprint"],
                    holder=f"{place.tool} {shown}",
                    owner=f"{place.tool} {os.path.realpath(path)}",
                    kind="holder",
                    scope=None,
                    id=None,
                    agent=agent,
                    router=None,
                    live=used,
                )
            )


def _tokens(value: Any, pointer: str, depth: int) -> Iterator[tuple[str, str]]:
    """Yield the texts that stand under the name of a refresh token, with their places."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        for name, child in value.items():
            if isinstance(child, str):
                if name.lower() in _NAMES and child.strip():
                    yield join(pointer, name), child
            else:
                yield from _tokens(child, join(pointer, name), depth + 1)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _tokens(child, join(pointer, index), depth + 1)
