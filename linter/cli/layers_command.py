"""`authlint layers`: sessions by layers."""

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
from linter.snapshot.redact import scrub
from linter.usecases.snapshot import take_snapshot
from linter.views.layers import layers
from linter.views.layers_text import layers_text

All = Annotated[bool, typer.Option("--all", help="Show idle and archived sessions too.")]


def command(
    *,
    state: StateDir = None,
    everything: All = False,
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
    """Show which profile each layer names for each session, and mark where they disagree."""
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
        rows = [row for row in snapshot.tables["sessions"] if row["live"] or everything]
        if not rows:
            fail("there is no live session; --all shows idle ones", NOTHING_TO_LINT)
        typer.echo(scrub(layers_text(layers(snapshot.tables, rows))))
