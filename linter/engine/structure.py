"""The structure of a rule file checked against its JSON Schema."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from linter.engine.errors import RuleFileProblem, near
from linter.engine.rule import KINDS
from linter.engine.schema_check import Schema
from linter.engine.vocabulary import Vocabulary
from linter.engine.yaml_text import YamlText
from linter.engine.yaml_values import Steps

_FILED_UNDER = {"layer": "layer", "symptoms": "symptom", "checklist": "checklist", "eras": "era"}
_FREE = ("layer",)
"""What may also be a word of a pack's own, which no known one is near to."""

RULE_SCHEMA = Schema(
    Path(__file__).with_name("rule.schema.json"), scalar_hint="; a literal stands in backticks: `5`"
)
"""The JSON Schema of rule files."""


def structure_problems(document: YamlText, vocabulary: Vocabulary) -> list[RuleFileProblem]:
    """Return what is wrong with the structure of a rule file."""
    if document.problems:
        return list(document.problems)
    if not isinstance(document.value, dict):
        return [document.problem((), "a rule file is a mapping that starts with `id:`")]
    contradictions = [
        *strangers(document.value, vocabulary, _FILED_UNDER),
        *_contradictions(document.value, document.path.stem),
    ]
    return [
        *RULE_SCHEMA.problems(document),
        *(document.problem(steps, message) for steps, message in contradictions),
    ]


def strangers(
    value: Mapping[str, Any], vocabulary: Vocabulary, keys: Mapping[str, str]
) -> Iterator[tuple[Steps, str]]:
    """Yield what is not among the words of a vocabulary: `keys` says of which kind those of each key are."""
    for key, kind in keys.items():
        known = vocabulary.words.get(kind, ())
        given = value.get(key, []) if known else []
        for index, word in enumerate(given if isinstance(given, list) else [given]):
            listed = list(map(str, known))
            if word not in known and not (key in _FREE and not near(str(word), listed)):
                steps: Steps = (key, index) if isinstance(given, list) else (key,)
                yield steps, f"`{word}` is not one of {', '.join(listed)}{near(str(word), listed)}"


def _contradictions(value: Mapping[str, Any], stem: str) -> Iterator[tuple[Steps, str]]:
    if isinstance(value.get("id"), str) and value["id"] != stem:
        yield ("id",), f"the id must be the name of the file: `{stem}`"
    yield from _requirement(value.get("require"), ("require",))
    first = next(iter(value["for"].items()), None) if isinstance(value.get("for"), dict) else None
    if first and isinstance(first[1], dict):
        for key in ("match", "optional"):
            if key in first[1]:
                yield (
                    ("for", first[0], key),
                    f"the first name has nothing to join with; move `{key}` to a later one",
                )


def _requirement(require: Any, steps: Steps) -> Iterator[tuple[Steps, str]]:
    if not isinstance(require, dict):
        return
    kinds = [kind for kind in KINDS if kind in require]
    if len(kinds) != 1:
        yield steps, f"give exactly one of {', '.join(KINDS)}"
        return
    (kind,) = kinds
    given = require[kind]
    if "nulls" in require and kind != "that":
        yield (*steps, "nulls"), "`nulls` goes with `that` only"
    if kind == "unique" and len(steps) > 1:
        yield (*steps, kind), "`unique` groups all results; it cannot be a part of another requirement"
    if kind == "count" and isinstance(given, dict) and not {"at_least", "at_most"} & given.keys():
        yield (*steps, kind), "say `at_least`, `at_most` or both"
    if kind == "count" and isinstance(given, dict) and _empty(given.get("at_least"), given.get("at_most")):
        yield (*steps, kind), "no number is at least that and at most this"
    if kind in ("any", "all") and isinstance(given, list):
        for index, part in enumerate(given):
            yield from _requirement(part, (*steps, kind, index))


def _empty(least: Any, most: Any) -> bool:
    return isinstance(least, int) and isinstance(most, int) and least > most
