"""What rules can say beyond one requirement: counts, alternatives, names for expressions, rows of params."""

import pytest

from linter.engine.errors import RuleFileError
from linter.engine.settings import Settings
from linter.engine.vocabulary import singular

COUNT = """
    for: {{agent: agents}}
    require:
      count: {{in: profiles, match: {{scope: agent.id}}, where: it.type == 'oauth', {bounds}}}
    at: agent
    message: "{{agent.id}} has {{length(it)}}"
"""


def told(found):
    assert found.problems == ()
    return [finding.message for finding in found.findings]


def profiles(*counts):
    return [
        {"scope": agent, "id": str(number), "type": "oauth"}
        for agent, count in zip("abc", counts, strict=False)
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ("at_least: 2", ["a has 0", "b has 1"]),
        ("at_most: 1", ["c has 2"]),
        ("at_least: 1, at_most: 1", ["a has 0", "c has 2"]),
    ],
)
def test_so_many_rows_match(pack_of, lint, bounds, expected):
    agents = [{"id": name} for name in "abc"]
    rows = [*profiles(0, 1, 2), {"scope": "a", "id": "x", "type": "token"}]
    assert told(lint(pack_of(a=COUNT.format(bounds=bounds)), agents=agents, profiles=rows)) == expected


ANY = """
    for: {session: sessions}
    require:
      KIND:
        - that: session.live
        - exists: {in: profiles, match: {id: session.pin}, where: it.type == session.source}
    message: "{session.key}"
"""
SESSIONS = [
    {"key": "both", "live": True, "pin": "p", "source": "oauth"},
    {"key": "live", "live": True, "pin": "q"},
    {"key": "stored", "live": False, "pin": "p", "source": "oauth"},
    {"key": "none", "live": False, "pin": "q"},
]


@pytest.mark.parametrize(("kind", "expected"), [("any", ["none"]), ("all", ["live", "stored", "none"])])
def test_requirements_are_joined(pack_of, lint, kind, expected):
    pack = pack_of(a=ANY.replace("KIND", kind))
    rows = [{"id": "p", "type": "oauth"}]
    assert told(lint(pack, sessions=SESSIONS, profiles=rows)) == expected


def test_parts_that_name_later_rows_are_joined_too(pack_of, lint):
    pack = pack_of(
        a="""
        for: {session: sessions, profile: {in: profiles, match: {id: session.pin}}}
        require: {any: [{that: session.live}, {that: "profile.type == 'oauth'"}]}
        message: "{session.key}"
        """
    )
    rows = [{"id": "p", "type": "token"}, {"id": "q", "type": "oauth"}]
    assert told(lint(pack, sessions=SESSIONS, profiles=rows)) == ["stored"]


def test_a_name_of_let_stands_for_its_expression_everywhere_behind_it(pack_of, lint):
    pack = pack_of(
        a="""
        for: {session: sessions}
        let: {named: "coalesce(session.source, session.pin)", short: "lower(named)"}
        when: named != 'q'
        require: {that: "short == 'x'"}
        message: "{session.key} {named} {short}"
        """
    )
    assert told(lint(pack, sessions=[{"key": "1", "source": "Y"}, {"key": "2", "pin": "q"}])) == ["1 Y y"]


def test_rows_of_a_param_are_joined_and_a_configuration_may_set_others(pack_of, lint):
    pack = pack_of(
        a="""
        params: {wishes: [{agent: m, pin: p}, {agent: n, pin: q}]}
        for:
          session: sessions
          wish: {in: params.wishes, match: {agent: session.agent}}
        require: {agree: [session.pin, wish.pin]}
        message: "{session.key} {wish.pin}"
        """
    )
    sessions = [{"agent": "m", "key": "1", "pin": "x"}, {"agent": "n", "key": "2", "pin": "q"}, {"key": "3"}]
    assert told(lint(pack, sessions=sessions)) == ["1 p"]
    settings = Settings(rule_params={"a": {"wishes": [{"agent": "n", "pin": "r"}]}})
    assert told(lint(pack, settings, sessions=sessions)) == ["2 r"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (COUNT.format(bounds="as: them"), "say `at_least`, `at_most` or both"),
        ("for: {session: sessions}\nrequire: {any: [{that: session.live}]}", "needs at least 2"),
        (
            "for: {s: sessions}\nrequire: {any: [{that: s.live, unique: {by: s.pin}}, {that: s.pin}]}",
            "exactly one",
        ),
        (
            "for: {session: sessions}\nrequire: {all: [{unique: {by: session.pin}}, {that: session.pin}]}",
            "cannot be a part",
        ),
        (
            "for: {session: sessions}\nlet: {session: session.pin}\nrequire: {that: session.live}",
            "already taken",
        ),
        (
            "for: {session: sessions}\nlet: {it2: session.pin}\nrequire: {that: it2}\nat: it2",
            "unknown name `it2`",
        ),
        (
            "params: {rows: [{a: x}]}\nfor: {row: params.rows}\nrequire: {that: row.a}",
            "always has a row of a table",
        ),
    ],
)
def test_what_cannot_be_said_is_refused(pack_of, body, said):
    with pytest.raises(RuleFileError, match=said):
        pack_of(a=body)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("split(session.pin, ':')[1]", "b"),
        ("capture(session.pin, '^(.*):')", "a"),
        ("capture(session.pin, 'b$')", "b"),
        ("capture(session.pin, 'x')", "none"),
        ("date('2026-11-22')", "1795305600000"),
        ("date('2026-11-22T01:00+01:00')", "1795305600000"),
    ],
)
def test_texts_are_taken_apart_and_dates_are_read(pack_of, lint, expression, expected):
    pack = pack_of(a=f'for: {{session: sessions}}\nrequire: {{that: "`false`"}}\nmessage: "{{{expression}}}"')
    assert told(lint(pack, sessions=[{"key": "1", "pin": "a:b"}])) == [expected]


def test_a_date_that_is_none_is_refused(pack_of):
    with pytest.raises(RuleFileError, match="like 2026-11-22"):
        pack_of(a="for: {session: sessions}\nrequire: {that: \"session.updatedAt > date('22.11.2026')\"}")


@pytest.mark.parametrize(("table", "word"), [("sessions", "session"), ("entries", "entry")])
def test_a_row_of_a_table_is_called_by_one_word(table, word):
    assert singular(table) == word
