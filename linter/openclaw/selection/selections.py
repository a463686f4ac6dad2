"""The table `selections`: which profile every session uses next, and why."""

from linter.openclaw.selection.order import Orders
from linter.openclaw.selection.pins import Selection, select
from linter.openclaw.selection.sessions import Case
from linter.snapshot.tables import Row, Tables


def fill_selections(tables: Tables, cases: list[Case], orders: dict[str, Orders]) -> None:
    """Add a row for every session, given the case of each; equal cases are worked out once."""
    known: dict[int, Row] = {}
    append = tables["selections"].append
    for row, case in zip(tables["sessions"], cases, strict=True):
        outcome = known.get(id(case))
        if outcome is None:
            outcome = known[id(case)] = _outcome(case, orders.get(row["agent"]))
        append({"at": row["at"], "agent": row["agent"], "key": row["key"], **outcome})


def _outcome(case: Case, orders: Orders | None) -> Row:
    """Return the columns that sessions of one case share."""
    pin, source = case.columns["pin"], case.columns["override_source"]
    found = Selection(None, None, "unknown", "agent_unknown", pin, source)
    if orders is not None and case.turn is None:
        found = Selection(pin, source, "unknown", "provider_unknown", pin, source)
    elif orders is not None and case.turn is not None:
        found = select(case.turn, orders)
    profile = orders.agent.view.profiles.get(found.profile) if orders and found.profile else None
    return {
        "provider": case.columns["session_provider"],
        **found._asdict(),
        "seat": profile["identity"]["seat"] if profile else None,
    }
