import pytest

from linter.engine.expression import evaluator
from linter.engine.functions import ExpressionError
from linter.engine.syntax import parse

HOUR = 3_600_000


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("lower('Ab')", "ab"),
        ("upper('Ab')", "AB"),
        ("trim(' a ')", "a"),
        ("matches('openai:x', '^openai:')", True),
        ("matches('xopenai:x', '^openai:')", False),
        ("add(`1`, `2`)", 3),
        ("subtract(`1`, `2`)", -1),
        ("multiply(`2`, `3`)", 6),
        ("divide(`3`, `2`)", 1.5),
        ("divide(`3`, `0`)", None),
        ("coalesce(`null`, `false`, 'a')", False),
        ("coalesce(`null`)", None),
        ("distinct(`[2, 1, 2, true, 1.0]`)", [2, 1, True]),
        ('sorted(`["b", 2, "a", 10]`)', [2, 10, "a", "b"]),
        ("set_equal(`[1, 2, 2]`, `[2, 1]`)", True),
        ("set_equal(`[1]`, `[true]`)", False),
        ("without(`[1, 2, 3]`, `[2]`)", [1, 3]),
        ('keys_of(`{"b": 1, "a": 2}`)', ["b", "a"]),
        ("prefix('openai:me@x:y')", "openai"),
        ("suffix('openai:me@x:y')", "me@x:y"),
        ("prefix('openai')", None),
        ("suffix('openai')", None),
        ("time(`1795305600000`)", "2026-11-22 00:00 UTC"),
        ("time(`1e30`)", "1e+30 ms"),
        ("duration(`12000000`)", "3 h 20 min"),
        ("duration(`86400000`)", "1 d"),
        ("duration(`-90000`)", "1 min 30 s"),
        ("duration(`86460000`)", "1 d"),
        ("duration(`0`)", "0 s"),
        ("version('2026.10.1') > version('2026.9.30-beta.1')", True),
        ("version('2026.9.2') > version('2026.9.10')", False),
        ("version('2027.1.1') > version('2026.12.31')", True),
        ("version('2026.9')", None),
        ("version('2026.9.x')", None),
        ("version('2026.9.12345')", None),
        ("duration(`250`)", "250 ms"),
        ('quote("a")', "'it'\"'\"'s'"),
        ("quote('plain')", "plain"),
        ("plural(`1`, 'agent', 'agents')", "agent"),
        ("plural(`0`, 'agent', 'agents')", "agents"),
        ("is_number(`1`)", True),
        ("is_number(`true`)", False),
        ("is_number('1')", False),
    ],
)
def test_functions(expression, expected):
    assert repr(evaluator(parse(expression))({"a": "it's"})) == repr(expected)


@pytest.mark.parametrize(
    "name",
    [
        "lower",
        "upper",
        "trim",
        "prefix",
        "suffix",
        "time",
        "duration",
        "quote",
        "distinct",
        "sorted",
        "keys_of",
    ],
)
def test_null_gives_null(name):
    assert evaluator(parse(f"{name}(@)"))(None) is None


@pytest.mark.parametrize("name", ["add", "subtract", "multiply", "divide", "matches", "without", "set_equal"])
def test_a_null_among_two_gives_null(name):
    other = {"matches": "'x'", "without": "`[]`", "set_equal": "`[]`"}.get(name, "`1`")
    assert evaluator(parse(f"{name}(@, {other})"))(None) is None
    assert evaluator(parse(f"{name}({other}, @)"))(None) is None


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("lower(`5`)", "lower() takes string, not number"),
        ("add('1', `2`)", "add() takes number, not string"),
        ("distinct('x')", "distinct() takes array, not string"),
        ("matches('x', '(')", "no regular expression"),
        ("join(' ', `[\"a\", null]`)", "join() takes a list of texts, and one is null"),
    ],
)
def test_a_wrong_type_is_an_error_that_names_types_only(expression, message):
    with pytest.raises(ExpressionError) as caught:
        evaluator(parse(expression))(None)
    assert message in str(caught.value)
