"""YAML texts checked against a JSON Schema, with errors for people."""

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from linter.engine.errors import RuleFileProblem, near
from linter.engine.yaml_text import YamlText
from linter.engine.yaml_values import Steps

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


class Schema:
    """A JSON Schema in a file. `scalar_hint` is what to add where a number or flag stands for a text."""

    def __init__(self, path: Path, scalar_hint: str = "") -> None:
        self.path = path
        self._scalar_hint = scalar_hint

    @cached_property
    def value(self) -> dict[str, Any]:
        """The schema itself."""
        schema: dict[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
        return schema

    def problems(self, document: YamlText) -> Iterator[RuleFileProblem]:
        """Yield what is wrong with a document's value, unknown keys first."""
        for steps, message in self._unknown_keys(document.value, self.value, ()):
            yield document.problem(steps, message, key=True)
        for error in self._validator.iter_errors(document.value):
            steps = tuple(error.absolute_path)
            if "propertyNames" in error.absolute_schema_path:
                yield document.problem((*steps, error.instance), self._wording(error, steps), key=True)
            elif error.validator != "additionalProperties":  # reported above, with the near name
                yield document.problem(steps, self._wording(error, steps))

    @cached_property
    def _validator(self) -> Any:
        from jsonschema import Draft202012Validator  # noqa: PLC0415 - what comes from a cache is valid

        return Draft202012Validator(self.value)

    def _unknown_keys(
        self, value: Any, schema: Mapping[str, Any], steps: Steps
    ) -> Iterator[tuple[Steps, str]]:
        if "$ref" in schema:
            schema = self.value["$defs"][schema["$ref"].rpartition("/")[2]]
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from self._unknown_keys(item, schema.get("items", {}), (*steps, index))
        elif isinstance(value, dict):
            known, others = schema.get("properties", {}), schema.get("additionalProperties", {})
            for key, item in value.items():
                if key not in known and others is False:
                    yield (*steps, key), f"unknown key `{key}`{near(key, known)}"
                else:
                    yield from self._unknown_keys(item, known.get(key) or others, (*steps, key))

    def _wording(self, error: Any, steps: Steps) -> str:
        name = f"`{steps[-1]}`" if steps and isinstance(steps[-1], str) else "this"
        wanted = error.validator_value
        if error.validator == "required":
            missing = next(key for key in wanted if key not in error.instance and f"'{key}'" in error.message)
            return f"`{missing}` is missing"
        if error.validator == "type":
            kinds = [wanted] if isinstance(wanted, str) else wanted
            words = " or ".join(_SCHEMA_WORDS[kind] for kind in kinds)
            hint = self._scalar_hint if "string" in kinds and _is_scalar(error.instance) else ""
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
