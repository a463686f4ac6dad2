"""`authlint watch`: lint again whenever the state changes."""

import sys
import time
from dataclasses import replace
from datetime import datetime

import typer

from linter.api.lint import lint, written
from linter.cli.configured import configuration_path
from linter.cli.failures import failures
from linter.cli.lint_command import Ignore, Notes, Select
from linter.cli.options import (
    Agents,
    BaselineFile,
    CodexHome,
    Config,
    Debug,
    Evidence,
    Profile,
    Routers,
    Rules,
    StateDir,
    Workspaces,
)
from linter.cli.outputs import wants_colour
from linter.cli.whereabouts import whereabouts
from linter.engine.choice import ChoiceError
from linter.reports.interface import Report
from linter.usecases.watch import watch

_PAUSE = 0.5  # seconds


def command(
    *,
    state: StateDir = None,
    select: Select = None,
    ignore: Ignore = None,
    notes: Notes = False,
    baseline: BaselineFile = None,
    profile: Profile = None,
    codex_home: CodexHome = None,
    workspace: Workspaces = None,
    agent: Agents = None,
    router: Routers = None,
    evidence: Evidence = None,
    config: Config = None,
    rules: Rules = None,
    debug: Debug = False,
) -> None:
    """Lint, and again whenever a file of the state changes; a report that stays the same is shown once.

    Ctrl-C ends it with exit code 0.
    """

    def look() -> Report:
        location = whereabouts(state, profile, codex_home, workspace, agent, router)
        return lint(
            state,
            select=select or (),
            ignore=ignore or (),
            rules=rules or (),
            config=configuration_path(config, workspace, location),
            notes=notes,
            profile=profile,
            codex_home=codex_home,
            workspaces=workspace or (),
            agents=agent or (),
            routers=router or (),
            evidence=evidence or (),
            baseline=baseline,
        ).report

    with failures(debug=debug):
        try:
            watch(look, _Screen().show, _pause)
        except KeyboardInterrupt:
            raise typer.Exit(0) from None
        except ChoiceError as error:
            raise typer.BadParameter(str(error), param_hint=f"--{error.choice}") from None


class _Screen:
    """What has been shown last."""

    def __init__(self) -> None:
        self._last = ""

    def show(self, report: Report) -> None:
        """Print the time and the report, if it says something new."""
        options = report.options._replace(colour=wants_colour())
        text = written(replace(report, options=options), "text")
        if text != self._last:
            sys.stdout.write(f"{_clock()}\n{text}\n")
            sys.stdout.flush()
        self._last = text


def _clock() -> str:
    return datetime.now().astimezone().strftime("%H:%M:%S")


def _pause() -> None:
    time.sleep(_PAUSE)
