"""The files of a pack compiled together: shared params, kinds of causes, unique ids, the order of rules."""

from collections.abc import Callable, Collection, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, TypeVar

from linter.engine.causes import read_causes, unknown_kinds
from linter.engine.durations import milliseconds, mistake_in_duration
from linter.engine.errors import RuleFileError, RuleFileProblem, near
from linter.engine.rule import CauseKind, Rule
from linter.engine.rule_file import RuleFile, read_rule
from linter.engine.vocabulary import Vocabulary
from linter.engine.yaml_text import read_yaml

T = TypeVar("T")


def compile_pack(
    rules: Mapping[Path, str],
    params: Mapping[Path, str],
    causes: Mapping[Path, str],
    vocabulary: Vocabulary,
) -> tuple[tuple[Rule, ...], dict[str, Any], dict[str, CauseKind]]:
    """Compile the texts of rule files, of params files and of causes files.

    Raises RuleFileError with all problems.
    """
    problems: list[RuleFileProblem] = []
    shared = read_shared(read_params, params, problems)
    kinds = read_shared(read_causes, causes, problems)
    files: dict[str, RuleFile] = {}
    for path, text in rules.items():
        try:
            file = read_rule(path, text, vocabulary, shared)
        except RuleFileError as error:
            problems += error.problems
            continue
        other = files.setdefault(file.rule.id, file)
        if other is not file:
            problems.append(file.document.problem(("id",), f"{other.rule.path} has this id already"))
    known = set(files) | {
        path.stem for path in rules
    }  # a rule with a problem of its own is known all the same
    for file in files.values():
        problems += [*unknown_ids(file, known), *unknown_kinds(file.document, kinds)]
    ordered = in_order(files, problems)
    if problems:
        raise RuleFileError(problems)
    return ordered, shared, kinds


def read_shared(
    read: Callable[[Path, str], dict[str, T]], texts: Mapping[Path, str], problems: list[RuleFileProblem]
) -> dict[str, T]:
    """Return what the rules of several packs share, a later pack's before an earlier one's; note problems."""
    shared: dict[str, T] = {}
    for path, text in texts.items():
        try:
            shared |= read(path, text)
        except RuleFileError as error:
            problems += error.problems
    return shared


def read_params(path: Path, text: str) -> dict[str, Any]:
    """Read a file of shared params: a mapping of names to values. Raises RuleFileError."""
    document = read_yaml(path, text)
    if document.problems:
        raise RuleFileError(document.problems)
    if not isinstance(document.value, dict):
        raise RuleFileError([document.problem((), "a params file is a mapping of names to values")])
    mistakes = {name: mistake_in_duration(value) for name, value in document.value.items()}
    problems = [document.problem((name,), mistake) for name, mistake in mistakes.items() if mistake]
    if problems:
        raise RuleFileError(problems)
    return {name: milliseconds(value) for name, value in document.value.items()}


def unknown_ids(file: RuleFile, known: Collection[str]) -> list[RuleFileProblem]:
    """Return a problem for every id in `yields_to` that no rule has."""
    return [
        file.document.problem(("yields_to", index), f"there is no rule `{other}`{near(other, known)}")
        for index, other in enumerate(file.rule.yields_to)
        if other not in known
    ]


def in_order(files: Mapping[str, RuleFile], problems: list[RuleFileProblem]) -> tuple[Rule, ...]:
    """Return the rules so that each comes after those that it yields to; a cycle is a problem."""
    sorter = TopologicalSorter({name: file.rule.yields_to for name, file in sorted(files.items())})
    try:
        order = list(sorter.static_order())
    except CycleError as error:
        cycle = error.args[1]
        document = files[cycle[1]].document
        problems.append(
            document.problem(("yields_to",), f"rules yield in a circle: {' -> '.join(reversed(cycle))}")
        )
        return ()
    return tuple([files[name].rule for name in order if name in files])
