"""The work dealt out by Dask: on the processors of this machine, or on the workers of a cluster."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures.process import BrokenProcessPool
from typing import Any, NamedTuple

import dask
from dask.callbacks import Callback

from linter.fleet.judge import Part, Plan, bucket_of, gathered, judge
from linter.fleet.names import FleetError
from linter.fleet.summary import Tally
from linter.snapshot.tables import Row

LARGEST_PART = 250
"""Snapshots of a partition at most: what is lost with a worker, and what it keeps at a time."""
_MOST_PARTS = 500
"""Partitions at most, however large they become: with them the number of tasks grows by the square."""
_PARTS_A_WORKER = 8
"""Partitions for each worker at least, so that none waits long for the last one."""
_PARTS_A_BUCKET = 8
"""Partitions whose facts one task compares, as it were: with more of them there are more buckets."""
_ATTEMPTS = 4

Told = Callable[[int, int], None]
"""Told how many partitions of how many are done."""


class Crew(NamedTuple):
    """Who does the work: so many processes of this machine, or the cluster whose scheduler has an address."""

    workers: int
    scheduler: str | None = None


class Outcome(NamedTuple):
    """What came out: the counts of each partition, and the rows of what machines share, with their tables."""

    tallies: list[Tally]
    rows: list[tuple[str, Row]]


def partitions(names: Sequence[str], crew: Crew) -> list[Sequence[str]]:
    """Return the names in parts, as many as keep all workers busy to the end."""
    size = -(-len(names) // (crew.workers * _PARTS_A_WORKER))
    size = max(1, min(size, LARGEST_PART), len(names) // _MOST_PARTS)
    return [names[start : start + size] for start in range(0, len(names), size)]


def computed(plan: Plan, parts: Sequence[Sequence[str]], crew: Crew, told: Told) -> Outcome:
    """Do all the work. What dies with a worker is done again. Raises FleetError where that does not help."""
    plan = plan._replace(buckets=-(-len(parts) // _PARTS_A_BUCKET))
    run = _on_cluster if crew.scheduler else _here
    found = run(plan, parts, crew, told)
    rows = [row for some in found[len(parts) :] for row in some]
    return Outcome(found[: len(parts)], rows)


def _graph(plan: Plan, parts: Sequence[Sequence[str]], done: dict[int, Part]) -> list[Any]:
    """Return what is asked for: the tally of each partition, then the shared rows of each bucket."""
    judged = [
        done.get(number)
        or dask.delayed(judge, pure=False)(plan, number, names, dask_key_name=f"judge-{number}")
        for number, names in enumerate(parts)
    ]
    pieces = dask.delayed(bucket_of)
    buckets = [
        dask.delayed(gathered)([pieces(part, bucket) for part in judged]) for bucket in range(plan.buckets)
    ]
    return [*(dask.delayed(_tally)(part) for part in judged), *buckets]


def _tally(part: Part) -> Tally:
    return part.tally


def _here(plan: Plan, parts: Sequence[Sequence[str]], crew: Crew, told: Told) -> list[Any]:
    """Run on this machine; what is done when a process dies is not done again."""
    done: dict[int, Part] = {}

    def finished(key: Any, value: Any, *_: Any) -> None:
        if isinstance(value, Part):
            done[int(key.partition("-")[2])] = value
            told(len(done), len(parts))

    scheduler = "processes" if min(crew.workers, len(parts)) > 1 else "sync"
    for _ in range(_ATTEMPTS):
        try:
            with Callback(posttask=finished):
                return list(
                    dask.compute(*_graph(plan, parts, done), scheduler=scheduler, num_workers=crew.workers)
                )
        except BrokenProcessPool:
            continue
    left = next(names for number, names in enumerate(parts) if number not in done)
    raise FleetError(
        f"a process died {_ATTEMPTS} times, lastly at {left[0]} or one of the {len(left) - 1} after it;"
        " is there too little memory? --workers 1 takes the least"
    )


def _on_cluster(plan: Plan, parts: Sequence[Sequence[str]], crew: Crew, told: Told) -> list[Any]:
    """Run on the workers of a scheduler, which has what dies with one done by another."""
    from distributed import Client, as_completed  # noqa: PLC0415 - most runs use this machine only
    from distributed.scheduler import KilledWorker  # noqa: PLC0415 - as above

    try:
        client = Client(crew.scheduler, timeout="10s")
    except (OSError, ValueError) as error:
        raise FleetError(f"no scheduler answers at {crew.scheduler}: {type(error).__name__}") from error
    with client:
        futures = client.compute(_graph(plan, parts, {}))
        for number, _ in enumerate(as_completed(futures[: len(parts)]), 1):
            told(number, len(parts))
        try:
            return list(client.gather(futures))
        except KilledWorker as error:
            raise FleetError(
                f"workers died again and again at {error.task}; have they enough memory?"
            ) from None


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
