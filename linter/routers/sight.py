"""Which agents see a profile, before the visible profiles are derived."""

from collections import defaultdict
from collections.abc import Sequence

from linter.snapshot.snapshot import Snapshot


class Sight:
    """Who sees which profile id: its own agent, and everybody who inherits the store that has it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._inherited = "shared" if snapshot.meta["era"] == "S" else "agent:main"
        self._scopes: dict[str, set[str]] = defaultdict(set)
        for row in snapshot.tables["profiles"]:
            if row["dropped_reason"] is None:
                self._scopes[row["id"]].add(row["scope"])

    def of(self, profile_id: str, agents: Sequence[str]) -> list[str]:
        """Return those of `agents` that see the profile."""
        scopes = self._scopes.get(profile_id, set())
        return [agent for agent in agents if self._inherited in scopes or f"agent:{agent}" in scopes]
