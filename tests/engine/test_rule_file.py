import json
from pathlib import Path
from textwrap import dedent

import pytest
from jsonschema import Draft202012Validator

from linter.engine.errors import RuleFileError
from linter.engine.rule_file import load_rule, read_rule
from linter.engine.structure import RULE_SCHEMA

GOOD = """\
id: pin-exists
title: A pin names nothing
layer: session
severity: error
for:
  session: sessions[?pin]
  owner:
    in: agents
    match: {id: session.agent}
when: session.live
require:
  exists:
    in: profiles
    match: {id: session.pin}
    where: it.type != session.source
message: "{session.key} pins {session.pin}"
examples: {}
"""


def problems(vocabulary, text, name="pin-exists"):
    try:
        read_rule(Path(f"rules/{name}.yaml"), text, vocabulary, {"window": 1})
    except RuleFileError as error:
        return [(problem.line, problem.column, problem.message) for problem in error.problems]
    return []


def test_a_right_rule_has_no_problem(vocabulary):
    assert problems(vocabulary, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "message"),
    [
        ("severity: error", "severty: error", 4, 1, "unknown key `severty`; did you mean `severity`?"),
        ("    in: agents", "    inn: agents", 8, 5, "unknown key `inn`; did you mean `in`?"),
        (
            "severity: error",
            "severity: eror",
            4,
            11,
            "`eror` is not one of error, warning, note, off; did you mean",
        ),
        ("layer: session", "layer: sessions", 3, 8, "did you mean `session`?"),
        ("title: A pin names nothing", "title: 5", 2, 8, "`title` must be text, not a number"),
        ("when: session.live", "when: true", 10, 7, "a literal stands in backticks"),
        ("when: session.live", "when: []", 10, 7, "`when` must not be empty"),
        ("id: pin-exists", "id: pin_exists", 1, 5, "the id must be the name of the file: `pin-exists`"),
        ("message:", "mesage:", 1, 1, "`message` is missing"),
        (
            "sessions[?pin]",
            "session[?pin]",
            6,
            12,
            "unknown name `session` in the snapshot; did you mean `sessions`?",
        ),
        ("sessions[?pin]", "sessions[?pn]", 6, 22, "unknown name `pn` in sessions; did you mean `pin`?"),
        ("sessions[?pin]", "sessions[?pin", 6, 24, "it ends too early"),
        ("sessions[?pin]", "sessions[*].key", 6, 12, "does not give rows of a table"),
        (
            "when: session.live",
            "when: session.liv",
            10,
            15,
            "unknown name `liv` in sessions; did you mean `live`?",
        ),
        (
            "when: session.live",
            "when: sesion.live",
            10,
            7,
            "unknown name `sesion` in this rule; did you mean `session`?",
        ),
        ("when: session.live", "when: 'a ) b'", 10, 10, "`)` is not expected here"),
        ("when: session.live", 'when: "session.live == \'a"', 10, 24, "not JMESPath"),
        (
            "when: session.live",
            'when: session.source == "auto"',
            10,
            26,
            "text stands in single quotes: 'auto'",
        ),
        (
            "when: session.live",
            "when: lowr(session.source)",
            10,
            7,
            "unknown function `lowr`; did you mean `lower`?",
        ),
        ("when: session.live", "when: matches(session.source)", 10, 7, "matches() takes 2 arguments, not 1"),
        (
            "when: session.live",
            "when: params.windw",
            10,
            14,
            "unknown name `windw` in params; did you mean `window`?",
        ),
        ("when: session.live", "when: meta.nw", 10, 12, "unknown name `nw` in meta; did you mean `now`?"),
        ("when: session.live", "when: sort_by(session.tags, &x)", 0, 0, ""),
        ("match: {id: session.agent}", "match: {ids: session.agent}", 9, 13, "unknown name `ids` in agents"),
        ("match: {id: session.agent}", "match: {id: owner.id}", 9, 17, "unknown name `owner` in this rule"),
        ("where: it.type", "where: its.type", 15, 12, "unknown name `its` in this rule; did you mean `it`?"),
        ("{session.pin}", "{session.pn}", 16, 39, "unknown name `pn` in sessions"),
        ("{session.pin}", "{it.id}", 16, 31, "unknown name `it` in this rule"),
        ("{session.pin}", "{session.pin", 16, 30, "a `{` that is never closed"),
        ("  owner:\n", "  meta:\n", 7, 3, "`meta` is already taken"),
        ("  owner:\n", "  params:\n", 7, 3, "`params` is already taken"),
        ("  owner:\n", "  rows:\n", 7, 3, "`rows` is what `unique` binds"),
        ("  owner:\n", "  others:\n", 7, 3, "`others` is what `unique` binds"),
        ("    in: profiles\n", "    in: profiles\n    as: rows\n", 14, 9, "`rows` is what `unique` binds"),
        (
            "examples: {}",
            "collect: {by: meta.now, as: {others: meta.now}}\nexamples: {}",
            17,
            30,
            "`others` is what `unique` binds",
        ),
        (
            "examples: {}",
            "collect: {by: meta.now, as: {a b: meta.now}}\nexamples: {}",
            17,
            30,
            "`a b` is not a valid name here",
        ),
        (
            "when: session.live",
            "when: matches(session.pin, '^(a')",
            10,
            29,
            "no regular expression: missing )",
        ),
        (
            "when: session.live",
            "when: matches(session.pin, params.window)",
            10,
            35,
            "`window` is a number",
        ),
        ("when: session.live", "when: length(&session.pin)", 0, 0, ""),
        ("when: session.live", "when: '&session.pin'", 10, 8, "`&` goes before an argument of sort_by()"),
        (
            "when: session.live",
            f"when: {'(' * 900}session.live{')' * 900}",
            10,
            7,
            "this expression is nested too deeply",
        ),
        (
            "when: session.live",
            f"when: {' || '.join(['session.live'] * 200)}",
            10,
            7,
            "this expression is nested too deeply",
        ),
        ("examples: {}", "params: {age: 5 mins}\nexamples: {}", 17, 15, "`5 mins` is no length of time"),
        ("examples: {}", "params: {age: -5 min}\nexamples: {}", 17, 15, "`-5 min` is no length of time"),
        ("examples: {}", "params: {age: 3rd, of: 2 flights}\nexamples: {}", 0, 0, ""),
        (
            "require:\n",
            "require:\n  that: session.live\n",
            12,
            3,
            "exactly one of exists, absent, count, unique, agree, that, any, all",
        ),
        ("  exists:\n", "  nulls: violate\n  exists:\n", 12, 10, "`nulls` goes with `that` only"),
        (
            "  session: sessions[?pin]",
            "  session: {in: sessions, match: {agent: meta.now}}",
            6,
            34,
            "nothing to join with",
        ),
        (
            "examples: {}",
            "at: session.pinn\nexamples: {}",
            17,
            13,
            "unknown name `pinn` in sessions; did you mean `pin`?",
        ),
        ("examples: {}", "subject: sesion\nexamples: {}", 17, 10, "did you mean `session`?"),
        ("examples: {}", "related: {x: owner.foo}\nexamples: {}", 17, 20, "unknown name `foo` in agents"),
        ("when: session.live", "when: session.live == true", 10, 23, "a literal stands in backticks: `true`"),
        ("when: session.live", "when: '!session.live'", 10, 8, "write `!(a.b)`"),
        ("when: session.live", "when: '!session.tags[?@]'", 10, 8, "write `!(a.b)`"),
        ("when: session.live", "when: '!(session.live)'", 0, 0, ""),
        ("    in: profiles\n", "    in: profiles\n    as: owner\n", 14, 9, "`owner` is already taken"),
        (
            "examples: {}",
            "collect: {by: meta.now, as: {owner: meta.now}}\nexamples: {}",
            17,
            30,
            "already taken",
        ),
        ("examples: {}", "related: {x: a b}\nexamples: {}", 17, 14, "unknown name `a b` in this rule"),
        ("examples: {}", "examples: {bad: [{given: {}}]}", 17, 18, "`expect` is missing"),
        (
            "examples: {}",
            "fixes: [{title: x, safety: advice}]\nexamples: {}",
            17,
            28,
            "advice needs a `reason`",
        ),
        (
            "examples: {}",
            "fixes: [{title: x, safety: advice, reason: y, remove: [session.pin]}]\nexamples: {}",
            17,
            28,
            "advice applies nothing",
        ),
        (
            "examples: {}",
            "fixes: [{title: x, safety: safe, set: {session.pn: '`1`'}}]\nexamples: {}",
            17,
            48,
            "`pn`",
        ),
    ],
)
def test_a_mistake_is_named_at_its_place(vocabulary, old, new, line, column, message):
    found = problems(vocabulary, GOOD.replace(old, new, 1))
    if not message:
        assert found == []
        return
    assert (line, column) in [place[:2] for place in found]
    assert message in " | ".join(text for _, _, text in found)


