"""`linter.trace`: what the command `trace` does."""

from collections.abc import Iterable
from pathlib import Path

from linter.api.arguments import Moment, PathLike, absolute, milliseconds, state_location
from linter.configuration.ruleset import read_configuration_at
from linter.usecases.own_folders import cache_dir
from linter.usecases.snapshot import take_snapshot
from linter.views.trace import Trace, find_sessions, traces


def trace(
    session: str | None = None,
    *,
    state: PathLike | None = None,
    now: Moment | None = None,
    config: PathLike | None = None,
    profile: str | None = None,
    codex_home: PathLike | None = None,
    workspaces: Iterable[PathLike] = (),
    agents: Iterable[str] = (),
    routers: Iterable[PathLike] = (),
    evidence: Iterable[PathLike] = (),
) -> tuple[Trace, ...]:
    """Explain how sessions come to their profile: those named (key, part of it, id), else all live ones.

    The rows of a trace are those of linter/snapshot/schema.json. Raises NothingToLint without a state.
    """
    location = state_location(state, profile, codex_home, workspaces, agents, routers)
    tables = take_snapshot(
        location,
        milliseconds(now),
        evidence=[*map(Path, evidence)],
        configuration=read_configuration_at(absolute(config), cache_dir()),
    ).tables
    live = [row for row in tables["sessions"] if row["live"]]
    return tuple(traces(tables, find_sessions(tables, session) if session else live))
