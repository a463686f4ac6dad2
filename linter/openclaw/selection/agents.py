"""Every agent with the credentials that it sees."""

from linter.openclaw.selection.codex_login import import_login
from linter.openclaw.selection.order import Agent
from linter.openclaw.selection.semantics import Semantics
from linter.openclaw.selection.stores import (
    SHARED,
    Store,
    agent_scope,
    inherited_scope,
    load_config,
    load_stores,
)
from linter.openclaw.selection.view import EMPTY, merge
from linter.snapshot.tables import Row, Tables


def load_agents(meta: Row, tables: Tables, semantics: Semantics) -> dict[str, Agent]:
    """Return every agent by its id."""
    stores, config = load_stores(tables, semantics), load_config(tables, semantics)
    if semantics.imports_codex_login:
        import_login(stores, tables["codex_cli"])
    shared = inherited_scope(meta, tables, semantics)
    inherited = stores.get(shared, EMPTY)
    layer = "shared" if shared == SHARED else "main"
    agents = {}
    for row in tables["agents"]:
        scope = agent_scope(row["id"])
        own: Store = stores.get(scope, EMPTY)
        inherits = None if scope == shared else shared
        view = merge(own, inherited if inherits else None, layer, semantics, meta["now"])
        agents[row["id"]] = Agent(row["id"], inherits, view, config, semantics, meta["now"])
    return agents
