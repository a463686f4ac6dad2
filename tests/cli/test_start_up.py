"""What a command imports: starting must feel instant, so each pays only for what it does."""

import subprocess
import sys

import pytest

from fixtures import load

PROGRAM = """
import sys
from linter.cli.app import app
try:
    app(sys.argv[1:], prog_name="authlint")
except SystemExit:
    pass
print(*sys.modules, file=sys.stderr)
"""


@pytest.fixture
def imported(tmp_path, own_environment):
    """Return a function that runs a command and tells which modules were imported."""

    def run(*words):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, *map(str, words)],
            capture_output=True,
            text=True,
            check=True,
            cwd=tmp_path,
            env=own_environment,
        )
        assert "authlint:" not in done.stderr
        return set(done.stderr.split())

    return run


@pytest.mark.parametrize(
    "words",
    [
        ("rules",),
        ("explain", "token-expired"),
        ("test", "mine"),
        ("new", "rule", "further", "--layer", "order", "--in", "mine"),
        ("schema", "snapshot"),
    ],
    ids=lambda words: words[0],
)
def test_a_command_that_looks_at_no_state_imports_no_reader(imported, authlint, tmp_path, words):
    authlint("new", "rule", "own", "--layer", "order", "--in", tmp_path / "mine")
    found = imported(*words)
    readers = {"linter.usecases.snapshot", "linter.sources.reading", "linter.sources.database", "sqlite3"}
    assert not found & readers
    rooms = {name.split(".")[1] for name in found if name.startswith("linter.")}
    assert not rooms & {"routers", "evidence", "fixes"}


def test_sarif_is_imported_only_to_write_sarif(imported, tmp_path):
    state = load.materialise("2026.3.24-pin-missing", tmp_path)
    assert "sarif_om" not in imported("lint", state, "-f", "json")
    assert "sarif_om" in imported("lint", state, "-f", "sarif")


@pytest.mark.parametrize("form", ["text", "json", "sarif", "markdown"])
def test_a_lint_of_one_state_imports_nothing_for_fleets(imported, tmp_path, form):
    found = imported("lint", load.materialise("2026.3.24-pin-missing", tmp_path), "-f", form)
    foreign = {"dask", "distributed", "fsspec", "pyarrow", "linter.fleet", "linter.snapshot.machines"}
    assert not found & foreign
