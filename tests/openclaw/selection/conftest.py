import pytest

from fixtures.oracle.generate import NOW, State
from fixtures.oracle.tables import snapshot_of
from linter.openclaw.selection.derive import derive


@pytest.fixture
def derived():
    """Return the derived tables of a state, given as OpenClaw would store it."""

    def make(
        version="2026.9.6", *, stores, sessions=None, auth=None, model="openai/gpt-5.5", location="state-db"
    ):
        config = {"agents": {"defaults": {"model": {"primary": model}}}, "auth": auth or {}}
        location = location if version >= "2026.8" else None
        agents = {name: {} for name in ("main", *stores, *(sessions or {})) if name != "shared"} | (
            sessions or {}
        )
        snapshot = snapshot_of(State(version, config, stores, [], location, agents, []))
        derive(snapshot)
        return snapshot.tables

    return make


@pytest.fixture
def next_turn(derived):
    """Return the selection of one session of main, given its entry and the shared or main store."""

    def make(entry, *, profiles, version="2026.9.6", order=None, stats=None, provider="openai", **state):
        store = {"profiles": profiles, "usageStats": stats or {}}
        if order is not None:
            store["order"] = {provider: order}
        stores = {"shared" if version >= "2026.8" else "main": store}
        entry = {"sessionId": "s", "updatedAt": NOW, **entry}
        state.setdefault("model", f"{provider}/gpt-5.5")
        return derived(version, stores=stores, sessions={"main": {"agent:main:main": entry}}, **state)[
            "selections"
        ][0]

    return make
