"""Every built-in rule: its examples hold, try everything, and it says what people need to know."""

import re
from functools import cache
from pathlib import Path

import pytest

from linter.configuration.rule_pack import built_in_rules, vocabulary
from linter.engine.compile_pack import read_params
from linter.engine.pack import PARAMS, SHARED, yaml_files
from linter.engine.rule_file import load_rule
from linter.engine.rule_tests import run_rule_tests
from linter.engine.rule_under_test import RuleUnderTest

PATHS = [path for path in yaml_files(built_in_rules()) if path.name not in SHARED]


@pytest.fixture(scope="module")
def shared():
    path = built_in_rules() / PARAMS
    return read_params(path, path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def read(shared):
    """Return a function that reads the file of a rule, each once."""
    return cache(lambda path: load_rule(path, vocabulary(), shared))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_rule(path: Path, read, shared):
    file = read(path)
    tested = run_rule_tests(file, vocabulary(), shared)
    assert [failure for result in tested.results for failure in result.failures] == []
    assert tested.gaps == tested.nulls == ()
    assert {kind: len(examples) >= 2 for kind, examples in file.examples.items()} == {
        "bad": True,
        "good": True,
    }
    rule = file.rule
    assert all([rule.title, rule.about.strip(), rule.symptoms, file.document.value["message"].strip()])
    assert not rule.title.endswith(".")
    assert [text for text in rule.references if not re.fullmatch(r"[\w./-]+#\d+", text)] == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_what_names_a_finding_does_not_depend_on_where_rows_stand(path: Path, read, shared):
    file = read(path)
    under_test = RuleUnderTest(file.rule, vocabulary(), shared)
    for example in file.examples["bad"]:
        turned = {
            table: rows[::-1] if isinstance(rows, list) else rows for table, rows in example["given"].items()
        }
        before, after = under_test.evaluate(example["given"]), under_test.evaluate(turned)
        assert named(after) == named(before)
        assert len(set(named(before))) == len(before.findings) > 0


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_folder_of_a_rule_is_its_layer(path: Path, read):
    assert path.relative_to(built_in_rules()).parts[0] == read(path).rule.layer


def named(evaluation):
    return sorted((finding.subject, finding.fingerprint) for finding in evaluation.findings)


def test_no_rule_of_the_catalogue_is_missing():
    catalogue = Path(__file__).with_name("catalogue.txt").read_text(encoding="utf-8").split()
    assert set(catalogue) - {path.stem for path in PATHS} == set()


def test_ids_are_unique():
    assert len({path.stem for path in PATHS}) == len(PATHS)
