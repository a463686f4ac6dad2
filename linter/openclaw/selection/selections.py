"""The table `selections`: which profile every session uses next, and why."""

from linter.openclaw.selection.order import Orders
from linter.openclaw.selection.pins import Selection, Turn, select
from linter.openclaw.selection.sessions import turn_of
from linter.snapshot.tables import Row, Tables

_UNKNOWN_AGENT = Selection(None, None, "unknown", "agent_unknown", None, None)


def fill_selections(tables: Tables, orders: dict[str, Orders], agents: dict[str, Row]) -> None:
    """Add a row for every described session; equal turns of one agent are worked out once."""
    known: dict[tuple[str, Turn], Selection] = {}
    append = tables["selections"].append
    for row in tables["sessions"]:
        agent = row["agent"]
        found = _selection(row, orders.get(agent), agents.get(agent), known)
        profile = (
            orders[agent].agent.view.profiles.get(found.profile)
            if found.profile and agent in orders
            else None
        )
        append(
            {
                "at": row["at"],
                "agent": agent,
                "key": row["key"],
                "provider": row["session_provider"],
                "profile": found.profile,
                "source": found.source,
                "outcome": found.outcome,
                "reason": found.reason,
                "pin_after": found.pin_after,
                "source_after": found.source_after,
                "seat": profile["identity"]["seat"] if profile else None,
            }
        )


def _selection(
    row: Row, orders: Orders | None, agent_row: Row | None, known: dict[tuple[str, Turn], Selection]
) -> Selection:
    if orders is None:
        return _UNKNOWN_AGENT._replace(pin_after=row["pin"], source_after=row["override_source"])
    turn = turn_of(row, agent_row, orders.agent)
    if turn is None:
        pin, source = row["pin"], row["override_source"]
        return Selection(pin, source, "unknown", "provider_unknown", pin, source)
    key = (row["agent"], turn)
    found = known.get(key)
    if found is None:
        found = known[key] = select(turn, orders)
    return found
