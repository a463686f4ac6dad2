"""Writes a clean state of a chosen size, of the JSON era.

    python benchmarks/states.py DIRECTORY MAIN WORK HOME

MAIN, WORK and HOME are how many sessions each of its three agents has.
"""

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "fixtures"))

from recording.logins import MODEL, PROVIDER, write_logins
from recording.people import ALICE, BOB, CAROL, HOUR, NOW, Person

AGENTS: dict[str, tuple[Person, ...]] = {
    "main": (ALICE, BOB),
    "work": (CAROL,),
    "home": (Person("dave", "66666666-ffff-4fff-8fff-000000000006"),),
}


def make(home: Path, sessions: dict[str, int]) -> Path:
    """Write a state with that many sessions per agent; return the state directory."""
    logins = {
        agent: {f"{PROVIDER}:{person.email}": person for person in people} for agent, people in AGENTS.items()
    }
    state = write_logins(home, logins)
    for agent, profiles in logins.items():
        store = json.loads(state.store(agent).read())
        store["order"] = {PROVIDER: list(profiles)}
        state.store(agent).write(json.dumps(store, indent=2))
        file = state.sessions(agent)
        file.write(json.dumps(_sessions(agent, sessions[agent], next(iter(profiles))), indent=2))
    return state.dir


def _sessions(agent: str, count: int, profile: str) -> dict[str, dict[str, Any]]:
    return {
        f"agent:{agent}:telegram:direct:{number}": _session(number, agent, profile) for number in range(count)
    }


def _session(number: int, agent: str, profile: str) -> dict[str, Any]:
    session = f"00000000-0000-4000-8000-{number:012}"
    entry = {
        "sessionId": session,
        "updatedAt": NOW - HOUR - number,
        "sessionFile": f"/home/alice/.openclaw/agents/{agent}/sessions/{session}.jsonl",
        "chatType": "direct",
        "deliveryContext": {"channel": "telegram", "to": f"telegram:{number}"},
        "modelProvider": PROVIDER,
        "model": MODEL,
        "compactionCount": 0,
        "inputTokens": 11,
        "outputTokens": 5,
        "contextTokens": 200_000,
    }
    # Main's accounts only: an agent's own account may not be pinned before 2026.8.
    pinned = agent == "main" and number % 2 == 0
    pin = {
        "authProfileOverride": profile,
        "authProfileOverrideSource": "auto",
        "authProfileOverrideCompactionCount": 0,
    }
    return {**entry, **(pin if pinned else {})}


if __name__ == "__main__":
    make(Path(sys.argv[1]), dict(zip(AGENTS, map(int, sys.argv[2:]), strict=True)))
