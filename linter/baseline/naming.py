"""The names of states in a baseline."""

import os
from pathlib import Path

from linter.baseline.file import Baseline
from linter.openclaw.location import StateLocation
from linter.sources.paths import path_from_home

BETWEEN_MACHINES = "*"
"""The name for what shows only between several machines."""


def name_of(location: StateLocation | None, baseline: Path, home: Path) -> str:
    """Return the path of a state, from the folder of a baseline if it lies below, else with the home as `~`.

    Without a location it is the name for findings between machines.
    """
    if location is None:
        return BETWEEN_MACHINES
    state, folder = _plain(location.snapshot or location.state_dir), _plain(baseline).parent
    return (
        state.relative_to(folder).as_posix() if state.is_relative_to(folder) else path_from_home(state, home)
    )


def name_in(baseline: Baseline, location: StateLocation | None, home: Path, *, alone: bool) -> str:
    """Return the name under which a baseline knows a state, if it does.

    Fingerprints hold nothing of where a state lies, so that it can be moved: hence a state that is linted
    `alone` is the one of a baseline that knows only one. Among several each has what stands under its name.
    """
    if alone and len(baseline.states) == 1:
        return next(iter(baseline.states))
    return name_of(location, baseline.path, home)


def _plain(path: Path) -> Path:
    """Return an absolute path without `..`; a link keeps its own name."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - Path.resolve would follow links
