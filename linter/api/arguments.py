"""What the public functions are given, in the terms of the library."""

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from time import time

from linter.openclaw.location import StateLocation, locate

PathLike = str | os.PathLike[str]
Moment = datetime | int
"""A time: an aware datetime, or milliseconds since the epoch."""


def state_location(
    state: PathLike | None,
    profile: str | None,
    codex_home: PathLike | None,
    workspaces: Iterable[PathLike],
    agents: Iterable[str],
    routers: Iterable[PathLike],
) -> StateLocation:
    """Return where a state lies, by the environment of this process. Raises NothingToLint."""
    return locate(
        absolute(state),
        environ=os.environ,
        home=Path.home(),
        profile=profile,
        codex_home=absolute(codex_home),
        workspaces=[*map(Path, workspaces)],
        router_files=[*map(Path, routers)],
        agents=agents,
    )


def absolute(given: PathLike | None) -> Path | None:
    """Return an absolute path, with `~` for the home."""
    return None if given is None else Path(given).expanduser().absolute()


def milliseconds(moment: Moment | None) -> int:
    """Return ms since the epoch; a datetime without a zone is UTC, whatever the zone of this machine."""
    if moment is None:
        return int(time() * 1000)
    if isinstance(moment, int):
        return moment
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(aware.timestamp() * 1000)
