"""`authlint demo`: three recorded states, found broken and left clean, away from everything of the user's."""

import tomllib
from pathlib import Path

from linter.cli.demo_command import STATES

ROOT = Path(__file__).parents[2]


def test_each_state_is_found_broken_cured_and_clean(authlint, tmp_path, monkeypatch):
    folders, home = tmp_path / "temporary", tmp_path / "home"
    folders.mkdir()
    (home / ".openclaw").mkdir(parents=True)
    (home / ".openclaw" / "openclaw.json").write_text("{broken")
    monkeypatch.setattr("tempfile.tempdir", str(folders))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("OPENCLAW_STATE_DIR", str(home / ".openclaw"))
    shown = authlint("demo")
    assert shown.exit_code == 0
    parts = shown.stdout.split("--- ")[1:]
    shows = [part for part in parts if " of 3: " in part]
    assert len(shows) == len(STATES) == shown.stdout.count("No problems found in .openclaw")
    assert shown.stdout.count("1  ") >= len(STATES)  # the first cause of each
    assert "+++ .openclaw/" in shown.stdout
    assert list(folders.iterdir()) == []
    assert [path.name for path in (home / ".openclaw").iterdir()] == ["openclaw.json"]


def test_the_package_holds_the_states_that_are_shown():
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]
    for name in STATES:
        folder = f"fixtures/states/{name}/state"
        assert build["wheel"]["force-include"][folder] == f"linter/demo/{name}"
        assert f"/{folder}" in build["sdist"]["include"]
        assert (ROOT / folder).is_dir()
