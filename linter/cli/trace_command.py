"""`authlint trace`: which profile a session uses next, and why."""

from pathlib import Path
from typing import Annotated

import typer

from linter.cli.failures import NOTHING_TO_LINT, fail, failures
from linter.cli.options import (
    Agents,
    CodexHome,
    Debug,
    Evidence,
    Now,
    Profile,
    StateDir,
    Workspaces,
    parse_time,
)
from linter.cli.progress import Progress
from linter.cli.whereabouts import whereabouts
from linter.pipeline import take_snapshot
from linter.snapshot.redact import scrub
from linter.views.trace import find_sessions, trace
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
    evidence: Evidence = None,
    debug: Debug = False,
) -> None:
    """Explain how a session comes to its profile: every layer, who wins, and what the next turn does."""
    if session and state is None and Path(session).is_dir():
        state, session = Path(session), None
    now_ms = parse_time(now)
    with failures(debug=debug):
        location = whereabouts(state, profile, codex_home, workspace, agent)
        snapshot = take_snapshot(location, now_ms, evidence=evidence or (), done=Progress(shown=debug))
        if session:
            found = find_sessions(snapshot, session)
        else:
            live = [row for row in snapshot.tables["sessions"] if row["live"]]
            found = [(row["agent"], row["key"]) for row in live]
        if not found:
            fail(f"no session matches {session}" if session else "there is no live session", NOTHING_TO_LINT)
        explained = [trace_text(trace(snapshot, *name)) for name in found]
        typer.echo(scrub("\n\n".join(explained)))
