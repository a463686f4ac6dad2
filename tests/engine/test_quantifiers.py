import json

import pytest

from linter.engine.finding import Location


def pointers(evaluation):
    assert evaluation.problems == ()
    return [finding.location.pointer for finding in evaluation.findings]


def messages(evaluation):
    assert evaluation.problems == ()
    return [finding.message for finding in evaluation.findings]


EXISTS = """
    for: {session: "sessions[?pin]"}
    require:
      exists:
        in: profiles
        match: {scope: session.agent, id: session.pin}
    at: session.pin
"""


def test_exists_reports_rows_without_a_match(pack_of, lint):
    found = lint(
        pack_of(a=EXISTS),
        sessions=[{"agent": "x", "pin": "p"}, {"agent": "y", "pin": "p"}, {"agent": "y", "pin": None}],
        profiles=[{"scope": "x", "id": "p"}],
    )
    assert pointers(found) == ["/sessions/1/pin"]


def test_a_null_matches_nothing_not_even_null(pack_of, lint):
    found = lint(
        pack_of(a=EXISTS), sessions=[{"agent": None, "pin": "p"}], profiles=[{"scope": None, "id": "p"}]
    )
    assert pointers(found) == ["/sessions/0/pin"]


@pytest.mark.parametrize("value", [["p"], {"p": 1}, True, 1, 1.5, "1"])
@pytest.mark.parametrize("other", [["p"], {"p": 1}, True, 1, 1.5, "1"])
def test_keys_of_any_type_match_where_jmespath_says_equal(pack_of, lint, value, other):
    found = lint(
        pack_of(
            a="""
            for: {session: sessions}
            require: {exists: {in: profiles, match: {id: session.pin}}}
        """
        ),
        sessions=[{"pin": value}],
        profiles=[{"id": other}, {"id": "text"}],
    )
    assert bool(pointers(found)) is (json.dumps(value) != json.dumps(other))


def test_an_unhashable_key_matches_no_text(pack_of, lint):
    found = lint(pack_of(a=EXISTS), sessions=[{"agent": ["x"], "pin": {}, "key": 1}], profiles=[])
    assert pointers(found) == []  # an empty object is no pin
    found = lint(
        pack_of(a=EXISTS), sessions=[{"agent": "x", "pin": ["p"]}], profiles=[{"scope": "x", "id": "p"}]
    )
    assert pointers(found) == ["/sessions/0/pin"]


def test_exists_with_a_condition_on_the_candidate(pack_of, lint):
    pack = pack_of(
        a="""
        for: {session: sessions}
        require:
          exists:
            in: profiles
            match: {id: session.pin}
            where: profile.type != session.source
            as: profile
    """
    )
    found = lint(
        pack,
        sessions=[{"pin": "p", "source": "x"}, {"pin": "p", "source": "y"}],
        profiles=[{"id": "p", "type": "x"}],
    )
    assert pointers(found) == ["/sessions/0"]


def test_exists_without_a_key(pack_of, lint):
    pack = pack_of(
        a="""
        for: {session: sessions}
        require: {exists: "profiles[?type]"}
    """
    )
    assert pointers(lint(pack, sessions=[{}], profiles=[{"type": None}])) == ["/sessions/0"]
    assert pointers(lint(pack, sessions=[{}], profiles=[{"type": "x"}])) == []


ABSENT = """
    for: {profile: profiles}
    require:
      absent:
        in: sessions
        match: {pin: profile.id}
        where: it.live
    at: it.pin
    related: {profile: profile}
    message: "{it.key} pins {profile.id}"
"""


def test_absent_binds_the_first_match(pack_of, lint):
    found = lint(
        pack_of(a=ABSENT),
        profiles=[{"id": "p"}, {"id": "q"}],
        sessions=[
            {"key": "1", "pin": "p", "live": False},
            {"key": "2", "pin": "p", "live": True},
            {"key": "3", "pin": "p", "live": True},
        ],
    )
    (finding,) = found.findings
    assert finding.message == "2 pins p"
    assert finding.location == Location("s", "/sessions/1/pin")
    assert finding.related == (Location("s", "/profiles/0", "profile"),)
    assert finding.subject == (("profile", "p"),)


def test_absent_without_a_key_or_condition(pack_of, lint):
    pack = pack_of(
        a="""
        for: {profile: profiles}
        require: {absent: {in: "sessions[?live]", as: live}}
        message: "{live.key}"
    """
    )
    assert messages(lint(pack, profiles=[{}], sessions=[{"key": "k", "live": True}])) == ["k"]
    assert messages(lint(pack, profiles=[{}], sessions=[{"key": "k", "live": False}])) == []


def test_unique_makes_one_finding_of_a_group_with_the_others_related(pack_of, lint):
    pack = pack_of(
        a="""
        for: {profile: profiles}
        require: {unique: {by: [profile.email, profile.type]}}
        at: profile.email
        message: "{profile.id} and {others[].profile.id} of {length(rows)}"
    """
    )
    same = {"email": "e", "type": "t"}
    found = lint(
        pack,
        profiles=[{"id": "a", **same}, {"id": "b"}, {"id": "c", **same}, {"id": "d", **same}, {"id": "e"}],
    )
    (finding,) = found.findings
    assert finding.message == "a and c, d of 3"
    assert finding.related == (Location("s", "/profiles/2/email"), Location("s", "/profiles/3/email"))


def test_unique_with_a_condition_on_the_group(pack_of, lint):
    pack = pack_of(
        a="""
        for: {profile: profiles}
        require:
          unique:
            by: profile.email
            where: "length(rows[?profile.type == 'x']) == `1`"
    """
    )
    rows = [{"email": "e", "type": "x"}, {"email": "e", "type": "y"}, {"email": "f", "type": "x"}]
    assert pointers(lint(pack, profiles=[*rows, {"email": "f", "type": "x"}])) == ["/profiles/0"]


def test_agree_ignores_nulls_and_tells_true_from_one(pack_of, lint):
    pack = pack_of(
        a="""
        for: {session: sessions}
        require: {agree: [session.pin, session.source, session.key]}
    """
    )
    found = lint(
        pack,
        sessions=[
            {"pin": "a", "source": None, "key": "a"},
            {"pin": None, "source": "a", "key": "b"},
            {"pin": 1, "key": True},
            {"pin": 1, "key": 1.0},
            {},
        ],
    )
    assert pointers(found) == ["/sessions/1", "/sessions/2"]


@pytest.mark.parametrize(
    ("nulls", "expected"), [("", ["/sessions/1"]), ("nulls: violate", ["/sessions/1", "/sessions/2"])]
)
def test_that_holds_when_true_and_by_default_when_null(pack_of, lint, nulls, expected):
    pack = pack_of(
        a=f"""
        for: {{session: sessions}}
        require:
          that: session.live
          {nulls}
    """
    )
    assert pointers(lint(pack, sessions=[{"live": True}, {"live": False}, {}])) == expected


def test_unique_sees_results_that_a_join_makes_of_one_row(pack_of, lint):
    rule = """
    for:
      session: sessions
      profile: {in: profiles, match: {scope: session.agent}}
    require: {unique: {by: [session.agent]}}
    at: profile
    """
    found = lint(
        pack_of(a=rule),
        sessions=[{"agent": "x"}, {"agent": "y"}],
        profiles=[{"scope": "x", "id": "p"}, {"scope": "x", "id": "q"}, {"scope": "y", "id": "p"}],
    )
    assert pointers(found) == ["/profiles/0"]
