"""Whatever a user or a state names is opened by one reader: nothing blocks, nothing is read without end."""

import ast
import os
import signal
from pathlib import Path

import pytest

import linter
from fixtures import load
from linter import files

NOW = "1795305600000"
WAYS = {
    "a state": "lint {file}",
    "a state to compare with": "diff {file} {state}",
    "a state to be compared": "diff {state} {file}",
    "the state of a view": "layers {file}",
    "an earlier snapshot": "lint {state} --since {file}",
    "a configuration": "lint {state} --config {file}",
    "a found configuration": "lint {state} --workspace {folder}",
    "a baseline": "lint {state} --baseline {file}",
    "a folder of rules": "lint {state} --rules {folder}",
    "rules to be tested": "test {folder}",
    "a rule to be tested": "test {file}",
    "evidence": "lint {state} --evidence {file}",
    "a log as evidence": "lint {state} --evidence {log}",
    "the file of a router": "lint {state} --router {file}",
    "a key": "snapshot {state} --pseudonymise --key {file}",
    "a file with tokens": "tokens {file}",
    "the configuration of OpenClaw": "lint {state} @openclaw.json",
    "a store": "lint {state} @agents/main/agent/auth-profiles.json",
    "sessions": "lint {state} @agents/main/sessions/sessions.json",
    "a database": "lint {state} @agents/main/agent/openclaw-agent.sqlite",
    "the shared database": "lint {state} @state/openclaw.sqlite",
    "a log of a database": "lint {state} @state/openclaw.sqlite-wal",
    "the login of the Codex CLI": "lint {state} --codex-home {codex}",
    "a preference": "lint {state} @codex_profile_id",
    "what was found last": "explain 0123456789abcdef",
}
OWN = {
    ("cli/app.py", "open"): "the null device in place of a closed output",
    ("cli/outputs.py", "open"): "a report is written",
    ("cli/schema_command.py", "read_text"): "a schema of the package",
    ("configuration/checked_text.py", "read_text"): "the schema of configurations",
    ("configuration/rule_pack.py", "read_bytes"): "the compiled rules of the package",
    ("configuration/scaffold.py", "open"): "a new file is written",
    ("configuration/scaffold.py", "read_text"): "a template of the package",
    ("engine/cache.py", "open"): "a new file is written",
    ("engine/schema_check.py", "read_text"): "a schema of the package",
    ("fixes/disk.py", "open"): "a new file, or a folder",
    ("fleet/names.py", "open"): "a URL, of which no more is read than of a file",
    ("openclaw/file_lock.py", "open"): "a new file is written",
    ("openclaw/include.py", "open"): "a method that reads with the reader",
    ("openclaw/provider_keys.py", "read_bytes"): "a table of the package",
    ("openclaw/process.py", "read_text"): "what the kernel says of a process",
    ("routers/declared.py", "read_text"): "a mapping of the package",
    ("snapshot/pseudonyms.py", "open"): "a new file is written",
    ("snapshot/tables.py", "read_bytes"): "the description of the tables",
    ("views/page/write.py", "read_text"): "the style of the page",
    ("views/value.py", "read_text"): "the schema of reports",
    ("sources/database_image.py", "open"): "the empty file for a copy",
    ("sources/database_image.py", "scandir"): "the folder for temporary files",
    ("files.py", "open"): "the reader itself",
    ("fixes/place.py", "open"): "folders, step by step",
    ("routers/find.py", "read_bytes"): "a table of the package",
}
"""Calls that open no file of anybody else, and why they are there."""


def pipe(path):
    os.mkfifo(path)


def device(path):
    path.symlink_to("/dev/zero")


def folder(path):
    path.mkdir()


def large(path):
    with path.open("wb") as file:
        file.truncate(files.LARGEST + 1)


@pytest.fixture
def in_time():
    """Let nothing take longer than a busy machine needs."""

    def stop(*_):
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(60)
    yield
    signal.alarm(0)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes and devices")
@pytest.mark.usefixtures("in_time")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("make", [pipe, device, folder, large])
def test_what_is_no_file_is_told(way, make, authlint, tmp_path, cache_home):
    words, _, inside = WAYS[way].partition(" @")
    state = load.materialise("2026.9.6-clean", tmp_path / "home")
    places = {
        "file": tmp_path / "file.json",
        "log": tmp_path / "run.log",
        "folder": tmp_path / "folder" / ("authlint.yaml" if "workspace" in words else "params.yaml"),
        "codex": tmp_path / "codex" / "auth.json",
    }
    named = next((name for name in places if f"{{{name}}}" in words), None)
    target = state / inside if inside else places.get(named, cache_home / "authlint" / "last-run.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    make(target)
    try:
        folders = {"folder": target.parent, "codex": target.parent, "state": state}
        result = authlint(*[word.format(**{**places, **folders}) for word in words.split()])
        told = result.stdout + result.stderr
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert "internal error" not in told
        assert result.exit_code in (0, 1, 2, 3)
        if result.exit_code > 1:
            assert len(told.splitlines()) < 20
    finally:
        target.rmdir() if make is folder else target.unlink()


def calls_that_open():
    root = Path(linter.__file__).parent
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                reads = name in ("read_text", "read_bytes") and isinstance(node.func, ast.Attribute)
                if reads or name in ("open", "scandir"):
                    yield path.relative_to(root).as_posix(), name


def test_no_file_is_opened_past_the_reader():
    assert {call for call in calls_that_open() if call not in OWN} == set()
