"""docs/writing-rules.md says what the engine does."""

import re
from pathlib import Path

import pytest

from linter.configuration.rule_pack import vocabulary
from linter.engine.columns import columns_of_schema
from linter.engine.examples import negation_survivors, run_examples
from linter.engine.functions import FUNCTIONS
from linter.engine.rule_file import read_rule
from linter.engine.structure import RULE_SCHEMA
from linter.engine.vocabulary import Vocabulary
from linter.snapshot.tables import schema

ROOT = Path(__file__).parents[2]
RECIPES = re.findall(
    r"```yaml\n(id: .*?)```", (ROOT / "docs" / "rule-recipes.md").read_text(encoding="utf-8"), re.DOTALL
)
PAGE = (ROOT / "docs" / "writing-rules.md").read_text(encoding="utf-8")


@pytest.fixture
def snapshot_tables():
    return Vocabulary(lambda: columns_of_schema(schema()), {}, {})


def test_the_rule_of_the_tutorial_passes_its_own_examples(snapshot_tables):
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    (text,) = [block for block in blocks if block.startswith("id:")]
    file = read_rule(Path("company-login.yaml"), text, snapshot_tables, {})
    assert [result.failures for result in run_examples(file, snapshot_tables, {})] == [()] * 4
    assert negation_survivors(file, snapshot_tables, {}) == []


def test_the_steps_of_the_tutorial_are_parts_of_its_rule():
    steps, whole = PAGE.split("The whole rule:")
    for block in re.findall(r"```yaml\n(.*?)```", steps, re.DOTALL)[:2]:
        assert block in whole


@pytest.mark.parametrize("text", RECIPES, ids=[text.split()[1] for text in RECIPES])
def test_a_recipe_passes_its_own_examples(snapshot_tables, text):
    file = read_rule(Path(f"{text.split()[1]}.yaml"), text, snapshot_tables, {})
    failures = [failure for result in run_examples(file, snapshot_tables, {}) for failure in result.failures]
    assert failures == []
    assert negation_survivors(file, snapshot_tables, {}) == []


def test_every_function_is_listed():
    documented = set(re.findall(r"`(\w+)\(", PAGE[PAGE.index("### Functions") :]))
    assert vocabulary()  # it brings functions of its own
    assert documented == set(FUNCTIONS)


def test_every_key_is_described():
    described = set(re.findall(r"`(\w+)", PAGE[PAGE.index("## Reference") :]))
    assert set(RULE_SCHEMA.value["properties"]) <= described
