import pytest

from linter.engine.finding import Edit, Fix

RULE = """
    for:
      session: sessions
      profile: {in: profiles, match: {id: session.pin}, optional: true}
    require: {that: "`false`"}
    fixes:
"""


@pytest.fixture
def fixes(pack_of, lint):
    """The fixes of a rule for one session that pins a stored profile."""

    def run(text, session=None, **tables):
        given = {"agent": "m", "key": "k", "pin": "p", "source": "user", **(session or {})}
        tables.setdefault("profiles", [{"scope": "m", "id": "p", "identity": {"account": "acc"}}])
        found = lint(pack_of(a=RULE + text), sessions=[given], **tables)
        assert found.problems == ()
        return found.findings[0].fixes

    return run


def test_members_that_are_there_are_removed(fixes):
    (fix,) = fixes(
        "      - {title: 'Clear {session.pin}', safety: unsafe, remove: [session.pin, session.tags]}"
    )
    assert fix == Fix("Clear p", "unsafe", (Edit("remove", "s", "/sessions/0/pin"),))


def test_a_row_is_removed_as_a_whole(fixes):
    (fix,) = fixes("      - {title: x, safety: safe, remove: [profile]}")
    assert fix.edits == (Edit("remove", "s", "/profiles/0"),)


def test_a_value_is_set_from_an_expression(fixes):
    (fix,) = fixes("      - {title: x, safety: safe, set: {profile.identity.seat: profile.identity.account}}")
    assert fix.edits == (Edit("set", "s", "/profiles/0/identity/seat", "acc"),)


def test_values_are_appended_to_an_array(fixes):
    (fix,) = fixes("      - {title: x, safety: safe, insert: {session.tags: [session.pin, \"'z'\"]}}")
    assert fix.edits == (
        Edit("insert", "s", "/sessions/0/tags/-", "p"),
        Edit("insert", "s", "/sessions/0/tags/-", "z"),
    )


def test_commands_are_templates_with_quoted_words(fixes):
    (fix,) = fixes(
        """
      - title: x
        safety: advice
        reason: "Ask {session.agent}"
        command: ["tool unset {quote(session.key)}", "tool {{}}"]
""",
        session={"key": "a b"},
    )
    assert fix == Fix("x", "advice", (), ("tool unset 'a b'", "tool {}"), "Ask m")


def test_a_single_command_needs_no_list(fixes):
    (fix,) = fixes("      - {title: x, safety: unsafe, command: tool run}")
    assert fix.commands == ("tool run",)


def test_a_command_that_comes_out_empty_is_left_out(fixes):
    commands = """["{session.live && 'tool stop' || ''}", tool run]"""
    (fix,) = fixes(f"      - {{title: x, safety: unsafe, command: {commands}}}", session={"live": False})
    assert fix.commands == ("tool run",)


@pytest.mark.parametrize(
    "text",
    [
        "      - {title: x, safety: safe, when: session.live, remove: [session.pin]}",
        "      - {title: x, safety: safe, set: {session.pin: profile.email}}",
        "      - {title: x, safety: safe, insert: {session.tags: [profile.email]}}",
        "      - {title: x, safety: safe, remove: [session.tags]}",
    ],
)
def test_a_fix_that_cannot_be_made_is_left_out(fixes, text):
    assert fixes(text) == ()


def test_a_fix_of_a_row_that_is_not_there_is_left_out(fixes):
    text = "      - {title: x, safety: safe, set: {profile.email: session.agent}}"
    assert len(fixes(text)) == 1
    assert fixes(text, profiles=[]) == ()


def test_a_fix_of_a_row_that_lies_nowhere_is_left_out(fixes):
    at = {"at": None, "id": "p"}
    assert fixes("      - {title: x, safety: safe, remove: [session.pin, profile]}", profiles=[at]) == ()


def test_a_fix_may_edit_all_other_rows_of_a_group(pack_of, lint):
    pack = pack_of(
        a="""
        for: {profile: profiles}
        require: {unique: {by: profile.email}}
        fixes: [{title: x, safety: unsafe, remove: [others.profile]}]
    """
    )
    found = lint(
        pack, profiles=[{"id": "a", "email": "e"}, {"id": "b", "email": "e"}, {"id": "c", "email": "e"}]
    )
    (fix,) = found.findings[0].fixes
    assert fix.edits == (Edit("remove", "s", "/profiles/1"), Edit("remove", "s", "/profiles/2"))
