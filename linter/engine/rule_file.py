"""Rule files read into compiled rules."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from linter.engine.compile_rule import compile_rule
from linter.engine.errors import RuleFileError, RuleFileProblem
from linter.engine.example_tables import example_problems, with_saved
from linter.engine.rule import Rule
from linter.engine.structure import structure_problems
from linter.engine.vocabulary import Vocabulary
from linter.engine.yaml_text import YamlText, decoded, read_yaml
from linter.files import SMALL, read_bytes

_OF_A_RULE = re.compile(r"^(?:id|for|require)\s*:", re.MULTILINE)


class RuleFile(NamedTuple):
    """A rule with the text that it comes from, which holds its examples."""

    rule: Rule
    document: YamlText

    @property
    def examples(self) -> dict[str, list[dict[str, Any]]]:
        """The examples by `bad` and `good`."""
        return {"bad": [], "good": [], **self.document.value["examples"]}


def read_rule(path: Path, text: str, vocabulary: Vocabulary, shared_params: Mapping[str, Any]) -> RuleFile:
    """Read one rule file. Raises RuleFileError with every problem in it."""
    document = read_yaml(path, text)
    problems: list[RuleFileProblem] = structure_problems(document, vocabulary)
    if not problems:
        rule, problems = compile_rule(document, vocabulary, shared_params)
        problems += example_problems(document, vocabulary.columns())
        if not problems:
            return RuleFile(rule, document)
    if not _OF_A_RULE.search(text):  # whatever it is, none of it is quoted
        problems = [problem._replace(text="") for problem in problems]
    raise RuleFileError(problems)


def load_rule(path: Path, vocabulary: Vocabulary, shared_params: Mapping[str, Any]) -> RuleFile:
    """Read one rule file from disk, with the tables that its examples name. Raises RuleFileError, OSError."""
    file = read_rule(path, decoded(path, read_bytes(path, SMALL)), vocabulary, shared_params)
    return file._replace(document=with_saved(file.document, vocabulary))
