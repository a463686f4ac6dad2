"""The structure of a rule file checked against its JSON Schema, with errors for people."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from linter.engine.errors import RuleFileProblem, near
from linter.engine.rule import KINDS
from linter.engine.yaml_text import Steps, YamlText

_WORDS = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a mapping",
    type(None): "nothing",
}
_SCHEMA_WORDS = {
    "string": "text",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "array": "a list",
    "object": "a mapping",
}


@cache
def rule_schema() -> dict[str, Any]:
    """Return the JSON Schema of rule files."""
    text = Path(__file__).with_name("rule.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def structure_problems(document: YamlText) -> list[RuleFileProblem]:
    """Return what is wrong with the structure of a rule file."""
    if document.problems:
        return list(document.problems)
    value = document.value
    if not isinstance(value, dict):
        return [document.problem((), "a rule file is a mapping that starts with `id:`")]
    problems = [
        document.problem(steps, message, key=True)
        for steps, message in _unknown_keys(value, rule_schema(), ())
    ]
    problems += [document.problem(steps, message) for steps, message in _schema_errors(value)]
    problems += [
        document.problem(steps, message) for steps, message in _contradictions(value, document.path.stem)
    ]
    return problems


def _unknown_keys(value: Any, schema: Mapping[str, Any], steps: Steps) -> Iterator[tuple[Steps, str]]:
    if "$ref" in schema:
        schema = rule_schema()["$defs"][schema["$ref"].rpartition("/")[2]]
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _unknown_keys(item, schema.get("items", {}), (*steps, index))
    elif isinstance(value, dict):
        known, others = schema.get("properties", {}), schema.get("additionalProperties", {})
        for key, item in value.items():
            if key not in known and others is False:
                yield (*steps, key), f"unknown key `{key}`{near(key, known)}"
            else:
                yield from _unknown_keys(item, known.get(key) or others, (*steps, key))


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - rules from the cache are valid

    return Draft202012Validator(rule_schema())


def _schema_errors(value: Any) -> Iterator[tuple[Steps, str]]:
    for error in _validator().iter_errors(value):
        steps = tuple(error.absolute_path)
        if error.validator != "additionalProperties":  # reported above, with the near name
            yield steps, _wording(error, steps)


def _wording(error: Any, steps: Steps) -> str:
    name = f"`{steps[-1]}`" if steps and isinstance(steps[-1], str) else "this"
    wanted = error.validator_value
    if error.validator == "required":
        missing = next(key for key in wanted if key not in error.instance and f"'{key}'" in error.message)
        return f"`{missing}` is missing"
    if error.validator == "type":
        kinds = [wanted] if isinstance(wanted, str) else wanted
        words = " or ".join(_SCHEMA_WORDS[kind] for kind in kinds)
        hint = (
            "; a literal stands in backticks: `5`" if "string" in kinds and _is_scalar(error.instance) else ""
        )
        return f"{name} must be {words}, not {_WORDS[type(error.instance)]}{hint}"
    if error.validator == "enum":
        return f"`{error.instance}` is not one of {', '.join(wanted)}{near(str(error.instance), wanted)}"
    if error.validator in ("minItems", "minLength", "minProperties"):
        return f"{name} must not be empty" if wanted == 1 else f"{name} needs at least {wanted}"
    if error.validator == "pattern":
        return f"`{error.instance}` is not a valid name here"
    return str(error.message)


def _is_scalar(value: Any) -> bool:
    return isinstance(value, (bool, int, float))


def _contradictions(value: Mapping[str, Any], stem: str) -> Iterator[tuple[Steps, str]]:
    if isinstance(value.get("id"), str) and value["id"] != stem:
        yield ("id",), f"the id must be the name of the file: `{stem}`"
    require = value.get("require")
    if isinstance(require, dict):
        kinds = [kind for kind in KINDS if kind in require]
        if len(kinds) != 1:
            yield ("require",), f"give exactly one of {', '.join(KINDS)}"
        elif "nulls" in require and kinds != ["that"]:
            yield ("require", "nulls"), "`nulls` goes with `that` only"
    first = next(iter(value["for"].items()), None) if isinstance(value.get("for"), dict) else None
    if first and isinstance(first[1], dict):
        for key in ("match", "optional"):
            if key in first[1]:
                yield (
                    ("for", first[0], key),
                    f"the first name has nothing to join with; move `{key}` to a later one",
                )
