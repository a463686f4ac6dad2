"""`authlint trace`: which profile a session uses next, and why."""

from pathlib import Path
from typing import Annotated

import typer

from linter.cli.failures import NOTHING_TO_LINT, fail
from linter.cli.options import StateDir
from linter.cli.target import READING, looks_at
from linter.reports.wording import spot
from linter.snapshot.redact import scrub
from linter.snapshot.tables import Row
from linter.usecases.target import Target
from linter.views.holdings import holdings_text
from linter.views.trace import find_sessions, traces
from linter.views.trace_text import trace_text

SessionKey = Annotated[
    str | None,
    typer.Argument(
        metavar="[SESSION]",
        help="A session key, a part of one, or a session id. Default: every live session.",
    ),
]


@looks_at(StateDir, READING)
def command(
    *,
    target: Target,
    session: SessionKey = None,
) -> None:
    """Explain how a session comes to its profile: every layer, who wins, and what the next turn does."""
    if session and not target.states and Path(session).exists():
        target, session = target._replace(states=(Path(session),)), None
    location = target.location()
    snapshot = target.snapshot(location, target.configuration(location))
    if location.bare and not session:
        typer.echo(scrub(holdings_text(snapshot.tables)))
        return
    found = find_sessions(snapshot.tables, session)
    if not found:
        fail(f"no session matches {session}" if session else "there is no live session", NOTHING_TO_LINT)

    def place_of(at: Row) -> str:
        return spot(snapshot.documents.place((at["source"], at["pointer"])), target.options())

    explained = traces(snapshot.tables, found)
    typer.echo(scrub("\n\n".join(trace_text(trace, place_of) for trace in explained)))
