"""The work in processes of their own: dealt out, and done again where one dies."""

import os
import signal
from pathlib import Path

import pytest

from linter.configuration.find import TRUSTED
from linter.fleet.compute import LARGEST_PART, Crew, computed, partitions
from linter.fleet.judge import Plan, judge
from linter.fleet.names import FleetError

PLAN = Plan(None, TRUSTED, (), (), (), None, buckets=1)


def children():
    """Return the processes that this one has started."""
    tasks = Path("/proc/self/task").iterdir()
    return [int(one) for task in tasks for one in (task / "children").read_text().split()]


def told(outcome):
    return [*outcome.tallies], sorted(outcome.rows, key=str)


def test_parts_keep_all_workers_busy_and_are_never_too_large():
    names = [str(number) for number in range(10_000)]
    assert [len(part) for part in partitions(names, Crew(2))] == [LARGEST_PART] * 40
    parts = partitions(names[:100], Crew(2))
    assert [name for part in parts for name in part] == names[:100]
    assert 2 * 7 <= len(parts) <= 2 * 8
    assert partitions(names[:1], Crew(64)) == [["0"]]
    assert len(partitions(range(1_000_000), Crew(64))) == 500


def test_a_process_that_dies_changes_nothing(write, cache_home, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_home))
    paths = [*map(str, write(24, shared=3))]
    parts = [paths[start : start + 2] for start in range(0, 24, 2)]
    wanted = told(computed(PLAN, parts, Crew(1), lambda *_: None))
    killed, seen = [], []

    def kill(done, of):
        seen.append((done, of))
        if not killed:
            killed.append(children()[-1])
            os.kill(killed[0], signal.SIGKILL)

    assert told(computed(PLAN, parts, Crew(2), kill)) == wanted
    assert killed
    assert seen == [(number, 12) for number in range(1, 13)]  # what was done is not done again


def test_a_worker_with_another_version_is_refused():
    with pytest.raises(FleetError, match=r"a worker has authlint .*, not 0.0.1; install the same on all"):
        judge(PLAN._replace(version="0.0.1"), 0, [])
