"""Facts of a snapshot in the users' words, and what has changed between those of two."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from linter.snapshot.identity import contradiction
from linter.snapshot.tables import Row
from linter.views.diff.matching import Key, Naming, paired
from linter.views.diff.words import contrast

Kind = Literal["new", "gone", "changed"]


class Fact(NamedTuple):
    """Something that holds in a snapshot: `subject` has the `value` for `what`.

    `key` names the fact for good, with scopes, providers and profile ids as parts of their own. `account` is
    the identity that is meant by the value, where the same value can mean another one. A fact that is not
    `lasting` says something only when both snapshots have it.
    """

    key: Key
    subject: str
    what: str
    value: str
    account: Row | None = None
    lasting: bool = True


class Change(NamedTuple):
    """One thing that is not as it was. `before` and `after` are None where `what` says it all."""

    kind: Kind
    subject: str
    what: str
    before: str | None = None
    after: str | None = None


def changed(before: Iterable[Fact], after: Iterable[Fact], naming: Naming) -> Iterator[Change]:
    """Yield what is new, gone, or has another value."""
    for one, two in paired(_by_key(before), _by_key(after), naming):
        if one is None or two is None:
            yield from _on_one_side(one, two)
        elif not naming.same(one.value, two.value):
            yield Change("changed", two.subject, two.what, one.value, two.value)
        elif one.account and two.account and contradiction(one.account, two.account):
            was, now = contrast(one.account, two.account)
            yield Change("changed", two.subject, two.what, f"{one.value} ({was})", f"{two.value} ({now})")


def _on_one_side(one: Fact | None, two: Fact | None) -> Iterator[Change]:
    if one is not None and one.lasting:
        yield Change("gone", one.subject, one.what, before=one.value)
    if two is not None and two.lasting:
        yield Change("new", two.subject, two.what, after=two.value)


def _by_key(facts: Iterable[Fact]) -> dict[Key, Fact]:
    return {fact.key: fact for fact in facts}
