"""Lints states that grow in one dimension, and prints with which power of the size the time grows.

python benchmarks/growth.py [DIMENSION...]     # exit status 1 when a power is above 1.15
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable
from math import log
from pathlib import Path
from typing import Any

from measure import REPOSITORY, authlint
from states import make

sys.path.insert(0, str(REPOSITORY))

from fixtures.recording.logins import PROVIDER

NOW = "1795305600000"
MOST = 1.15
SIZES, AGENTS, STATES = (1_000, 4_000, 16_000), (60, 250, 1_000), (10, 40, 160)
GHOST = {"authProfileOverride": f"{PROVIDER}:ghost@example.com", "authProfileOverrideSource": "user"}
SMALL = {"main": 4, "work": 2, "home": 2}


def change(path: Path, how: Callable[[Any], object]) -> None:
    """Change the value of a JSON file in place."""
    value = json.loads(path.read_text())
    how(value)
    path.write_text(json.dumps(value, indent=2))


def sessions(home: Path, count: int) -> list[Path]:
    """Chats of which half are pinned, and nothing is wrong."""
    return [make(home, {**SMALL, "main": count})]


def findings(home: Path, count: int) -> list[Path]:
    """Chats that are all pinned to a login that is gone."""
    state = make(home, {**SMALL, "main": count})
    change(
        state / "agents/main/sessions/sessions.json",
        lambda entries: [entry.update(GHOST) for entry in entries.values()],
    )
    return [state]


def store(state: Path, agent: str = "main") -> Path:
    """Return the store of an agent."""
    return state / f"agents/{agent}/agent/auth-profiles.json"


def profiles(home: Path, count: int) -> list[Path]:
    """Logins of one agent, each with a key of its own."""
    state = make(home, SMALL)
    keys = {
        f"{PROVIDER}:key-{n}": {"type": "api_key", "provider": PROVIDER, "key": f"sk-FAKE-{n:08}"}
        for n in range(count)
    }
    change(store(state), lambda value: value["profiles"].update(keys))
    return [state]


def orders(home: Path, count: int) -> list[Path]:
    """Entries of an order that name no login."""
    state = make(home, SMALL)
    gone = [f"{PROVIDER}:gone-{number}" for number in range(count)]
    change(store(state), lambda value: value["order"][PROVIDER].extend(gone))
    return [state]


def agents(home: Path, count: int) -> list[Path]:
    """Agents, each with a login, an order and a chat."""
    state = make(home, SMALL)
    for number in range(count):
        folder = state / f"agents/agent-{number}"
        for part in ("agent/auth-profiles.json", "sessions/sessions.json"):
            text = (state / "agents/work" / part).read_text().replace("agent:work:", f"agent:agent-{number}:")
            (folder / part).parent.mkdir(parents=True)
            (folder / part).write_text(text)
    names = [{"id": f"agent-{number}"} for number in range(count)]
    change(state / "openclaw.json", lambda value: value.setdefault("agents", {}).update(list=names))
    return [state]


def states(home: Path, count: int) -> list[Path]:
    """States linted together."""
    return [make(home / str(number), SMALL) for number in range(count)]


DIMENSIONS: dict[Callable[[Path, int], list[Path]], tuple[int, ...]] = {
    sessions: SIZES,
    findings: SIZES,
    profiles: SIZES,
    orders: SIZES,
    agents: AGENTS,
    states: STATES,
}


def seconds(found: list[Path]) -> float:
    """Return the least processor time of three lints."""
    command = authlint("lint", *map(str, found), "--now", NOW, "-f", f"json={os.devnull}")
    times = []
    for _ in range(3):
        child = os.posix_spawn(
            command[0],
            command,
            os.environ,
            file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
        )
        usage = os.wait4(child, 0)[2]
        times.append(usage.ru_utime + usage.ru_stime)
    return min(times)


def main(names: list[str]) -> int:
    """Print a line per dimension; return the exit status."""
    worst = 0.0
    print("| dimension | sizes | seconds | power |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        start = seconds(sessions(Path(folder, "start"), 4))
        for make_state, sizes in DIMENSIONS.items():
            if names and make_state.__name__ not in names:
                continue
            took = [seconds(make_state(Path(folder, make_state.__name__, str(size)), size)) for size in sizes]
            power = log((took[-1] - start) / (took[-2] - start)) / log(sizes[-1] / sizes[-2])
            worst = max(worst, power)
            shown = " ".join(f"{one:.2f}" for one in took)
            print(
                f"| {make_state.__name__} | {' '.join(map(str, sizes))} | {shown} | {power:.2f} |", flush=True
            )
    return int(worst > MOST)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
