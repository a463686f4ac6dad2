"""`linter.trace`: what the command `trace` does."""

from typing import Unpack

from linter.api.target import PathLike, StateOptions, state_target
from linter.views.trace import Trace, find_sessions, traces


def trace(
    session: str | None = None, *, state: PathLike | None = None, **options: Unpack[StateOptions]
) -> tuple[Trace, ...]:
    """Explain how sessions come to their profile: those named (key, part of it, id), else all live ones.

    The keywords are those of `StateOptions`; the rows of a trace are those of linter/snapshot/schema.json.
    Raises NothingToLint without a state.
    """
    target = state_target(state, **options)
    location = target.location()
    tables = target.snapshot(location, target.configuration(location)).tables
    return tuple(traces(tables, find_sessions(tables, session)))
