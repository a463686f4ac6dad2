"""Rule files of packs that are to be tested, with what the rest of their packs gives them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from linter.engine.causes import read_causes, unknown_kinds
from linter.engine.compile_pack import in_order, read_params, read_shared, unknown_ids
from linter.engine.errors import RuleFileError, RuleFileProblem
from linter.engine.pack import CAUSES, PARAMS, SHARED, yaml_files
from linter.engine.rule_file import RuleFile, load_rule
from linter.engine.vocabulary import Vocabulary
from linter.engine.yaml_text import decoded
from linter.files import SMALL, read_bytes


class RulesToTest(NamedTuple):
    """Rule files in the order of their paths, and the params that they share with their packs."""

    files: tuple[RuleFile, ...]
    params: dict[str, Any]


def rules_to_test(paths: Sequence[Path], packs: Sequence[Path], vocabulary: Vocabulary) -> RulesToTest:
    """Read the rule files at and below some paths.

    They may name the rules and params of their own pack and of those in `packs`, whose rules are not read.
    Raises RuleFileError with the problems of all files, OSError when a file cannot be read.
    """
    folders = list(dict.fromkeys([*packs, *(_pack_of(path) for path in paths)]))
    known = {path.stem: path for folder in reversed(folders) for path in _rule_paths(folder)}
    problems: list[RuleFileProblem] = []
    params = read_shared(read_params, _texts(folders, PARAMS), problems)
    kinds = read_shared(
        lambda path, text: read_causes(path, text, vocabulary), _texts(folders, CAUSES), problems
    )
    files: list[RuleFile] = []
    for path in dict.fromkeys(path for named in paths for path in _rule_paths(named)):
        try:
            file = load_rule(path, vocabulary, params)
        except RuleFileError as error:
            problems += error.problems
            continue
        files.append(file)
        problems += [*unknown_ids(file, known), *unknown_kinds(file.document, kinds)]
        if not (file.rule.replaces or path.samefile(known[path.stem])):
            why = f"{known[path.stem]} has this id already; `replaces: true` takes its place"
            problems.append(file.document.problem(("id",), why))
    in_order({file.rule.id: file for file in files}, problems)
    if problems:
        raise RuleFileError(problems)
    return RulesToTest(tuple(files), params)


def _texts(folders: Sequence[Path], name: str) -> dict[Path, str]:
    paths = (folder / name for folder in folders)
    return {path: decoded(path, read_bytes(path, SMALL)) for path in paths if path.is_file()}


def _rule_paths(path: Path) -> Iterator[Path]:
    found = yaml_files(path) if path.is_dir() else [path]
    return (file for file in found if file.name not in SHARED)


def _pack_of(path: Path) -> Path:
    """Return the folder of the pack of a path: the nearest with shared files, two up at most."""
    folder = path if path.is_dir() else path.parent
    around = (folder, *folder.parents[:2])
    return next((near for near in around if any((near / name).is_file() for name in SHARED)), folder)
