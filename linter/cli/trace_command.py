"""`authlint trace`: which profile a session uses next, and why."""

from pathlib import Path
from typing import Annotated

import typer

from linter.cli.configured import configuration_at, configuration_path
from linter.cli.failures import NOTHING_TO_LINT, fail, failures
from linter.cli.options import (
    Agents,
    CodexHome,
    Config,
    Debug,
    Evidence,
    Now,
    Profile,
    Routers,
    StateDir,
    Workspaces,
    parse_time,
)
from linter.cli.progress import Progress
from linter.cli.whereabouts import whereabouts
from linter.reports.interface import Options
from linter.reports.wording import spot
from linter.snapshot.redact import scrub
from linter.snapshot.tables import Row
from linter.usecases.snapshot import take_snapshot
from linter.views.trace import find_sessions, traces
from linter.views.trace_text import trace_text

SessionKey = Annotated[
    str | None,
    typer.Argument(
        metavar="[SESSION]",
        help="A session key, a part of one, or a session id. Default: every live session.",
    ),
]


def command(
    *,
    session: SessionKey = None,
    state: StateDir = None,
    profile: Profile = None,
    codex_home: CodexHome = None,
    workspace: Workspaces = None,
    agent: Agents = None,
    now: Now = None,
    router: Routers = None,
    evidence: Evidence = None,
    config: Config = None,
    debug: Debug = False,
) -> None:
    """Explain how a session comes to its profile: every layer, who wins, and what the next turn does."""
    if session and state is None and Path(session).exists():
        state, session = Path(session), None
    now_ms = parse_time(now)
    with failures(debug=debug):
        location = whereabouts(state, profile, codex_home, workspace, agent, router)
        snapshot = take_snapshot(
            location,
            now_ms,
            evidence=evidence or (),
            configuration=configuration_at(configuration_path(config, workspace, location)),
            done=Progress(shown=debug),
        )
        tables = snapshot.tables
        found = (
            find_sessions(tables, session) if session else [row for row in tables["sessions"] if row["live"]]
        )
        if not found:
            fail(f"no session matches {session}" if session else "there is no live session", NOTHING_TO_LINT)
        options = Options(cwd=Path.cwd(), home=Path.home())

        def place_of(at: Row) -> str:
            return spot(snapshot.documents.place((at["source"], at["pointer"])), options)

        typer.echo(scrub("\n\n".join(trace_text(explained, place_of) for explained in traces(tables, found))))
