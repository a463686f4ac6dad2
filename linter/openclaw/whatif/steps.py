"""The steps that a preview takes, as values; each is made on a snapshot with derived tables."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from linter.openclaw.whatif.logout import logout
from linter.openclaw.whatif.order import clear_order, set_order
from linter.openclaw.whatif.pin import pin
from linter.openclaw.whatif.upgrade import remarks, upgrade
from linter.snapshot.credential import age
from linter.snapshot.snapshot import Snapshot


class Step(NamedTuple):
    """What is done, in words, and to a snapshot; `make` raises UnpredictableError.

    `remarks` are what to know about a snapshot before. `alone`: a running gateway puts it off.
    """

    told: str
    make: Callable[[Snapshot], None]
    remarks: Callable[[Snapshot], Iterable[str]] = lambda _: ()
    alone: bool = False


class Fixes(NamedTuple):
    """What `authlint fix --apply` makes, with `--unsafe` if so."""

    unsafe: bool

    @property
    def told(self) -> str:
        """What is done, in words."""
        return "after authlint fix --apply" + " --unsafe" * self.unsafe


def order_set(agent: str, realm: str, ids: Sequence[str]) -> Step:
    """`models auth order set` for an agent; `realm` is the provider."""
    told = f"the {realm} order of agent {agent} set to {', '.join(ids)}"
    return Step(told, lambda snapshot: set_order(snapshot, agent, realm, ids))


def order_cleared(agent: str, realm: str) -> Step:
    """`models auth order clear` for an agent."""
    told = f"the {realm} order of agent {agent} cleared"
    return Step(told, lambda snapshot: clear_order(snapshot, agent, realm))


def logged_out(agent: str, profile: str) -> Step:
    """`models auth logout` of a login, as an agent sees it."""
    return Step(f"{profile} logged out for agent {agent}", lambda snapshot: logout(snapshot, agent, profile))


def pinned(session: str, profile: str) -> Step:
    """`/model MODEL@ID -s`, sent in a chat."""
    return Step(f"{session} pinned to {profile}", lambda snapshot: pin(snapshot, session, profile))


def later(milliseconds: int, told: str) -> Step:
    """Time that passes, `told` as it was asked for: blocks end, and tokens expire."""

    def make(snapshot: Snapshot) -> None:
        snapshot.meta["now"] += milliseconds
        for row in (row for rows in snapshot.tables.values() for row in rows):
            if "credential_state" in row and "fence" in row:
                age(row, snapshot.meta["now"])

    return Step(f"{told} later", make)


def upgraded(version: str) -> Step:
    """OpenClaw upgraded, and `openclaw doctor --fix` run as often as it asks for it."""
    told = f"upgraded to {version}"
    return Step(told, lambda snapshot: upgrade(snapshot, version), remarks, alone=True)