def test_all_mistakes_of_a_file_are_reported_in_the_order_of_the_text(vocabulary):
    text = GOOD.replace("session.live", "session.liv").replace("{session.key}", "{session.ky}")
    assert [line for line, _, _ in problems(vocabulary, text)] == [10, 16]


def test_an_error_shows_the_line_with_a_caret(vocabulary):
    with pytest.raises(RuleFileError) as caught:
        read_rule(Path("rules/pin-exists.yaml"), GOOD.replace("session.live", "session.liv"), vocabulary, {})
    assert str(caught.value) == dedent("""\
        rules/pin-exists.yaml:10:15: unknown name `liv` in sessions; did you mean `live`?
           10 | when: session.liv
              |               ^""")


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("sort_by(sessions, &updatedAt)", ""),
        ("sort_by(sessions, &updated)", "unknown name `updated` in sessions"),
        ("[profiles, slots][]", ""),
        ("[profiles, slots][] | [?router || scope]", ""),
        ("[profiles, slots][] | [?rooter]", "unknown name `rooter` in profiles or slots"),
        ("[profiles, slots][][?router]", "is not a list; after `[]` filter with `| [?...]`"),
        ("profiles[?identity.seat]", ""),
        ("profiles[?identity.seet]", "unknown name `seet` in profiles.identity; did you mean `seat`?"),
        ("profiles[?identity.seat] || slots", ""),
        ("sessions.key", "has no field `key`; use `[].key`"),
    ],
)
def test_the_rows_of_a_name_may_come_from_any_expression_that_keeps_them(vocabulary, expression, problem):
    text = f"""\
id: pin-exists
title: t
layer: session
severity: error
for:
  row: "{expression}"
require:
  that: row.at
message: m
examples: {{}}
"""
    found = problems(vocabulary, text)
    assert [message for _, _, message in found if problem in message] if problem else found == []


def test_the_rest_of_a_group_can_be_named(vocabulary):
    text = GOOD[: GOOD.index("require")] + dedent("""\
        require:
          unique: {by: [session.pin], where: "length(others[?session.live]) > `0`"}
        message: "{others[].session.ky}"
        examples: {}
        """)
    assert [message for _, _, message in problems(vocabulary, text)] == [
        "unknown name `ky` in sessions; did you mean `key`?"
    ]


def test_the_schema_of_rule_files_is_a_schema():
    Draft202012Validator.check_schema(RULE_SCHEMA.value)


def test_a_rule_can_be_read_from_disk(vocabulary, tmp_path):
    path = tmp_path / "pin-exists.yaml"
    path.write_text(GOOD, encoding="utf-8-sig")
    assert load_rule(path, vocabulary, {}).rule.id == "pin-exists"


def test_mentions_are_the_columns_that_expressions_read(vocabulary):
    rule = read_rule(Path("pin-exists.yaml"), GOOD, vocabulary, {}).rule
    assert json.loads(rule.finding)["mentions"] == {
        "owner": ["id"],
        "session": ["agent", "key", "live", "pin", "source"],
    }
