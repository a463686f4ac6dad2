from pathlib import Path
from textwrap import dedent, indent

import pytest

from linter.engine.examples import negation_survivors, run_examples
from linter.engine.rule_file import read_rule

RULE = """\
id: pin-exists
title: t
layer: session
severity: error
for: {session: "sessions[?pin]"}
require: {exists: {in: profiles, match: {id: session.pin}}}
at: session.pin
message: "{session.key} pins {session.pin}"
"""
CLEAR = "fixes: [{title: clear, safety: unsafe, remove: [session.pin]}]\n"
BAD = """\
bad:
  - name: dangling
    given: {sessions: [{key: k, pin: p}], profiles: [{id: q}]}
    expect: [{at: /sessions/0/pin, severity: error, message: pins p}]
"""
GOOD = """\
good:
  - given: {sessions: [{key: k, pin: p}], profiles: [{id: p}]}
"""


@pytest.fixture
def failures(vocabulary):
    """What the examples of a rule have to complain about."""

    def run(examples, rule=RULE):
        text = rule + "examples:\n" + indent(dedent(examples), "  ")
        file = read_rule(Path("pin-exists.yaml"), text, vocabulary, {})
        return [failure for result in run_examples(file, vocabulary, {}) for failure in result.failures]

    return run


def test_examples_that_hold_have_no_failure(failures):
    assert failures(BAD + GOOD) == []


def test_a_result_names_its_example(vocabulary):
    text = RULE + "examples:\n" + indent(BAD + GOOD, "  ")
    results = run_examples(read_rule(Path("pin-exists.yaml"), text, vocabulary, {}), vocabulary, {})
    assert [(result.rule, result.kind, result.number, result.name, result.line) for result in results] == [
        ("pin-exists", "bad", 0, "dangling", 11),
        ("pin-exists", "good", 0, "", 15),
    ]
    assert all(result.passed for result in results)


@pytest.mark.parametrize(
    ("old", "new", "failure"),
    [
        ("/sessions/0/pin", "/sessions/0", "expected a finding at /sessions/0"),
        ("severity: error", "severity: note", "at /sessions/0/pin: expected severity note, got error"),
        (
            "message: pins p",
            "message: pins q",
            "at /sessions/0/pin: expected a message with `pins q`, got: k pins p",
        ),
        (
            "message: pins p",
            "related: [/agents/0]",
            "at /sessions/0/pin: expected related places `/agents/0`, got none",
        ),
        ("message: pins p", "fixes: [Clear]", "at /sessions/0/pin: expected fixes `Clear`, got none"),
        (
            "{key: k, pin: p}], profiles: [{id: q",
            "{key: k, pin: p}, {key: l, pin: o}], profiles: [{id: q",
            "unexpected error at /sessions/1/pin: l pins o",
        ),
        ("{id: q}", "{id: p}", "expected a finding at /sessions/0/pin"),
        (
            "good:\n  - given: {sessions: [{key: k, pin: p}], profiles: [{id: p}]}",
            "good:\n  - given: {sessions: [{pin: o}]}",
            "unexpected error at /sessions/0/pin: none pins o",
        ),
        (
            "good:\n  - given: {sessions: [{key: k, pin: p}], profiles: [{id: p}]}",
            "",
            "there is no good example",
        ),
    ],
)
def test_examples_are_checked_in_both_directions(failures, old, new, failure):
    assert failure in failures((BAD + GOOD).replace(old, new))


def test_a_failing_expression_fails_the_example(failures):
    found = failures(BAD + GOOD, RULE.replace("{session.key}", "{lower(session)}"))
    assert found == ["`lower(session)` failed on session k: lower() takes string, not object"]


def test_a_fix_that_ends_the_finding_is_right(failures):
    assert failures(BAD + GOOD, RULE + CLEAR) == []


RELATED = """
related: {agent: session.agent}
fixes:
  - {title: "Ask {session.key}", safety: advice, command: "ask {quote(session.key)}", reason: r}
"""


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ("related: [/agents/0], fixes: [Ask], commands: [ask k]", ""),
        ("related: []", "expected related places none, got `/agents/0`"),
        ("related: [/agents/1]", "expected related places `/agents/1`, got `/agents/0`"),
        ("fixes: [Ask l]", "expected fixes `Ask l`, got `Ask k`"),
        ("fixes: [Ask, Ask]", "expected fixes `Ask`, `Ask`, got `Ask k`"),
        ("commands: [tell]", "expected commands `tell`, got `ask k`"),
        ("commands: []", "expected commands none, got `ask k`"),
    ],
)
def test_other_places_fixes_and_commands_may_be_expected(failures, expected, said):
    agents = "{agents: [{id: a}], sessions: [{agent: a, key: k, pin: p}]"
    examples = (BAD + GOOD).replace("{sessions: [{key: k, pin: p}]", agents, 1)
    found = failures(examples.replace("message: pins p", expected), RULE + RELATED)
    assert found == ([f"at /sessions/0/pin: {said}"] if said else [])


