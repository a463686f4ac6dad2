"""Declared routers checked where they stand: columns, references and expressions, beyond the JSON Schema."""

from collections.abc import Iterator, Mapping
from typing import Any

from linter.engine.checker import hinted
from linter.engine.errors import RuleFileProblem, near
from linter.engine.growth import GROWS, grows_too_much
from linter.engine.library import library_arities
from linter.engine.names import Reading
from linter.engine.shape import ANY, Shape
from linter.engine.syntax import mistake_in, parse
from linter.engine.yaml_text import YamlText
from linter.engine.yaml_values import Steps
from linter.routers.columns import known_columns
from linter.routers.expressions import ENTRY_NAMES, FILE_NAMES, HASH_NAMES, RouterFunctions
from linter.routers.mapping import TABLES, MappingError, parse_mapping, parts_of


def router_problems(document: YamlText) -> Iterator[RuleFileProblem]:
    """Yield what is wrong with the routers of a configuration whose structure is right."""
    for index, router in enumerate(document.value.get("routers", ())):
        steps: Steps = ("routers", index)
        problems = [
            problem
            for table in ("routers", *TABLES)
            if table in router
            for part, where in _parts(router[table], (*steps, table))
            for problem in _table_problems(document, where, table, part, router["files"])
        ]
        for number, recipe in enumerate(router.get("slots", {}).get("hashes", ())):
            where = (*steps, "slots", "hashes", number)
            problems += _expression_problems(document, where, recipe, HASH_NAMES)
        yield from problems or _other_problems(document, steps, router)


def _parts(table: Any, steps: Steps) -> Iterator[tuple[Mapping[str, Any], Steps]]:
    for index, part in enumerate(parts_of(table)):
        yield part, (*steps, index) if isinstance(table, list) else steps


def _table_problems(
    document: YamlText, steps: Steps, table: str, described: Mapping[str, Any], files: Mapping[str, Any]
) -> Iterator[RuleFileProblem]:
    name = described.get("file")
    if name is None and len(files) > 1:
        yield document.problem(steps, f"`file` is missing: one of {', '.join(files)}", key=True)
    elif name is not None and name not in files:
        yield document.problem((*steps, "file"), f"`files` has no `{name}`{near(name, files)}")
    if not described.get("at", "/").startswith("/"):
        yield document.problem((*steps, "at"), "a JSON pointer begins with `/`, or is empty")
    names = FILE_NAMES if table == "routers" else ENTRY_NAMES
    for column, expression in described.get("columns", {}).items():
        place = (*steps, "columns", column)
        if column not in known_columns(table):
            hint = near(column, known_columns(table))
            yield document.problem(place, f"unknown column `{column}` of {table}{hint}", key=True)
        yield from _expression_problems(document, place, expression, names)
    for key in ("key", "credential", "where"):
        if key in described:
            yield from _expression_problems(document, (*steps, key), described[key], ENTRY_NAMES)


def _expression_problems(
    document: YamlText, steps: Steps, expression: str, names: tuple[str, ...]
) -> Iterator[RuleFileProblem]:
    mistake = mistake_in(expression)
    if mistake:
        message, offset = mistake
        yield document.problem(steps, message, offset=offset)
        return
    if grows_too_much(parse(expression)):
        yield document.problem(steps, GROWS)
        return
    reading = Reading(library_arities(RouterFunctions))
    reading.shape(parse(expression), Shape(what="this expression", members=dict.fromkeys(names, ANY)))
    for misuse in reading.misuses:
        place = max(expression.find(misuse.name), 0)
        yield document.problem(steps, hinted(misuse, expression), offset=place)


def _other_problems(document: YamlText, steps: Steps, router: Mapping[str, Any]) -> Iterator[RuleFileProblem]:
    """Ask the reader itself, which knows all that it expects, but not where."""
    try:
        parse_mapping(router)
    except MappingError as error:
        yield document.problem(steps, str(error))
