"""Runs commands side by side: time and peak memory of each, and the least of several runs."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).parent.parent
OPENCLAW = REPOSITORY / "fixtures/openclaw/run.sh"


class Run(NamedTuple):
    """One finished process: seconds, those of the processor, peak resident bytes, exit status, output."""

    seconds: float
    processor: float
    peak: int
    status: int
    output: str


def authlint(*arguments: str) -> list[str]:
    """Return the command line of the authlint that belongs to this interpreter."""
    installed = shutil.which("authlint", path=str(Path(sys.executable).parent))
    start = [installed] if installed else [sys.executable, "-c", "from linter.__main__ import main; main()"]
    return [*start, *arguments]


def openclaw(version: str, home: Path, *arguments: str) -> list[str]:
    """Return the command line that runs OpenClaw on a home, without a network."""
    return [str(OPENCLAW), version, str(home), *arguments]


def openclaw_is_installed(version: str) -> bool:
    """Tell whether fixtures/openclaw/install.sh has been run for a version."""
    lab = Path(os.environ.get("OPENCLAW_LAB", Path.home() / ".cache/authlint-openclaw"))
    return (lab / f"openclaw-{version}/node_modules/openclaw/openclaw.mjs").exists()


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Run:
    """Run one command to its end; its error output is dropped."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=REPOSITORY,
        env={**os.environ, **(environment or {})},
    )
    assert process.stdout
    output = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    processor = usage.ru_utime + usage.ru_stime
    return Run(seconds, processor, usage.ru_maxrss * 1024, process.returncode, output)


class Least(NamedTuple):
    """Of several runs of one command: processor seconds, and bytes. Others on the machine add to both."""

    seconds: float
    peak: int


def side_by_side(
    commands: Mapping[str, Sequence[str]], times: int, environment: Mapping[str, str] | None = None
) -> dict[str, Least]:
    """Run the commands in turn, again and again, so that a busy machine slows all of them."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for name, command in commands.items():  # fill the caches
        if run(command, environment).status not in {0, 1}:
            raise RuntimeError(f"{name} fails: {command}")
    for _ in range(times):
        for name, command in commands.items():
            runs[name].append(run(command, environment))
    return {
        name: Least(min(one.processor for one in done), min(one.peak for one in done))
        for name, done in runs.items()
    }
