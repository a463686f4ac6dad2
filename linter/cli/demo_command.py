"""`authlint demo`: recorded broken states, found out, cured and clean, in folders that vanish."""

import os
from functools import partial
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import typer

from linter.cli.failures import failures
from linter.cli.options import Debug
from linter.cli.outputs import terminal_width, wants_colour
from linter.reports.interface import written
from linter.reports.wrapping import BOLD, Painter
from linter.usecases.fix import look_at, mend
from linter.usecases.lint import lint_states
from linter.usecases.own_folders import cache_dir
from linter.usecases.target import Caller, Target
from linter.views.fixes import fix
from linter.views.fixes_text import fix_text

STATES = {
    "2026.3.24-pin-missing": "Two chats are pinned to logins that are gone",
    "2026.3.24-order-all-missing": "The order names only logins that are gone",
    "2026.3.24-copied-to-agent": "A login was copied to a second agent",
}
"""States that the package holds, smallest first."""

_RECORDED = 1_795_305_600_000
"""When they were recorded, ms since the epoch."""


def command(*, debug: Debug = False) -> None:
    """Show how three recorded broken states are found out and cured. Your own state is not looked at."""
    paint = Painter(colour=wants_colour())
    with failures(debug=debug):
        for number, (name, story) in enumerate(STATES.items(), 1):
            typer.echo(paint(f"--- {number} of {len(STATES)}: {story}", BOLD) + "\n\n$ authlint lint\n")
            with TemporaryDirectory(prefix="authlint-demo-") as folder:
                _show(_laid_out(name, Path(folder).resolve()))
    typer.echo("The folders are gone. `authlint lint` looks at your own state, and changes nothing.")


def _show(target: Target) -> None:
    location = target.location()
    ruleset, options = target.ruleset(location), target.options()
    look = partial(look_at, target, location, ruleset)
    typer.echo(_report(target) + "\n\n$ authlint fix --apply --unsafe\n")
    steps = mend(look, location.state_dir, _RECORDED, unsafe=True, sqlite=False, veto=lambda *_: "")
    for one in (made for step in steps for made in step.batch.made):
        typer.echo(f"{fix_text(fix(one.finding, one.plan, options), options)}\n")
    typer.echo(f"$ authlint lint\n\n{_report(target)}\n")


def _report(target: Target) -> str:
    return written(next(lint_states(target)).report(target.options(), None), "text").rstrip()


def _laid_out(name: str, home: Path) -> Target:
    """Copy a recorded state below an empty home, with the modes that OpenClaw gives its files."""
    package, state = Path(__file__).parents[1], home / ".openclaw"
    installed = package / "demo" / name
    checkout = package.parent / "fixtures" / "states" / name / "state"
    copytree(installed if installed.is_dir() else checkout, state)
    for path in (state, *state.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
        os.utime(path, (_RECORDED / 1000, _RECORDED / 1000))
    caller = Caller({}, home, home, cache_dir(), terminal_width(), wants_colour())
    return Target(caller, _RECORDED, states=(state,))
