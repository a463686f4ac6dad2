"""Recorded states as snapshots, to be compared."""

from pathlib import Path
from typing import Any

import pytest

from fixtures import load
from linter.openclaw.location import locate
from linter.usecases.snapshot import take_snapshot
from linter.views.diff.compared import layer_diffs


def take(name: str, home: Path) -> Any:
    state = load.materialise(name, home)
    workspaces = [home / "workspace"] if (home / "workspace").is_dir() else []
    return take_snapshot(locate(state, environ={}, home=home, workspaces=workspaces), load.describe(name).now)


@pytest.fixture
def told(tmp_path: Path) -> Any:
    """Return a function that compares two recorded states: the changes, by layers that have any."""

    def compare(before: str, after: str) -> Any:
        one, two = take(before, tmp_path / "before"), take(after, tmp_path / "after")
        return {
            it.layer: [tuple(change) for change in it.changes] for it in layer_diffs(one, two) if it.changes
        }

    return compare
