"""`authlint snapshot`: save what authlint knows of a state, without secrets."""

from pathlib import Path
from typing import Annotated

import typer

from linter.cli.configured import configuration_path, setup
from linter.cli.failures import failures
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
from linter.cli.whereabouts import whereabouts
from linter.snapshot.pseudonym_key import PseudonymKeyError, key_at
from linter.snapshot.pseudonyms import pseudonymised
from linter.snapshot.store import saved
from linter.usecases.own_folders import pseudonym_key_file
from linter.usecases.snapshot import take_snapshot

Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file instead of the screen.")
]
Pseudonymise = Annotated[
    bool,
    typer.Option("--pseudonymise", help="Replace emails, account, user and chat ids by stable other names."),
]
KeyFile = Annotated[
    Path | None,
    typer.Option(
        "--key",
        metavar="FILE",
        help="Key that the other names are made with; made if it is not there. Default: one of your own.",
    ),
]


def command(
    *,
    state: StateDir = None,
    output: Output = None,
    pseudonymise: Pseudonymise = False,
    key: KeyFile = None,
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
    """Save the tables that rules look at, without secrets. Every command takes the file as a state."""
    now_ms = parse_time(now)
    with failures(debug=debug):
        location = whereabouts(state, profile, codex_home, workspace, agent, router)
        configuration = setup(configuration_path(config, workspace, location), None).configuration
        snapshot = take_snapshot(location, now_ms, evidence=evidence or (), configuration=configuration)
        if pseudonymise:
            text = pseudonymised(snapshot, location.home, _key(key or pseudonym_key_file()))
        else:
            text = saved(snapshot, location.home)
        if output is None:
            typer.echo(text, nl=False)
        else:
            output.write_text(text, "utf-8", "backslashreplace", newline="\n")


def _key(path: Path) -> bytes:
    try:
        return key_at(path)
    except PseudonymKeyError as error:
        raise typer.BadParameter(str(error), param_hint="--key") from None
