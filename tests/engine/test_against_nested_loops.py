"""The joins and early conditions against their definition: every combination, searched by the library."""

import json

import jmespath
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.engine import candidates
from linter.engine.truth import equal, is_true

VALUES = st.sampled_from([None, "a", "b", "", 1, True, ["a"]])
SESSIONS = st.lists(st.fixed_dictionaries({"key": VALUES, "pin": VALUES, "live": VALUES}), max_size=4)
PROFILES = st.lists(st.fixed_dictionaries({"id": VALUES, "type": VALUES, "scope": VALUES}), max_size=4)

MATCH = {"id": "session.pin"}
TWO_KEYS = {"id": "session.pin", "scope": "session.key"}
WHENS = ["session.live", "profile.type != session.key", "!profile", "profile.type || session.live"]
WHERES = [None, "profile.type != session.live"]
CANDIDATE_WHERES = [None, "it.type == profile.scope", "it.scope != session.key", "session.live"]


def is_match(row, match, environment):
    for column, expression in match.items():
        left, right = row.get(column), jmespath.search(expression, environment)
        if left is None or right is None or not equal(left, right):
            return False
    return True


def joined(sessions, profiles, match, where, optional):
    for session in sessions:
        found = False
        for profile in profiles:
            environment = {"session": session, "profile": profile}
            if is_match(profile, match, environment) and (
                where is None or is_true(jmespath.search(where, environment))
            ):
                found = True
                yield environment
        if optional and not found:
            yield {"session": session, "profile": None}


def violates(kind, environment, profiles, where):
    some = any(
        is_match(row, MATCH, environment)
        and (where is None or is_true(jmespath.search(where, {**environment, "it": row})))
        for row in profiles
    )
    return some is (kind == "absent")


def expected(sessions, profiles, when, match, where, optional, kind, candidate_where):
    return sorted(
        repr(
            (
                environment["session"]["at"]["pointer"],
                environment["profile"] and environment["profile"]["at"]["pointer"],
            )
        )
        for environment in joined(sessions, profiles, match, where, optional)
        if is_true(jmespath.search(when, environment))
        and violates(kind, environment, profiles, candidate_where)
    )


def placed(table, rows):
    return [{**row, "at": {"source": "s", "pointer": f"/{table}/{index}"}} for index, row in enumerate(rows)]


@pytest.mark.parametrize("kind", ["exists", "absent"])
@pytest.mark.parametrize("many", [0, candidates.MANY], ids=["each-by-itself", "alike-ones-together"][::-1])
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sessions=SESSIONS,
    profiles=PROFILES,
    when=st.sampled_from(WHENS),
    match=st.sampled_from([MATCH, TWO_KEYS]),
    where=st.sampled_from(WHERES),
    optional=st.booleans(),
    candidate_where=st.sampled_from(CANDIDATE_WHERES),
)
def test_results_are_those_of_nested_loops(
    pack_of, lint, monkeypatch, many, kind, sessions, profiles, when, match, where, optional, candidate_where
):
    monkeypatch.setattr(candidates, "MANY", many)
    binding = {"in": "profiles", "match": match, "optional": optional}
    candidate = {"in": "profiles", "match": MATCH}
    if where:
        binding["where"] = where
    if candidate_where:
        candidate["where"] = candidate_where
    pack = pack_of(
        a=f"""
        for: {json.dumps({"session": "sessions", "profile": binding})}
        when: "{when}"
        require: {json.dumps({kind: candidate})}
        message: "{{session.at.pointer}} {{profile.at.pointer}}"
    """
    )
    found = lint(pack, sessions=sessions, profiles=profiles)
    assert found.problems == ()
    wanted = expected(
        placed("sessions", sessions),
        placed("profiles", profiles),
        when,
        match,
        where,
        optional,
        kind,
        candidate_where,
    )
    pairs = [tuple(finding.message.split()) for finding in found.findings]
    assert sorted(repr((one, None if two == "none" else two)) for one, two in pairs) == wanted
