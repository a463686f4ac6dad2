"""Which sessions would use another login or account, and which findings would come and go: one value."""

from collections.abc import Iterator
from typing import NamedTuple

from linter.engine.finding import Evaluation
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import Row
from linter.views.diff.compared import Diff
from linter.views.diff.matching import naming

_KEYS = ("api_key",)


class Login(NamedTuple):
    """What a session's next turn uses. `account` is an email or account id, null when unknown or none.

    `seat` tells accounts apart, where that is unknown the login's mark; `billing` is subscription or key,
    null without a login.
    """

    profile: str | None
    account: str | None
    seat: str | None
    billing: str | None
    outcome: str


class Switch(NamedTuple):
    """A session that would use another login; `account` and `billing` tell what else would be another."""

    agent: str
    session: str
    live: bool
    before: Login
    after: Login
    account: bool
    billing: bool


class Preview(NamedTuple):
    """What the steps would do; `remarks` are what to know before taking them."""

    steps: tuple[str, ...]
    remarks: tuple[str, ...]
    sessions: int
    switches: tuple[Switch, ...]
    diff: Diff

    @property
    def moves(self) -> bool:
        """Whether a session would change its account or how it is billed."""
        return any(switch.account or switch.billing for switch in self.switches)

    @property
    def outcome(self) -> Evaluation:
        """The findings that would appear."""
        return self.diff.outcome


def switches(before: Snapshot, after: Snapshot) -> Iterator[Switch]:
    """Yield the sessions whose next turn differs, in the order of the earlier state."""
    live = {(row["agent"], row["key"]): row["live"] for row in before.tables["sessions"]}
    old, new, names = logins(before), logins(after), naming(before.meta, after.meta)
    for name, was in old.items():
        now = new.get(name)
        if now is None:
            continue
        renamed = not names.same(was.profile or "", now.profile or "")
        if renamed or was.seat != now.seat:
            account = renamed if None in (was.seat, now.seat) else was.seat != now.seat
            yield Switch(*name, live.get(name, False), was, now, account, was.billing != now.billing)


def logins(snapshot: Snapshot) -> dict[tuple[str, str], Login]:
    """Return what each session uses next."""
    seen = {(row["agent"], row["id"]): row for row in snapshot.tables["visible_profiles"]}
    return {
        (row["agent"], row["key"]): _login(row, seen.get((row["agent"], row["profile"])))
        for row in snapshot.tables["selections"]
    }


def _login(selection: Row, profile: Row | None) -> Login:
    if profile is None:
        return Login(selection["profile"], None, selection["seat"], None, selection["outcome"])
    billing = "key" if profile["type"] in _KEYS else "subscription"
    account = profile["email"] or profile["account_id"]
    seat = profile["seat"] or profile["refresh_fingerprint"] or profile["key_fingerprint"]
    return Login(profile["id"], account, seat, billing, selection["outcome"])
