"""The expressions of mappings: what they give, and where that stands."""

import pytest

from linter.routers.expressions import Evaluator

SCOPE = {
    "entry": {"id": "a", "list": [{"n": 1}]},
    "file": {"pin": None, "active": "b", "on": True},
    "files": {"state": {"accounts": {"a": {"health": {"stage": "ok"}}}}},
}
evaluate = Evaluator(0)


@pytest.mark.parametrize(
    ("expression", "place"),
    [
        ("entry.id", ("entry", None, "/id")),
        ("entry.list[0].n", ("entry", None, "/list/0/n")),
        ("files.state.accounts", ("files", "state", "/accounts")),
        ("not_null(file.pin, file.active)", ("file", None, "/active")),
        ("file.pin || file.active", ("file", None, "/active")),
        ("file.on == `true` && file.active || file.pin", ("file", None, "/active")),
        ("file.on != `true` && file.pin || file.active", ("file", None, "/active")),
        ("file.on == `true`", ("file", None, "/on")),
        ("member(files.state.accounts, entry.id).health", ("files", "state", "/accounts/a/health")),
        ("member(files.state.accounts, entry.gone).health", ("files", "state", "/accounts//health")),
        ("length(entry.list)", ("entry", None, "/list")),
        ("length(files.state.accounts)", ("files", "state", "/accounts")),
        ("'a word'", None),
    ],
)
def test_a_value_is_where_its_path_leads(expression, place):
    assert evaluate.path(expression, SCOPE) == place


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("length(matching(files.state.accounts, {health: {stage: 'ok'}}))", 1),
        ("length(matching(entry.list, {n: `2`}))", 0),
        ("length(matching(entry.gone, {n: `1`}))", 0),
        ("blank(' ') && blank(`1`) && !blank('x')", True),
        ("repeated(['a', 'b', 'a'])", "a"),
        ("repeated(['a', 'b'])", None),
        ("minus(`100`, `40`)", 60),
        ("minus(`100`, entry.id)", None),
    ],
)
def test_functions_beside_those_of_jmespath(expression, value):
    assert evaluate(expression, SCOPE) == value
