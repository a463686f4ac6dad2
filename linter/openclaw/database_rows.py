"""Rows of the credentials that are kept in databases."""

from linter.openclaw.agent_database import AgentDatabase
from linter.openclaw.cells import Owned, StoreCell
from linter.openclaw.json_era import add_routing
from linter.openclaw.reading import Reading
from linter.openclaw.references import References
from linter.openclaw.state_database import LEGACY_MAIN, StateDatabase
from linter.openclaw.store_rows import Owner, add_profiles, located


def add_shared_rows(reading: Reading, shared: StateDatabase, references: References) -> None:
    """Append the receipts, and the shared credentials, unless main's own store is the shared one."""
    reading.snapshot.tables["migrations"].extend(shared.migrations)
    if shared.location != LEGACY_MAIN:
        _add(reading, shared.owned, Owner(None), shared.store, shared.routing, references)


def add_agent_rows(reading: Reading, database: AgentDatabase, references: References) -> None:
    """Append an agent's own credentials."""
    owner = Owner(database.owned.agent)
    _add(reading, database.owned, owner, database.store, database.routing, references)


def _add(
    reading: Reading,
    owned: Owned,
    owner: Owner,
    store: StoreCell | None,
    routing: StoreCell | None,
    references: References,
) -> None:
    """Append what two cells hold: older stores have order and statistics in the first, too."""
    if store:
        at = located(store.source)
        add_profiles(reading.snapshot.tables, store.value, at, owner, owned.row["realpath"], references)
        add_routing(reading, store.value, store.source, owner, over=routing.value if routing else None)
    if routing:
        add_routing(reading, routing.value, routing.source, owner)
