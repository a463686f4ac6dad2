import json
from pathlib import Path

import pytest

from linter.engine.rule_file import read_rule
from linter.engine.rule_tests import run_rule_tests, untried

RULE = """\
id: pin-exists
title: t
layer: session
severity: error
for: {session: "sessions[?pin]"}
require: {exists: {in: profiles, match: {id: session.pin}}}
at: session.pin
message: "{session.key} pins {session.pin}"
fixes:
  - {title: Clear the pin, safety: unsafe, remove: [session.pin]}
examples:
  bad:
    - given: {sessions: [{key: k, pin: p}], profiles: []}
      expect: [{at: /sessions/0/pin}]
  good:
    - given: {sessions: [{key: k, pin: p}], profiles: [{id: p}]}
"""
EXISTS = "{exists: {in: profiles, match: {id: session.pin}}}"


@pytest.fixture
def tested(vocabulary):
    def run(old="", new=""):
        return run_rule_tests(
            read_rule(Path("pin-exists.yaml"), RULE.replace(old, new), vocabulary, {}), vocabulary, {}
        )

    return run


def test_a_rule_whose_examples_try_everything_holds(tested):
    assert tested().holds


def test_a_fix_that_no_bad_example_gets_is_a_gap_at_its_line(tested):
    never = "  - {title: Other, safety: unsafe, when: session.live, remove: [session.pin]}\nexamples:"
    found = tested("examples:", never)
    assert not found.holds
    assert found.gaps == ((11, "no bad example gets the fix `Other`"),)


def test_advice_needs_no_example(tested):
    advice = "  - {title: Other, safety: advice, when: session.live, reason: r}\nexamples:"
    assert tested("examples:", advice).holds


def test_examples_that_do_not_notice_a_rule_turned_around_are_a_gap_at_the_requirement(tested):
    found = tested("{key: k, pin: p}], profiles: [{id: p}]", "{key: k}]")
    assert found.gaps == ((6, "no good example fails when `require` is turned around"),)


def test_gaps_are_not_looked_for_while_examples_fail(tested):
    found = tested("profiles: [{id: p}]", "profiles: []")
    assert not found.holds
    assert found.gaps == ()


@pytest.mark.parametrize(
    ("guard", "said"),
    [
        ("", ["`sessions.agent` may be null; then `starts_with(session.agent, 'a')` failed on session k: "]),
        ("session.agent && ", []),
    ],
)
def test_a_column_that_may_be_null_where_an_expression_cannot_is_named(vocabulary, guard, said):
    text = RULE.replace("require:", f"when: {guard}starts_with(session.agent, 'a')\nrequire:")
    text = text.replace("{key: k, pin: p}", "{agent: a, key: k, pin: p}")
    found = run_rule_tests(read_rule(Path("pin-exists.yaml"), text, vocabulary, {}), vocabulary, {})
    assert found.holds
    assert [gap.line for gap in found.nulls] == [6 for _ in said]
    assert [gap.message[: len(start)] for gap, start in zip(found.nulls, said, strict=True)] == said


def needless(vocabulary, text, others=None):
    file = read_rule(Path("pin-exists.yaml"), text, vocabulary, {})
    return [gap.message for gap in untried(file, vocabulary, {}, others or {})]


def test_every_part_that_an_example_needs_is_kept_quiet(vocabulary):
    assert (
        needless(
            vocabulary,
            RULE.replace(
                "[{key: k, pin: p}], profiles: [{id: p}]",
                "[{key: k, pin: p}, {key: l}], profiles: [{id: p}, {id: q}]",
            ).replace("pin: p}], profiles: []", "pin: p}], profiles: [{id: q}]"),
        )
        == []
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("require:", "when: session.agent != 'x'\nrequire:", "no example needs `session.agent != 'x'`"),
        ("sessions[?pin]", "sessions[?pin && agent != 'x']", "no example needs `agent != 'x'`"),
        (
            "require:",
            "adjust: [{when: session.live, severity: note}]\nrequire:",
            "no example needs this adjustment",
        ),
        ("require:", "unless_unread: [tapes]\nrequire:", "no example needs `lost[?sort == 'tapes']`"),
        ("}\nrequire", ", other: {in: agents, optional: true}}\nrequire", "no example needs `other`"),
        (
            EXISTS,
            "{any: [" + EXISTS + ", {that: session.live, nulls: violate}]}",
            "no example needs this part",
        ),
        (
            EXISTS,
            "{all: [" + EXISTS.replace("}}}", "}, where: it.id != 'x'}}") + ", {that: session}]}",
            "no example needs `it.id != 'x'`",
        ),
        ("severity: error", "severity: error\nparams: {limit: 5}", "nothing reads `params.limit`"),
        (
            "match: {id: session.pin}",
            "match: {id: session.pin}, where: it.type != 'x'",
            "no example needs `it.type != 'x'`",
        ),
        (
            "safety: unsafe",
            "safety: unsafe, when: session.pin",
            "every finding of the examples gets it: no example needs `when`",
        ),
    ],
)
def test_a_part_that_no_example_needs_is_named(vocabulary, old, new, said):
    assert said in needless(vocabulary, RULE.replace(old, new))


@pytest.mark.parametrize(("pin", "needed"), [("p", True), ("q", False)])
def test_a_rule_to_which_it_never_yields_is_named(vocabulary, pin, needed):
    other = RULE.replace("pin-exists", "other").replace("[?pin]", f"[?pin == '{pin}']")
    others = {"other": read_rule(Path("other.yaml"), other, vocabulary, {}).rule}
    text = RULE.replace("at: session.pin", "at: session.pin\nyields_to: [other]")
    said = "`other` reports the subject of no bad example: none needs to yield to it"
    assert (said in needless(vocabulary, text, others)) is not needed


@pytest.mark.parametrize(
    ("rows", "part"),
    [
        ("[sessions[?pin && agent != 'x'], lost][] | [?pin]", "agent != 'x'"),
        ("sessions[?pin && key != ']' && agent != 'x']", "agent != 'x'"),
        ("[sessions[?pin], lost[?owner != '[?']][] | [?pin]", "owner != '[?'"),
    ],
)
def test_the_condition_of_each_filter_is_left_out(vocabulary, rows, part):
    text = RULE.replace('"sessions[?pin]"', json.dumps(rows)).replace("session.pin]}", "session.pin]}")
    assert f"no example needs `{part}`" in needless(vocabulary, text)


def test_what_a_name_of_let_stands_for_stays_when_something_beside_it_goes(vocabulary):
    text = RULE.replace("require:", "let: {known: session.pin}\nwhen: known && session.key\nrequire:")
    text += "    - given: {sessions: [{pin: p}]}\n"
    assert [said for said in needless(vocabulary, text) if "`session.key`" in said] == []


def test_a_key_of_unique_that_no_example_needs_is_named(vocabulary):
    text = RULE.replace(EXISTS, "{unique: {by: [session.pin, session.agent]}}").replace(
        "[{key: k, pin: p}], profiles: []", "[{agent: a, pin: p}, {agent: a, pin: p}]"
    )
    text = text.replace("[{key: k, pin: p}], profiles: [{id: p}]", "[{agent: a, pin: p}, {agent: b, pin: p}]")
    assert "no example needs `session.pin`" in needless(vocabulary, text)
    assert "no example needs `session.agent`" not in needless(vocabulary, text)


def test_a_good_example_without_a_row_to_look_at_is_named(vocabulary):
    text = RULE + "    - given: {sessions: [{key: k}]}\n"
    assert "this example has no row for `session`, so the rule looks at nothing" in needless(vocabulary, text)
