"""What a command that switches logins has reached, chat by chat: which layers followed, and which stayed."""

from collections.abc import Iterator
from typing import NamedTuple

from linter.snapshot.tables import Tables
from linter.views.diff.compared import Diff
from linter.views.layers import Opinion, layers

_RECORDS = ("answered", "last good", "usage", "display")
"""Layers that tell of past turns, and follow with the next one."""


class Stayed(NamedTuple):
    """A layer that names what it named before; `account` is an email or id, None where it is not known."""

    layer: str
    profile: str
    account: str | None


class Followed(NamedTuple):
    """A live chat some layers of which name another account now: `account`, or the profile if unknown."""

    agent: str
    key: str
    account: str
    followed: tuple[str, ...]
    stayed: tuple[Stayed, ...]


class Around(NamedTuple):
    """A command, what it changed, and the chats that it switched; `exit_code` is its own."""

    exit_code: int
    chats: tuple[Followed, ...]
    diff: Diff


def followed(before: Tables, after: Tables) -> Iterator[Followed]:
    """Yield the live chats that a change has reached at least in part."""
    earlier = {(chat.agent, chat.key): chat for chat in layers(before, before["sessions"])}
    for chat in layers(after, [row for row in after["sessions"] if row["live"]]):
        known = earlier.get((chat.agent, chat.key))
        pairs = [
            (old, new)
            for old, new in zip(known.opinions if known else (), chat.opinions, strict=False)
            if new.profile and new.layer not in _RECORDS
        ]
        moved = [new for old, new in pairs if _who(old) != _who(new)]
        stayed = [new for old, new in pairs if _who(old) == _who(new)]
        if moved:
            there = _who(moved[-1])  # the next turn's, where that has changed
            left = [Stayed(one.layer, one.profile or "", one.account) for one in stayed if _who(one) != there]
            names = tuple(one.layer for one in moved)
            yield Followed(chat.agent, chat.key, there or "", names, tuple(left))


def _who(opinion: Opinion) -> str | None:
    return opinion.account or opinion.profile