def test_a_fix_that_leaves_the_finding_is_wrong(failures):
    useless = CLEAR.replace("session.pin", "session.key")
    assert "fix `clear` leaves the finding at /sessions/0/pin" in failures(BAD + GOOD, RULE + useless)[0]


def test_every_fix_of_a_finding_is_tried(failures):
    both = CLEAR.replace("}]", "}, {title: other, safety: unsafe, set: {session.pin: \"'z'\"}}]")
    assert [failure[:11] for failure in failures(BAD + GOOD, RULE + both)] == ["fix `other`"]


APPENDING = """\
id: pin-exists
title: t
layer: session
severity: error
for: {session: sessions}
require: {that: length(session.tags) > `2`}
message: m
fixes: [{title: x, safety: safe, insert: {session.tags: [session.key]}}]
"""


def test_fixes_must_be_through_after_one_round(failures):
    found = failures(
        """\
        bad:
          - given: {sessions: [{key: k, tags: []}]}
            expect: [{at: /sessions/0}]
        good:
          - given: {sessions: [{key: k, tags: [a, b, c]}]}
        """,
        APPENDING,
    )
    assert found[0].startswith("fix `x` leaves the finding at /sessions/0")
    assert found[1] == "applying the fixes a second time changes more"


STATED = """
    bad:
      - given: {sessions: [{key: k, pin: p}], profiles: []}
        expect: [{at: /sessions/0/pin}]
        fixed: {FIXED}
"""


@pytest.mark.parametrize(
    ("fixed", "failure"),
    [
        ("{sessions: [{key: k, source: derived}]}", ""),
        ("{sessions: [{key: k, pin: q}]}", "the fixes make `sessions`"),
        ("{sessions: []}", "the fixes make `sessions`"),
        ("{profiles: [{id: p}]}", "the fixes make `profiles` [], not"),
    ],
)
def test_an_example_can_state_what_is_fixed(failures, fixed, failure):
    found = failures(STATED.replace("{FIXED}", fixed) + indent(GOOD, "    "), RULE + CLEAR)
    assert [text for text in found if failure in text] if failure else found == []


@pytest.mark.parametrize(
    ("source", "expected"), [("~", []), ("x", ["the finding at /sessions/0/pin is still there when fixed"])]
)
def test_the_finding_must_be_gone_from_what_is_stated(failures, source, expected):
    examples = f"""\
        bad:
          - given: {{sessions: [{{key: k, pin: p, source: x}}], profiles: []}}
            expect: [{{at: /sessions/0/pin}}]
            fixed: {{sessions: [{{key: k, source: {source}}}]}}
        good:
          - given: {{sessions: [{{key: k, pin: p, source: x}}], profiles: [{{id: p}}]}}
        """
    assert failures(examples, RULE.replace("sessions[?pin]", "sessions[?source]") + CLEAR) == expected


def test_rows_that_lie_elsewhere_are_not_edited(failures):
    elsewhere = BAD.replace("{key: k, pin: p}", "{key: k, pin: p, at: {source: x, pointer: /sessions/0}}")
    assert failures(elsewhere + GOOD, RULE + CLEAR.replace("session.pin", "session.key")) == []


@pytest.mark.parametrize(
    ("require", "bad", "good"),
    [
        (
            "exists: {in: profiles, match: {id: session.pin}}",
            "[{pin: p}], profiles: []",
            "[{pin: p}], profiles: [{id: p}]",
        ),
        (
            "absent: {in: profiles, match: {id: session.pin}}",
            "[{pin: p}], profiles: [{id: p}]",
            "[{pin: p}], profiles: []",
        ),
        ("that: session.pin != 'p'", "[{pin: p}]", "[{pin: q}]"),
        ("agree: [session.pin, session.key]", "[{pin: p, key: k}]", "[{pin: k, key: k}]"),
        ("unique: {by: session.pin}", "[{pin: p}, {pin: p}]", "[{pin: p}, {pin: q}]"),
    ],
)
def test_turning_a_rule_around_fails_its_examples(vocabulary, require, bad, good):
    text = RULE.replace("exists: {in: profiles, match: {id: session.pin}}", require) + dedent(f"""\
        examples:
          bad: [{{given: {{sessions: {bad}}}, expect: [{{at: /sessions/0/pin}}]}}]
          good: [{{given: {{sessions: {good}}}}}]
        """)
    file = read_rule(Path("pin-exists.yaml"), text, vocabulary, {})
    assert [result.failures for result in run_examples(file, vocabulary, {})] == [(), ()]
    assert negation_survivors(file, vocabulary, {}) == []


def test_a_good_example_that_never_reaches_the_requirement_survives(vocabulary):
    text = RULE + "examples:\n" + indent(BAD + "good: [{given: {sessions: [{key: k}]}}]\n", "  ")
    file = read_rule(Path("pin-exists.yaml"), text, vocabulary, {})
    assert negation_survivors(file, vocabulary, {}) == [
        "no good example fails when `require` is turned around"
    ]
