"""Files with kinds of causes, and the kinds that rule files name."""

from collections.abc import Collection
from pathlib import Path

from linter.engine.checker import Checker
from linter.engine.errors import RuleFileError, RuleFileProblem, near
from linter.engine.rule import CauseKind
from linter.engine.schema_check import Schema
from linter.engine.shape import ANY
from linter.engine.structure import strangers
from linter.engine.vocabulary import Vocabulary
from linter.engine.yaml_text import YamlText, read_yaml

CAUSE_SCHEMA = Schema(Path(__file__).with_name("cause.schema.json"))
"""The JSON Schema of files with kinds of causes."""


def read_causes(path: Path, text: str, vocabulary: Vocabulary) -> dict[str, CauseKind]:
    """Read a file with kinds of causes, by name. Raises RuleFileError with every problem in it."""
    document = read_yaml(path, text)
    problems = [*document.problems]
    if not problems and not isinstance(document.value, dict):
        problems.append(document.problem((), "a causes file is a mapping of kinds to what is told of them"))
    problems = problems or list(CAUSE_SCHEMA.problems(document))
    for name, kind in document.value.items() if not problems else ():
        found = strangers(kind, vocabulary, {"symptom": "symptom", "remedies": "layer"})
        problems += [document.problem((name, *steps), message) for steps, message in found]
    if problems:
        raise RuleFileError(problems)
    checker = Checker(document, dict)
    kinds = {
        name: CauseKind(
            title=checker.template((name, "title"), {"key": ANY, "count": ANY}),
            symptom=kind["symptom"],
            remedies=kind["remedies"],
            why=kind.get("why", ""),
        )
        for name, kind in document.value.items()
    }
    if checker.problems:
        raise RuleFileError(checker.problems)
    return kinds


def unknown_kinds(document: YamlText, known: Collection[str]) -> list[RuleFileProblem]:
    """Return a problem for every kind of cause in a rule file that no causes file has."""
    return [
        document.problem(("cause", kind), f"there is no kind of cause `{kind}`{near(kind, known)}", key=True)
        for kind in document.value.get("cause", {})
        if kind not in known
    ]
