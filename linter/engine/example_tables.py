"""The tables of a rule's examples: only those that exist, with only the columns that they have."""

from collections.abc import Collection, Iterator
from typing import Any

from linter.engine.errors import RuleFileProblem, near
from linter.engine.shape import Columns
from linter.engine.yaml_text import YamlText
from linter.engine.yaml_values import Steps


def example_problems(document: YamlText, columns: Columns) -> Iterator[RuleFileProblem]:
    """Yield a problem for everything in the examples of a rule that no snapshot has."""
    for kind, examples in document.value["examples"].items():
        for index, example in enumerate(examples or ()):
            for part in ("given", "fixed"):
                for table, rows in example.get(part, {}).items():
                    yield from _table(document, ("examples", kind, index, part, table), rows, columns)


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
    document: YamlText, steps: Steps, row: dict[str, Any], columns: Collection[str]
) -> Iterator[RuleFileProblem]:
    known = {column.partition(".")[0] for column in columns}
    table = next(step for step in reversed(steps) if isinstance(step, str))
    for column in row.keys() - known - {"at"}:
        message = f"there is no column `{column}` in {table}{near(column, known)}"
        yield document.problem((*steps, column), message, key=True)
