"""What several test folders share: linting a recorded state, and running the command in-process."""

import gc
import os
import shutil
import time
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import settings
from typer.testing import CliRunner

from fixtures import load
from linter.cli.app import app
from linter.configuration import ruleset
from linter.configuration.rule_pack import load_rules
from linter.engine.pack import Pack
from linter.engine.settings import Settings
from linter.openclaw.location import StateLocation, locate
from linter.reports.interface import Options, Report
from linter.reports.make import make_report
from linter.usecases.lint import lint_snapshot
from linter.usecases.snapshot import take_snapshot

# How long an example takes tells nothing where several tests share a processor.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


class Linted(NamedTuple):
    """A recorded state, its directory, and the report on it."""

    fixture: load.Fixture
    location: StateLocation
    report: Report


@pytest.fixture(scope="session")
def cache_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all tests of a process, with the rules compiled: whichever is first does that for all."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    try:
        (shared / "claimed").mkdir()  # stays, so that a process which comes late does not compile again
    except FileExistsError:
        while not (shared / "compiled").exists():
            time.sleep(0.05)
    else:
        try:
            load_rules([], shared / "compiling")
        finally:  # with a broken rule, the others are to say so, too
            (shared / "compiling").rename(shared / "compiled")
    home = tmp_path_factory.mktemp("cache")
    shutil.copytree(shared / "compiled", home / "authlint")
    return home


@pytest.fixture(scope="session")
def pack(cache_home: Path) -> Pack:
    return load_rules([], cache_home / "authlint")


@pytest.fixture
def own_environment(tmp_path: Path, cache_home: Path) -> dict[str, str]:
    """What a process is given that must not see the user's own home, cache and settings."""
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path / "nobody"), "XDG_CACHE_HOME": str(cache_home)}


@pytest.fixture
def lint_state(pack: Pack, tmp_path: Path) -> Any:
    """Return a function that materialises a recorded state by name and lints it at its own time."""

    def run(name: str) -> Linted:
        fixture = load.describe(name)
        state = load.materialise(name, tmp_path / name)
        workspace = tmp_path / name / "workspace"
        location = locate(
            state,
            environ={},
            home=tmp_path / name,
            workspaces=[workspace] if workspace.is_dir() else [],
        )
        snapshot = take_snapshot(location, fixture.now)
        evaluation = lint_snapshot(snapshot, pack, Settings())
        options = Options(notes=True, cwd=tmp_path / name, home=tmp_path / name)
        ran = [rule.id for rule in pack.rules]
        return Linted(fixture, location, make_report(snapshot, pack, evaluation, location, options, ran=ran))

    return run


@pytest.fixture
def authlint(tmp_path: Path, cache_home: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that runs the command with arguments, away from the user's own home and cache.

    The built-in rules alone are not loaded again for each run.
    """
    monkeypatch.setattr(
        ruleset, "load_rules", lambda extra, cache: load_rules(extra, cache) if extra else pack
    )
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_home))
    for name in ("OPENCLAW_STATE_DIR", "OPENCLAW_CONFIG_PATH", "CODEX_HOME"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: object) -> Any:
        try:
            return CliRunner().invoke(app, [str(argument) for argument in arguments])
        finally:
            gc.enable()  # a command that ends its process need not collect anything; the tests go on

    return run
