"""What is said of a login that is not as it was."""

import pytest

from fixtures.recording.people import ALICE, ALICE_TEAM, BOB, DAY, NOW, Person, login
from linter.snapshot.credential import credential_columns
from linter.views.diff.logins import login_changes
from linter.views.diff.matching import naming

META = {"canonical": "openai", "era": "S"}
A, B = ("shared", "openai:a"), ("shared", "openai:b")


class Colleague(Person):
    """Somebody else in the same workspace, whose email is not known."""

    @property
    def email(self):
        return ""


def row(person=ALICE, **fields):
    days = fields.pop("days", 9)
    raw = login(person, "openai", expires=NOW + days * DAY, generation=fields.pop("generation", 1))
    return credential_columns({**raw, **fields}, NOW)


def told(before, after):
    """Return the changes between logins by key, each named by its id."""
    named = [{key: (key[1], value) for key, value in side.items()} for side in (before, after)]
    return [tuple(change) for change in login_changes(*named, naming(META, META))]


def opaque(refresh="r-1", access="a-1", **fields):
    blank = {"accountId": None, "email": None}
    return row(access=access, refresh=refresh, **{**blank, **fields})


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (row(), row(days=10), "token renewed"),
        (row(), row(days=10, generation=2), "new tokens, same seat"),
        (row(days=10, generation=2), row(), "older tokens, same seat"),
        (row(days=10), row(), "older tokens, same seat"),
        (opaque(accountId="acc"), opaque("r-2", "a-2", accountId="acc"), "new tokens, same account"),
        (opaque(), opaque("r-2", "a-2"), "new tokens; whose they were cannot be told"),
        (row(type="api_key", key="sk-one"), row(type="api_key", key="sk-two"), "another API key"),
        (row(), row(generation=2), "another refresh token beside the same access token"),
    ],
)
def test_new_tokens_are_told_by_whose_they_are(before, after, said):
    changes = told({A: before}, {A: after})
    assert [(kind, subject) for kind, subject, *_ in changes] == [("changed", "openai:a")]
    assert changes[0][2].startswith(said)
    assert changes[0][3:] == (None, None)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (BOB, ALICE, ("now another account:", "bob@example.com", "alice@example.com")),
        (
            ALICE,
            ALICE_TEAM,
            ("now another account:", f"account {ALICE.account}", f"account {ALICE_TEAM.account}"),
        ),
        (
            Colleague("x", "acc"),
            Colleague("y", "acc"),
            ("now another user of the account:", "user user-x", "user user-y"),
        ),
    ],
)
def test_another_account_is_told_by_what_tells_it_apart(before, after, said):
    assert [change[2:] for change in told({A: row(before)}, {A: row(after)})] == [said]


def test_expiry_alone_is_no_change():
    assert told({A: row()}, {A: row(expires=NOW - DAY)}) == []


def test_a_login_that_can_no_longer_be_used_says_why():
    empty = opaque(refresh="", access="")
    assert [change[2] for change in told({A: opaque()}, {A: empty})] == ["holds no secret"]
    assert [change[2] for change in told({A: empty}, {A: opaque()})] == [
        "has tokens now",
        "can be used again",
    ]


def test_another_type_is_told():
    changes = told({A: row()}, {A: row(type="api_key", key="sk-x", access=None, refresh=None)})
    assert ("changed", "openai:a", "type", "oauth", "api_key") in changes


def test_logins_that_came_and_went_are_named_with_their_account():
    assert told({A: row(BOB)}, {B: row(ALICE)}) == [
        ("gone", "openai:a", "login", f"bob@example.com, account {BOB.account}", None),
        ("new", "openai:b", "login", None, f"alice@example.com, account {ALICE.account}"),
    ]


def test_a_new_login_that_cannot_be_used_says_so_at_once():
    (change,) = told({}, {A: opaque(refresh="", access="")})
    assert change == ("new", "openai:a", "login", None, "an unknown account (holds no secret)")


def test_a_login_under_another_id_is_recognised_by_its_seat():
    assert told({A: row()}, {B: row(generation=2, days=10)}) == [
        ("changed", f"alice@example.com, account {ALICE.account}", "profile id", "openai:a", "openai:b")
    ]
