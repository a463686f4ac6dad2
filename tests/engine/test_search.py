from collections import Counter
from typing import ClassVar

import pytest

from linter.engine.evaluate import evaluate


def messages(evaluation):
    assert evaluation.problems == ()
    return [finding.message for finding in evaluation.findings]


JOINED = """
    for:
      session: sessions
      profile:
        in: profiles
        match: {{id: session.pin}}
        where: profile.type != session.source
        {optional}
    when: {when}
    require: {{that: "`false`"}}
    message: "{{session.key}} {{profile.scope}}"
"""

SESSIONS = [{"key": "1", "pin": "p", "source": "x"}, {"key": "2", "pin": "p", "source": "y"}, {"key": "3"}]
PROFILES = [{"scope": "m", "id": "p", "type": "x"}, {"scope": "n", "id": "p", "type": "z"}]


def test_a_further_name_is_an_inner_join(pack_of, lint):
    pack = pack_of(a=JOINED.format(optional="", when="session.key != '0'"))
    assert sorted(messages(lint(pack, sessions=SESSIONS, profiles=PROFILES))) == ["1 n", "2 m", "2 n"]


def test_an_optional_name_is_null_without_a_match(pack_of, lint):
    pack = pack_of(a=JOINED.format(optional="optional: true", when="session.key != '0'"))
    assert sorted(messages(lint(pack, sessions=SESSIONS, profiles=PROFILES[:1]))) == [
        "1 none",
        "2 m",
        "3 none",
    ]
    assert sorted(messages(lint(pack, sessions=SESSIONS, profiles=[]))) == ["1 none", "2 none", "3 none"]


def test_conditions_may_name_any_of_the_joined_rows(pack_of, lint):
    pack = pack_of(a=JOINED.format(optional="optional: true", when="['!profile', session.key != '3']"))
    assert messages(lint(pack, sessions=SESSIONS, profiles=PROFILES[:1])) == ["1 none"]


def test_three_names_join_one_after_the_other(pack_of, lint):
    pack = pack_of(
        a="""
        for:
          session: sessions
          profile: {in: profiles, match: {id: session.pin}}
          slot: {in: slots, match: {email: profile.email, router: session.agent}}
        require: {that: slot.type == session.source}
        message: "{session.key}-{profile.scope}-{slot.id}"
    """
    )
    found = lint(
        pack,
        sessions=[{"key": "1", "pin": "p", "agent": "r", "source": "x"}],
        profiles=[{"scope": "m", "id": "p", "email": "e"}, {"scope": "n", "id": "p", "email": "f"}],
        slots=[
            {"id": "s1", "router": "r", "email": "e", "type": "y"},
            {"id": "s2", "router": "r", "email": "e", "type": "x"},
            {"id": "s3", "router": "q", "email": "e", "type": "y"},
        ],
    )
    assert messages(found) == ["1-m-s1"]


def test_a_join_without_a_key_pairs_all_rows(pack_of, lint):
    pack = pack_of(
        a="""
        for:
          session: sessions
          agent: {in: agents, where: "contains(session.tags, agent.id)"}
        require: {that: "`false`"}
        message: "{session.key}{agent.id}"
    """
    )
    found = lint(
        pack, sessions=[{"key": "1", "tags": ["a", "b"]}], agents=[{"id": "a"}, {"id": "b"}, {"id": "c"}]
    )
    assert sorted(messages(found)) == ["1a", "1b"]


class CountedRow(dict):
    """A row that counts how often any row is read."""

    reads: ClassVar[Counter] = Counter()

    def get(self, key, default=None):
        CountedRow.reads["get"] += 1
        return super().get(key, default)


def test_the_work_grows_with_the_rows_and_indexes_are_shared(pack_of):
    bodies = {
        f"r{number}": """
            for:
              session: sessions[?pin]
              agent: {in: agents, match: {id: session.agent}}
            when: session.live
            require: {exists: {in: profiles, match: {id: session.pin, scope: agent.id}}}
        """
        for number in range(3)
    }
    pack = pack_of(**bodies)

    def reads(count):
        CountedRow.reads.clear()
        root = {
            "meta": {},
            "sessions": [CountedRow(pin=f"p{i}", agent=f"a{i}", live=True) for i in range(count)],
            "agents": [CountedRow(id=f"a{i}") for i in range(count)],
            "profiles": [CountedRow(id=f"p{i}", scope=f"a{i}") for i in range(count)],
        }
        assert evaluate(pack, root).findings == ()
        return CountedRow.reads["get"]

    assert reads(200) == 2 * reads(100)
    # Once for all rules: the filter and both indexes, 1 + 1 + 2. For each rule: when, join, keys, 1 + 1 + 2.
    assert reads(100) == 100 * (4 + 3 * 4)


def test_what_a_rule_looks_for_is_read_only_where_there_are_rows(pack_of, lint):
    pack = pack_of(a=JOINED.format(optional="", when="session.key != '0'"))
    torn = pack._replace(rules=tuple(rule._replace(search="{") for rule in pack.rules))
    assert messages(lint(torn, sessions=[], profiles=PROFILES)) == []
    with pytest.raises(ValueError, match="property name"):
        lint(torn, sessions=SESSIONS, profiles=PROFILES)


def test_a_rule_without_rows_tells_so_in_its_statistics(pack_of, lint):
    pack = pack_of(a=JOINED.format(optional="", when="session.key != '0'"))
    (run,) = lint(pack, sessions=[], profiles=PROFILES).runs
    assert run.rows() == {"session": 0, "profile": None}
