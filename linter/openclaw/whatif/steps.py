"""The steps that a preview takes, as values; each is made on a snapshot with derived tables."""

from typing import NamedTuple

from linter.openclaw.whatif.logout import logout
from linter.openclaw.whatif.order import clear_order, set_order
from linter.openclaw.whatif.pin import pin
from linter.openclaw.whatif.unpredictable import UnpredictableError
from linter.openclaw.whatif.upgrade import remarks, upgrade
from linter.snapshot.credential import age
from linter.snapshot.snapshot import Snapshot


class SetOrder(NamedTuple):
    """`models auth order set` for an agent; `realm` is the provider."""

    agent: str
    realm: str
    ids: tuple[str, ...]

    def __str__(self) -> str:
        return f"the {self.realm} order of agent {self.agent} set to {', '.join(self.ids)}"

    def make(self, snapshot: Snapshot) -> None:
        """Make it. Raises UnpredictableError."""
        set_order(snapshot, self.agent, self.realm, self.ids)


class ClearOrder(NamedTuple):
    """`models auth order clear` for an agent."""

    agent: str
    realm: str

    def __str__(self) -> str:
        return f"the {self.realm} order of agent {self.agent} cleared"

    def make(self, snapshot: Snapshot) -> None:
        """Make it."""
        clear_order(snapshot, self.agent, self.realm)


class Logout(NamedTuple):
    """`models auth logout` of a login, as an agent sees it."""

    agent: str
    profile: str

    def __str__(self) -> str:
        return f"{self.profile} logged out for agent {self.agent}"

    def make(self, snapshot: Snapshot) -> None:
        """Make it. Raises UnpredictableError."""
        logout(snapshot, self.agent, self.profile)


class Pin(NamedTuple):
    """A session pinned to a login by whoever chats there."""

    session: str
    profile: str

    def __str__(self) -> str:
        return f"{self.session} pinned to {self.profile}"

    def make(self, snapshot: Snapshot) -> None:
        """Make it. Raises UnpredictableError."""
        pin(snapshot, self.session, self.profile)


class Wait(NamedTuple):
    """Time that passes, `told` as it was asked for: blocks end, and tokens expire."""

    milliseconds: int
    told: str

    def __str__(self) -> str:
        return f"{self.told} later"

    def make(self, snapshot: Snapshot) -> None:
        """Make it."""
        snapshot.meta["now"] += self.milliseconds
        for rows in snapshot.tables.values():
            for row in rows:
                if "credential_state" in row and "fence" in row:
                    age(row, snapshot.meta["now"])


class Upgrade(NamedTuple):
    """OpenClaw upgraded, and `openclaw doctor --fix` run as often as it asks for it."""

    version: str

    def __str__(self) -> str:
        return f"upgraded to {self.version}"

    def make(self, snapshot: Snapshot) -> None:
        """Make it. Raises UnpredictableError."""
        upgrade(snapshot, self.version)

    def remarks(self, snapshot: Snapshot) -> tuple[str, ...]:
        """Return what to know before it is made."""
        return tuple(remarks(snapshot))


class Fixes(NamedTuple):
    """What `authlint fix --apply` makes, with `--unsafe` if so."""

    unsafe: bool

    def __str__(self) -> str:
        return "after authlint fix --apply" + " --unsafe" * self.unsafe


Step = SetOrder | ClearOrder | Logout | Pin | Wait | Upgrade | Fixes

__all__ = [
    "ClearOrder",
    "Fixes",
    "Logout",
    "Pin",
    "SetOrder",
    "Step",
    "UnpredictableError",
    "Upgrade",
    "Wait",
]
