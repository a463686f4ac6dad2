"""What names a finding does not change while the state says the same, and two findings never share it."""

import pytest

from fixtures import goldens, load
from fixtures.rewrite import rewrite
from linter.engine.settings import Settings
from linter.openclaw.location import locate
from linter.usecases.lint import lint_snapshot
from linter.usecases.snapshot import take_snapshot

BY_INSERTION = {  # no list decides: OpenClaw tries profiles in the order in which they are stored
    "2026.3.24-config-order-all-missing",
    "2026.3.24-order-all-missing",
}
OF_THE_TOKEN = "router-selection-hash"  # a login behind the router's back is what it tells

NAMES = goldens.names()


@pytest.fixture
def found(pack):
    """Return a function that lints the state in a home."""

    def run(name, home):
        workspaces = [home / "workspace"] if (home / "workspace").is_dir() else []
        location = locate(home / ".openclaw", environ={}, home=home, workspaces=workspaces)
        return lint_snapshot(take_snapshot(location, load.describe(name).now), pack, Settings()).findings

    return run


def named(findings):
    return sorted(
        (it.rule, it.severity, it.subject, it.fingerprint) for it in findings if it.rule != OF_THE_TOKEN
    )


@pytest.mark.parametrize("name", NAMES)
def test_fingerprints_survive_moving_reordering_and_logging_in_again(name, found, tmp_path):
    load.materialise(name, tmp_path / "before")
    load.materialise(name, tmp_path / "elsewhere" / "after")
    before = found(name, tmp_path / "before")
    rewrite(tmp_path / "elsewhere" / "after", frozenset({"profiles"} if name in BY_INSERTION else ()))
    assert named(found(name, tmp_path / "elsewhere" / "after")) == named(before)
    assert len({it.fingerprint for it in before}) == len(before)
