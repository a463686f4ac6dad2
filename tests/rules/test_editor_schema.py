"""The schema with which editors complete and check rule files while they are written."""

import json

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from linter.configuration.rule_pack import built_in_rules
from linter.configuration.scaffold import RULE_SCHEMA
from linter.engine.schema_check import Schema

VALIDATOR = Draft202012Validator(Schema(RULE_SCHEMA).value)
RULES = [path for path in sorted(built_in_rules().rglob("*.yaml")) if path.parent != built_in_rules()]


def rule(path=RULES[0]):
    return YAML(typ="safe").load(path)


def mistakes(value):
    return [error.message for error in VALIDATOR.iter_errors(value)]


@pytest.mark.parametrize("path", RULES[::8], ids=lambda path: path.stem)
def test_built_in_rules_follow_it(path):
    assert mistakes(rule(path)) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"session": []}, "'session' was unexpected"),
        ({"sessions": [{"lives": True}]}, "'lives' was unexpected"),
        ({"sessions": [{"live": "yes"}]}, "'yes' is not of type 'boolean'"),
        ({"sessions": [{"kind": "cronjob"}]}, "'cronjob' is not one of"),
        ({"meta": {"era": "X"}}, "'X' is not one of"),
    ],
)
def test_rows_that_no_snapshot_has_are_mistakes(given, said):
    value = rule()
    value["examples"]["good"] = [{"given": given}]
    assert any(said in message for message in mistakes(value))


def test_words_of_the_taxonomy_are_offered():
    assert any("'J2' is not one of" in message for message in mistakes(rule() | {"eras": ["J2"]}))


def test_every_schema_has_an_id_of_its_own():
    ids = [
        json.loads(path.read_text(encoding="utf-8"))["$id"]
        for path in sorted(RULE_SCHEMA.parents[1].rglob("*schema.json"))
    ]
    assert len(ids) > 5
    assert len(set(ids)) == len(ids)
