"""The files of a pack compiled together: shared params, kinds of causes, unique ids, the order of rules."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from linter.engine.cache import Kept, key_of
from linter.engine.durations import milliseconds, mistake_in_duration
from linter.engine.errors import RuleFileError, RuleFileProblem, near
from linter.engine.pack import CAUSES, PARAMS, SHARED, Pack
from linter.engine.rule import CauseKind, Rule
from linter.engine.vocabulary import Vocabulary
from linter.engine.yaml_text import YamlText, decoded, read_yaml

T = TypeVar("T")


class Checked(Protocol):
    """A rule, and the text that it comes from, for its places."""

    @property
    def rule(self) -> Rule:
        """The rule."""

    @property
    def document(self) -> YamlText:
        """Its file, parsed."""


class KeptRule(NamedTuple):
    """A rule that may have been compiled earlier; its text is parsed only for the place of a problem."""

    rule: Rule
    text: str

    @property
    def document(self) -> YamlText:
        """Its file, parsed once more."""
        return read_yaml(Path(self.rule.path), self.text)


def compile_pack(folders: Sequence[Path], files: Mapping[Path, bytes], base: Pack, kept: Kept) -> Pack:
    """Compile the files of packs, on top of the rules of another. Raises RuleFileError with all problems."""
    problems: list[RuleFileProblem] = []
    texts = {path: decoded(path, content) for path, content in files.items()}
    at_top = {path: text for path, text in texts.items() if path.parent in folders}
    params = read_shared(_kept(read_params, kept), _named(PARAMS, at_top), problems)
    causes = read_shared(_kept(_causes(base.vocabulary), kept), _named(CAUSES, at_top), problems)
    shared = {**base.params, **params}
    kinds = {**base.causes, **{name: CauseKind._make(kind) for name, kind in causes.items()}}
    own = {path: text for path, text in texts.items() if path.name not in SHARED or path not in at_top}
    read = _reader(base.vocabulary, shared, kinds, kept)
    rules: dict[str, KeptRule] = {}
    taken = {rule.id: rule for rule in base.rules}
    for path, text in own.items():
        try:
            file = KeptRule(read(path, text), text)
        except RuleFileError as error:
            problems += error.problems
            continue
        other = taken.get(file.rule.id)
        if other and not file.rule.replaces:
            why = f"{other.path} has this id already; `replaces: true` takes its place"
            problems.append(file.document.problem(("id",), why))
        elif file.rule.replaces and not other:
            problems.append(file.document.problem(("replaces",), "no pack before has a rule of this id"))
        taken[file.rule.id] = file.rule
        rules[file.rule.id] = file
    known = {*taken, *(path.stem for path in own)}  # a rule with a problem of its own is known all the same
    for file in rules.values():
        problems += unknown_ids(file, known)
    left = {rule.id: KeptRule(rule, "") for rule in base.rules if rule.id not in rules}
    replaced = len(left) < len(base.rules)
    ordered = in_order({**left, **rules} if replaced else rules, problems)
    if problems:
        raise RuleFileError(problems)
    return Pack(ordered if replaced else (*base.rules, *ordered), shared, base.vocabulary, kinds)


def _reader(
    vocabulary: Vocabulary, shared: Mapping[str, Any], kinds: Mapping[str, CauseKind], kept: Kept
) -> Callable[[Path, str], Rule]:
    """Return what gives the rule of a file: as it was compiled earlier with the same names, else compiled."""
    names = json.dumps([sorted(shared), sorted(kinds)])

    def read(path: Path, text: str) -> Rule:
        key = key_of("rule", path.name, names, text)
        try:
            return Rule._make(kept.get(key))._replace(path=str(path))
        except TypeError:  # nothing is kept, or not a rule
            from linter.engine.causes import unknown_kinds  # noqa: PLC0415 - the compiler, and its libraries
            from linter.engine.rule_file import read_rule  # noqa: PLC0415 - as above

            rule, document = read_rule(path, text, vocabulary, shared)
            problems = list(unknown_kinds(document, kinds))
            if problems:
                raise RuleFileError(problems) from None
            kept.put(key, tuple(rule))
            return rule

    return read


def _kept(read: Callable[[Path, str], dict[str, T]], kept: Kept) -> Callable[[Path, str], dict[str, T]]:
    def look(path: Path, text: str) -> dict[str, T]:
        key = key_of(path.name, text)
        value: dict[str, T] | None = kept.get(key)
        if value is None:
            value = read(path, text)
            kept.put(key, value)
        return value

    return look


def _causes(vocabulary: Vocabulary) -> Callable[[Path, str], dict[str, list[Any]]]:
    def read(path: Path, text: str) -> dict[str, list[Any]]:
        from linter.engine.causes import read_causes  # noqa: PLC0415 - as below

        return {name: list(kind) for name, kind in read_causes(path, text, vocabulary).items()}

    return read


def _named(name: str, texts: Mapping[Path, str]) -> dict[Path, str]:
    return {path: text for path, text in texts.items() if path.name == name}


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


def unknown_ids(file: Checked, known: Collection[str]) -> list[RuleFileProblem]:
    """Return a problem for every id in `yields_to` that no rule has."""
    return [
        file.document.problem(("yields_to", index), f"there is no rule `{other}`{near(other, known)}")
        for index, other in enumerate(file.rule.yields_to)
        if other not in known
    ]


def in_order(files: Mapping[str, Checked], problems: list[RuleFileProblem]) -> tuple[Rule, ...]:
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
