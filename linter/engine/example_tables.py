"""The tables of a rule's examples: only those that exist, with only the columns that they have."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from linter.engine.columns import Column, Columns
from linter.engine.comparable import Known, impossible
from linter.engine.errors import RuleFileError, RuleFileProblem, near
from linter.engine.vocabulary import Vocabulary
from linter.engine.yaml_text import YamlText
from linter.engine.yaml_values import Steps
from linter.files import UnusableFileError

SAVED = "snapshot"
"""The key of an example's tables that names a file with more."""


def example_problems(document: YamlText, columns: Columns) -> Iterator[RuleFileProblem]:
    """Yield a problem for everything in the examples of a rule that no snapshot has."""
    for kind, examples in document.value["examples"].items():
        for index, example in enumerate(examples or ()):
            for part in ("given", "fixed"):
                for table, rows in example.get(part, {}).items():
                    if (part, table) != ("given", SAVED):
                        yield from _table(document, ("examples", kind, index, part, table), rows, columns)


def with_saved(document: YamlText, vocabulary: Vocabulary) -> YamlText:
    """Return a rule file whose examples have the tables of the files that they name, below the file's folder.

    What an example gives itself goes before them, and is what `written` keeps of it for people. Raises
    RuleFileError for a file that cannot be used.
    """
    problems: list[RuleFileProblem] = []
    value = deepcopy(document.value)
    for kind, examples in value["examples"].items():
        for index, example in enumerate(examples or ()):
            given = example["given"]
            if SAVED not in given or vocabulary.saved is None:
                continue
            try:
                tables = vocabulary.saved(_below(document.path.parent, given[SAVED]))
            except (OSError, UnusableFileError) as error:
                problems.append(document.problem(("examples", kind, index, "given", SAVED), str(error)))
                continue
            own = {table: rows for table, rows in given.items() if table != SAVED}
            meta = {**tables["meta"], **own.get("meta", {})}
            example.update(given={**tables, **own, "meta": meta}, written=given)
    if problems:
        raise RuleFileError(problems)
    return document._replace(value=value)


def _below(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise UnusableFileError(f"`{name}` is not below the folder of the rule")
    return path


def _table(document: YamlText, steps: Steps, rows: Any, columns: Columns) -> Iterator[RuleFileProblem]:
    table = str(steps[-1])
    if table not in columns:
        yield document.problem(steps, f"there is no table `{table}`{near(table, columns)}", key=True)
    elif isinstance(rows, list) is (table == "meta"):
        yield document.problem(
            steps, f"`{table}` must be {'one mapping' if table == 'meta' else 'a list of rows'}"
        )
    elif table == "meta":
        yield from _row(document, steps, rows, columns[table])
    else:
        for index, row in enumerate(rows):
            yield from _row(document, (*steps, index), row, columns[table])


def _row(
    document: YamlText, steps: Steps, row: Any, columns: Mapping[str, Column]
) -> Iterator[RuleFileProblem]:
    where = ".".join(str(step) for step in steps[4:] if isinstance(step, str))
    if not isinstance(row, dict):
        yield document.problem(steps, f"a row of {where} is a mapping of columns to values")
        return
    for name, value in row.items():
        place: Steps = (*steps, name)
        if name == "at":
            continue
        if name not in columns:
            message = f"there is no column `{name}` in {where}{near(name, columns)}"
            yield document.problem(place, message, key=True)
        elif why := impossible(Known(f"`{where}.{name}`", columns[name]), value):
            yield document.problem(place, why)
        else:
            yield from _inside(document, place, value, columns[name])


def _inside(document: YamlText, steps: Steps, value: Any, column: Column) -> Iterator[RuleFileProblem]:
    """Yield what is wrong inside an object or a list."""
    if isinstance(value, dict) and column.members is not None:
        yield from _row(document, steps, value, column.members)
    elif isinstance(value, list) and column.item is not None:
        for index, each in enumerate(value):
            if why := impossible(Known(f"an element of `{steps[-1]}`", column.item), each):
                yield document.problem((*steps, index), why)
