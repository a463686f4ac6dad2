"""`authlint watch`: lint again whenever the state changes."""

import gc
import sys
import time
from datetime import datetime

from linter.cli.options import BaselineFile, Notes, StateDir
from linter.cli.target import WATCHING, looks_at
from linter.reports.interface import Report, written
from linter.usecases.lint import lint_states
from linter.usecases.target import Target
from linter.usecases.watch import watch

_PAUSE = 0.5  # seconds


@looks_at(StateDir, WATCHING)
def command(*, target: Target, notes: Notes = False, baseline: BaselineFile = None) -> None:
    """Lint, and again whenever a file of the state changes; a report that stays the same is shown once.

    Ctrl-C ends it.
    """
    gc.enable()  # it does not end
    options = target.options(notes=notes)

    def look() -> Report:
        found = next(lint_states(target._replace(now_ms=_now())))
        return found.report(options, baseline or found.ruleset.baseline)

    watch(look, _Screen().show, _pause)


class _Screen:
    """What has been shown last."""

    def __init__(self) -> None:
        self._last = ""

    def show(self, report: Report) -> None:
        """Print the time and the report, if it says something new."""
        text = written(report, "text")
        if text != self._last:
            sys.stdout.write(f"{_clock()}\n{text}\n")
            sys.stdout.flush()
        self._last = text


def _now() -> int:
    return int(time.time() * 1000)


def _clock() -> str:
    return datetime.now().astimezone().strftime("%H:%M:%S")


def _pause() -> None:
    time.sleep(_PAUSE)
