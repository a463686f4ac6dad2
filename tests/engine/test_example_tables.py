from pathlib import Path

import pytest

from linter.engine.errors import RuleFileError
from linter.engine.examples import run_examples
from linter.engine.rule_file import load_rule, read_rule
from linter.files import UnusableFileError

RULE = """\
id: pin-exists
title: t
layer: session
severity: error
for: {session: "sessions[?pin]"}
require: {exists: {in: profiles, match: {id: session.pin}}}
message: m
examples:
  bad:
    - given: {meta: {era: J}, sessions: [{key: k, pin: p}]}
      expect: [{at: /sessions/0}]
"""


def problems(vocabulary, old="", new=""):
    with pytest.raises(RuleFileError) as caught:
        read_rule(Path("pin-exists.yaml"), RULE.replace(old, new), vocabulary, {})
    return [(problem.line, problem.column, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("old", "new", "column", "message"),
    [
        ("sessions: [", "sesions: [", 31, "there is no table `sesions`; did you mean `sessions`?"),
        ("{key: k,", "{kye: k,", 43, "there is no column `kye` in sessions; did you mean `key`?"),
        ("[{key: k, pin: p}]", "{key: k}", 41, "`sessions` must be a list of rows"),
        ("{era: J}", "[{era: J}]", 21, "`meta` must be one mapping"),
        ("{era: J}", "{eera: J}", 22, "there is no column `eera` in meta; did you mean `era`?"),
    ],
)
def test_what_no_snapshot_has_is_a_mistake_in_an_example(vocabulary, old, new, column, message):
    assert problems(vocabulary, old, new) == [(10, column, message)]


def test_what_is_said_to_be_fixed_is_checked_too(vocabulary):
    fixed = "      fixed: {sessions: [{kye: k}]}\n"
    with pytest.raises(RuleFileError, match="no column `kye`"):
        read_rule(Path("pin-exists.yaml"), RULE + fixed, vocabulary, {})


def test_a_rule_that_is_off_is_tested_all_the_same(vocabulary):
    file = read_rule(
        Path("pin-exists.yaml"), RULE.replace("severity: error", "severity: off"), vocabulary, {}
    )
    bad, _ = run_examples(file, vocabulary, {})
    assert bad.passed


@pytest.mark.parametrize("other", ["params.window", "meta.now"])
def test_a_name_from_outside_of_a_filter_is_said_to_be_outside(vocabulary, other):
    ((*_, message),) = problems(vocabulary, "sessions[?pin]", f"sessions[?updatedAt < {other}]")
    assert message.endswith("`[? ]` sees the element only: use `match`, `where` or `when` for other names")


def test_an_unknown_table_is_one_mistake(vocabulary):
    assert len(problems(vocabulary, "sessions[?pin]", "session[?pin]")) == 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "title: t",
            "title: a: b",
            "YAML: mapping values are not allowed here; quote text that contains `: `",
        ),
        (
            "title: t",
            "title:\n\t x",
            "YAML: found character '\\t' that cannot start any token; indent with spaces",
        ),
        (
            "title: t",
            "title: [\nlayer: x",
            "YAML: expected ',' or ']', but got ':' (while parsing a flow sequence from line 2)",
        ),
    ],
)
def test_a_mistake_in_yaml_says_how_to_mend_it(vocabulary, old, new, message):
    ((*_, found),) = problems(vocabulary, old, new)
    assert found == message


def test_a_file_that_is_no_text_is_a_mistake_at_its_line(vocabulary, tmp_path):
    path = tmp_path / "pin-exists.yaml"
    path.write_bytes(b"id: x\ntitle: \xff\n")
    with pytest.raises(RuleFileError, match=r"pin-exists\.yaml:2:1: this is not UTF-8 text"):
        load_rule(path, vocabulary, {})


SAVED = """
id: a
title: t
layer: session
severity: error
for: {session: sessions}
require: {that: session.pin, nulls: violate}
message: m
examples:
  bad:
    - given: {snapshot: NAME, sessions: [{key: own}], meta: {era: S}}
      expect: [{at: /sessions/0}]
  good: []
"""
TABLES = {"meta": {"era": "J", "now": 1}, "sessions": [{"key": "saved"}], "profiles": [{"id": "p"}]}


def saved(vocabulary, tmp_path, name):
    def tables(path):
        if path != tmp_path / "state.json":
            raise UnusableFileError(f"{path.name} is no snapshot")
        return TABLES

    path = tmp_path / "a.yaml"
    path.write_text(SAVED.replace("NAME", name))
    return load_rule(path, vocabulary._replace(saved=tables), {}).examples["bad"][0]


def test_an_example_has_the_tables_of_a_file_and_its_own_before_them(vocabulary, tmp_path):
    example = saved(vocabulary, tmp_path, "state.json")
    assert example["given"] == {
        "meta": {"era": "S", "now": 1},
        "sessions": [{"key": "own"}],
        "profiles": [{"id": "p"}],
    }
    assert example["written"] == {
        "snapshot": "state.json",
        "sessions": [{"key": "own"}],
        "meta": {"era": "S"},
    }


@pytest.mark.parametrize(
    ("name", "why"),
    [("../state.json", "is not below the folder of the rule"), ("other.json", "other.json is no snapshot")],
)
def test_a_file_that_cannot_be_used_is_a_mistake_at_its_name(vocabulary, tmp_path, name, why):
    with pytest.raises(RuleFileError) as raised:
        saved(vocabulary, tmp_path, name)
    (problem,) = raised.value.problems
    assert why in problem.message
    assert (problem.line, problem.column) == (11, 25)
