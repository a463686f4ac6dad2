"""A rule keeps silent about what hangs on something that was not read."""

import pytest

from linter.engine.errors import RuleFileError

RULE = """
for: {{session: sessions}}
unless_unread: {unread}
require: {{exists: {{in: profiles, match: {{id: session.pin}}}}}}
message: "{{session.key}}"
"""
SESSIONS = [{"agent": "a", "key": "of a"}, {"agent": "b", "key": "of b"}, {"key": "of nobody"}]


@pytest.mark.parametrize(
    ("unread", "lost", "expected"),
    [
        ("{drives: session.agent}", [], ["of a", "of b", "of nobody"]),
        ("{drives: session.agent}", [{"sort": "drives", "owner": "a"}], ["of b"]),
        ("{drives: session.agent}", [{"sort": "drives", "owner": None}], []),
        ("{drives: session.agent}", [{"sort": "tapes", "owner": None}], ["of a", "of b", "of nobody"]),
        ("[drives]", [{"sort": "drives", "owner": "a"}], []),
        ("[tapes]", [{"sort": "drives", "owner": "a"}], ["of a", "of b", "of nobody"]),
        ("{drives: session.agent, tapes: session.pin}", [{"sort": "tapes", "owner": "a"}], []),
    ],
)
def test_it_says_nothing_where_the_unread_may_hold_what_it_misses(pack_of, lint, unread, lost, expected):
    found = lint(pack_of(a=RULE.format(unread=unread)), sessions=SESSIONS, lost=lost)
    assert found.problems == ()
    assert [finding.message for finding in found.findings] == expected


@pytest.mark.parametrize(
    ("unread", "column", "said"),
    [
        ("[drive]", 17, "`drive` is not one of drives, tapes; did you mean `drives`?"),
        ("{drive: session.agent}", 17, "`drive` is not one of drives, tapes; did you mean `drives`?"),
        ("{drives: session.agnt}", 33, "unknown name `agnt` in sessions; did you mean `agent`?"),
    ],
)
def test_a_mistake_is_told_at_its_place(pack_of, unread, column, said):
    with pytest.raises(RuleFileError) as failed:
        pack_of(a=RULE.format(unread=unread))
    (problem,) = failed.value.problems
    assert (problem.message, problem.column) == (said, column)


def test_tables_of_which_nothing_is_known_to_be_unread_have_no_such_key(pack_of, vocabulary):
    with pytest.raises(RuleFileError, match="`drives` is told by no table"):
        pack_of(vocabulary._replace(unread=("", "", "")), a=RULE.format(unread="[drives]"))
