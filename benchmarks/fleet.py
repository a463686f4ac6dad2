"""Measures `authlint fleet` with one and two workers on fleets of growing size, beside one `authlint lint`.

    python benchmarks/fleet.py [--check] [MACHINES...]     # 1000 4000 16000 by default; takes some minutes

Time and memory of a worker must not grow with the fleet, and two workers must be 1.5 times as fast as one. On
a busy machine the seconds say little: the speed-up is told of processor time, too, as if nobody else used it,
by the process that starts the work and the worker that has most to do.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from measure import REPOSITORY, authlint, run

sys.path.insert(0, str(REPOSITORY))

from fixtures.fleet import template, write_fleet

SIZES = (1000, 4000, 16_000)
SPEED_UP, GROWTH = 1.5, 1.2
_EVERY = 0.1


class Measured(NamedTuple):
    """One run: seconds, seconds of processors in all and one after the other, and peak bytes.

    `first` is the process that was started, `worker` the largest of the others, `together` all at once.
    """

    seconds: float
    processor: float
    critical: float
    first: int
    worker: int
    together: int


def family(process: int) -> list[int]:
    """Return a process with all that it has started, itself or through another."""
    found = [process]
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found += [one for child in children.read_text().split() for one in family(int(child))]
        except OSError:  # it has ended meanwhile
            continue
    return found


def resident(process: int) -> int:
    """Return the bytes that a process has in memory; what it shares counts once among all."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return next(int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:"))


def processor(process: int) -> float:
    """Return the seconds of processors that a process has used so far."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured(*arguments: str) -> Measured:
    """Run authlint, and look at its processes all the while."""
    peaks: dict[int, int] = {}
    used: dict[int, float] = {}
    together, before, started = 0, os.times(), time.perf_counter()
    with subprocess.Popen(authlint(*arguments), stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            sizes = {one: resident(one) for one in family(process.pid)}
            for one, size in sizes.items():
                peaks[one] = max(peaks.get(one, 0), size)
                used[one] = max(used.get(one, 0.0), processor(one))
            together = max(together, sum(sizes.values()))
            time.sleep(_EVERY)
    seconds, after = time.perf_counter() - started, os.times()
    total = after.children_user + after.children_system - before.children_user - before.children_system
    first, workers = process.pid, [one for one in peaks if one != process.pid]
    critical = used[first] + max((used[one] for one in workers), default=0)
    worker = max((peaks[one] for one in workers), default=0)
    return Measured(seconds, total, critical, peaks[first], worker, together)


def line(what: str, machines: int, one: Measured) -> str:
    """Return a row of the table."""
    each = f"{one.seconds / machines * 1000:.1f} | {one.processor / machines * 1000:.1f}"
    sizes = " | ".join(f"{size / 1e6:.0f}" for size in (one.first, one.worker, one.together))
    return f"| {what} | {machines} | {one.seconds:.1f} | {each} | {sizes} |"


def main(sizes: list[int]) -> int:
    """Print the table and what it comes to; return the exit status for `--check`."""
    print("| | machines | s | ms each | processor ms each | MB first process | MB worker | MB together |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    text, runs = template(), {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = str(Path(folder) / "cache")
        run(authlint("rules"))  # compiles them
        for machines in sizes:
            hosts = Path(folder) / str(machines)
            paths = write_fleet(hosts, machines, 20, text)
            for workers in (1, 2):
                found = measured("fleet", str(hosts), "--workers", str(workers), "-f", "json")
                runs[machines, workers] = found
                print(line(f"{workers} workers", machines, found), flush=True)
            if machines == sizes[0]:
                print(
                    line("one `lint`", machines, measured("lint", *map(str, paths), "-f", "json")), flush=True
                )
    first, last = sizes[0], sizes[-1]
    speed_up = runs[last, 1].seconds / runs[last, 2].seconds
    undisturbed = runs[last, 1].processor / runs[last, 2].critical
    time_grows = runs[last, 2].processor / last / (runs[first, 2].processor / first)
    memory_grows = runs[last, 2].worker / runs[first, 2].worker
    print(f"\nTwo workers are {speed_up:.2f} times as fast as one (goal: at least {SPEED_UP}),")
    print(f"and {undisturbed:.2f} times by processor time; the load here is {os.getloadavg()[0]:.1f}.")
    print(f"A machine of {last} takes {time_grows:.2f} times the processor time of one of {first},")
    print(f"and a worker {memory_grows:.2f} times the memory (goal: at most {GROWTH}).")
    return int(speed_up < SPEED_UP or time_grows > GROWTH or memory_grows > GROWTH)


if __name__ == "__main__":
    chosen = [int(word) for word in sys.argv[1:] if word != "--check"]
    status = main(chosen or list(SIZES))
    sys.exit(status if "--check" in sys.argv[1:] else 0)
