"""`authlint trace`: which profile a session uses next, and why."""

from pathlib import Path
from typing import Annotated

import typer

from linter.cli.failures import NOTHING_TO_LINT, fail
from linter.cli.options import StateDir
from linter.cli.outputs import Shown, ViewFormat, show
from linter.cli.target import READING, looks_at
from linter.engine.errors import near
from linter.reports.wording import spot
from linter.reports.wrapping import Painter
from linter.snapshot.tables import Row, Tables
from linter.usecases.target import Target
from linter.views.logins import logins
from linter.views.logins_text import logins_text
from linter.views.trace import Traces, find_sessions, traces
from linter.views.trace_text import trace_text

_MOST_LISTED = 20

SessionKey = Annotated[
    str | None,
    typer.Argument(
        metavar="[SESSION]",
        help="A session key, a part of one, or a session id; the state may come first. "
        "Default: every live session.",
    ),
]


@looks_at(StateDir, READING)
def command(
    *,
    target: Target,
    session: SessionKey = None,
    form: ViewFormat = Shown.TEXT,
) -> None:
    """Explain how a session comes to its profile: every layer, who wins, and what the next turn does."""
    named = [str(state) for state in target.states]
    first = Path(session or "")
    if session and (first.exists() or first.is_absolute()) and not any(map(Path.exists, target.states)):
        target, session = target._replace(states=(first,)), next(iter(named), None)
    location = target.location()
    snapshot = target.snapshot(location, target.configuration(location))
    found = find_sessions(snapshot.tables, session)
    bare = location.bare and not session
    if not found and not bare:
        said, *there = _no_session(session, snapshot.tables)
        fail(said, NOTHING_TO_LINT, *there)

    def place_of(at: Row) -> str:
        return spot(snapshot.documents.place((at["source"], at["pointer"])), target.options())

    explained = Traces(tuple(traces(snapshot.tables, found)))
    width, paint = target.caller.width, Painter(colour=target.caller.colour)

    def text() -> str:
        if bare:
            return logins_text(logins(snapshot.tables), target.now_ms, width, paint)
        return "\n\n".join(trace_text(trace, place_of, width, paint) for trace in explained.sessions)

    show("trace", explained, form, text)


def _no_session(wanted: str | None, tables: Tables) -> list[str]:
    """Say that there is none, and which there are."""
    keys = [row["key"] for row in tables["sessions"] if row["live"] or wanted]
    if wanted is None:
        return ["there is no live session"]
    more = [f"  and {len(keys) - _MOST_LISTED} more"] if len(keys) > _MOST_LISTED else []
    some = [f"  {key}" for key in keys[:_MOST_LISTED]]
    return [
        f"no session matches {wanted}{near(wanted, keys)}",
        *(["There are:", *some, *more] if keys else []),
    ]
