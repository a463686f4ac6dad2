"""The expressions, templates and paths of a rule file: parsed, every name checked, every mistake noted."""

import re
from collections.abc import Callable, Collection
from itertools import pairwise
from typing import Any

from linter.engine.columns import Columns
from linter.engine.comparable import unequal
from linter.engine.errors import RuleFileProblem, near
from linter.engine.growth import GROWS, grows_too_much
from linter.engine.names import Misuse, Reading, known
from linter.engine.rule import Expression, Path, Template
from linter.engine.shape import ANY, Shape, root_of, scope_of
from linter.engine.syntax import Node, inlined, mistake_in, names, parse
from linter.engine.template import Hole, TemplateError, split
from linter.engine.yaml_text import YamlText
from linter.engine.yaml_values import Steps

Names = dict[str, Shape]
"""What the names in scope stand for."""

_NOTHING = ["literal", None]
_NEVER = ["literal", False]
_OF_UNIQUE = ("others", "rows")


class Checker:
    """Reads the values of one rule file; `problems` and `mentions` grow with what is read."""

    def __init__(
        self, document: YamlText, columns: Callable[[], Columns], references: Collection[str] = ()
    ) -> None:
        from linter.engine.library import arities  # noqa: PLC0415 - imports jmespath

        self.problems: list[RuleFileProblem] = []
        self._document = document
        self._columns = columns
        self._references = references
        self._arities = arities()
        self._mentions: set[tuple[str, ...]] = set()
        self._lets: dict[str, tuple[Shape, Node]] = {}

    def at(self, steps: Steps) -> Any:
        """Return a value of the rule file; None when it is not there."""
        value = self._document.value
        for step in steps:
            if isinstance(step, int):
                value = value[step]
            else:
                value = value.get(step) if isinstance(value, dict) else None
        return value

    def complain(self, steps: Steps, message: str, *, offset: int | None = None, key: bool = False) -> None:
        """Note a problem at a value, or at its key."""
        self.problems.append(self._document.problem(steps, message, offset=offset, key=key))

    def claim(self, steps: Steps, name: str, scope: Names, *, key: bool = True) -> None:
        """Check that a name is free in a scope."""
        if name in _OF_UNIQUE:
            self.complain(steps, f"`{name}` is what `unique` binds; choose another name", key=key)
        elif name in scope:
            self.complain(steps, f"`{name}` is already taken; choose another name", key=key)

    def define(self, steps: Steps, scope: Names) -> None:
        """Read a name of `let`, which then stands for its expression."""
        name = str(steps[-1])
        self.claim(steps, name, scope)
        expression, shape = self._read(steps, self.at(steps), scope_of(scope))
        scope[name] = shape = shape._replace(tables=())
        self._lets[name] = shape, expression["ast"]

    def places(self, scope: Names) -> Names:
        """Return the names that stand for rows."""
        without = {"meta", "params", *self._lets}
        return {name: shape for name, shape in scope.items() if name not in without}

    def rows(self, steps: Steps, text: str, binding: str, scope: Names) -> tuple[Expression, Shape]:
        """Read an expression that gives rows of a table, or of a param; return it with a row's shape."""
        mistakes = len(self.problems)
        root = root_of(self._columns, binding)
        members = {"params": scope["params"], **(root.members or {})}
        expression, shape = self._read(steps, text, root._replace(members=members))
        row = shape.item or ANY
        if not row.tables and expression["names"] != ["params"] and len(self.problems) == mistakes:
            self.complain(steps, "this does not give rows of a table")
        return expression, row

    def joined(
        self, steps: Steps, row: Shape, scope: Names, column_name: str = ""
    ) -> tuple[Expression, Expression]:
        """Read `column: expression`, which must be equal for a row to be joined."""
        column, there = self._read(steps, column_name or str(steps[-1]), row, key=True)
        value, here = self._read(steps, self.at(steps), scope_of(scope))
        self._refuse(steps, unequal(known(column["ast"], there), known(value["ast"], here)), key=True)
        return column, value

    def agreeing(self, steps: Steps, scope: Names) -> list[Expression]:
        """Read expressions whose values must be equal."""
        read = [
            self._read((*steps, index), self.at((*steps, index)), scope_of(scope))
            for index in range(len(self.at(steps)))
        ]
        (first, one), *others = read
        for index, (expression, other) in enumerate(others, 1):
            why = unequal(known(first["ast"], one), known(expression["ast"], other))
            self._refuse((*steps, index), why)
        return [expression for expression, _ in read]

    def condition(self, steps: Steps, scope: Names, *, null_holds: bool = False) -> Expression:
        """Read an expression that is true for some rows only."""
        mistakes = len(self.problems)
        read, shape = self._read(steps, self.at(steps), scope_of(scope))
        if (
            null_holds
            and shape.origin
            and "null" in shape.column.types
            and "boolean" not in shape.column.types
        ):
            why = f"where `{read['text']}` is null, this holds; add `nulls: violate` if it must be there"
            self.complain(steps, why)
        if (
            not read["names"]
            and read["ast"] != _NEVER
            and "&" not in read["text"]
            and len(self.problems) == mistakes
        ):
            self.complain(steps, f"`{read['text']}` is the same for every row: it reads nothing")
        return read

    def optional_condition(self, steps: Steps, scope: Names) -> Expression | None:
        """Read a condition that may be left out."""
        return None if self.at(steps) is None else self.condition(steps, scope)

    def conditions(self, steps: Steps, scope: Names) -> list[Expression]:
        """Read one condition or a list of them; none when left out."""
        given = self.at(steps)
        if isinstance(given, list):
            return [self.condition((*steps, index), scope) for index in range(len(given))]
        return [] if given is None else [self.condition(steps, scope)]

    def expression(self, steps: Steps, scope: Names) -> Expression:
        """Read an expression over the names in scope."""
        return self._read(steps, self.at(steps), scope_of(scope))[0]

    def optional(self, steps: Steps, scope: Names) -> Expression | None:
        """Read an expression that may be left out."""
        return None if self.at(steps) is None else self.expression(steps, scope)

    def expressions(self, steps: Steps, scope: Names) -> list[Expression]:
        """Read one expression or a list of them; none when left out."""
        given = self.at(steps)
        if isinstance(given, list):
            return [self.expression((*steps, index), scope) for index in range(len(given))]
        return [] if given is None else [self.expression(steps, scope)]

    def template(self, steps: Steps, scope: Names, *, command: bool = False) -> Template:
        """Read a template; one that is left out is empty. In a command, text of the state must be quoted."""
        try:
            parts = split(self.at(steps) or "")
        except TemplateError as error:
            self.complain(steps, str(error), offset=error.offset)
            return []
        for part, following in pairwise(parts):
            if isinstance(part, str) and part.endswith("$") and isinstance(following, Hole):
                self.complain(
                    steps, f"`$` is printed; write `{{{following.text}}}`", offset=following.offset - 2
                )
        for name in re.findall(r"\{\{\s*([\w.]+)\s*\}\}", self.at(steps) or ""):
            if name.partition(".")[0] in scope:
                self.complain(
                    steps, f"`{{{{{name}}}}}` prints `{{{name}}}`; write `{{{name}}}` for its value"
                )
        if self._document.is_cut(steps):
            self.complain(steps, "a comment ends this text; quote the text, or give the comment its own line")
        return [self._part(steps, part, scope, command=command) for part in parts]

    def optional_template(self, steps: Steps, scope: Names) -> Template | None:
        """Read a template that may be left out."""
        return None if self.at(steps) is None else self.template(steps, scope)

    def edited(self, steps: Steps, text: str, scope: Names, *, key: bool = False) -> Path:
        """Read a path to what a fix changes: only what a file holds."""
        return self._stored(steps, self._way(steps, text, scope, key=key), edit=True, key=key)

    def named(self, steps: Steps, text: str, scope: Names) -> Path:
        """Read a key that is a path, to whatever it leads."""
        return self._way(steps, text, scope, key=True)[0]

    def path(self, steps: Steps, text: str, scope: Names, *, key: bool = False) -> Path:
        """Read `name.field`, which names a place and is not computed."""
        return self._stored(steps, self._way(steps, text, scope, key=key), edit=False, key=key)

    def _stored(self, steps: Steps, found: tuple[Path, Shape], *, edit: bool, key: bool) -> Path:
        path, way = found
        named = ".".join(path)
        if not way.column.raw and (edit or path[-1] not in self._references):
            able = "no fix can change it" if edit else f"no file holds it; point at `{'.'.join(path[:-1])}`"
            self.complain(steps, f"`{named}` is derived: {able}", key=key)
        return path

    def _way(self, steps: Steps, text: str, scope: Names, *, key: bool) -> tuple[Path, Shape]:
        way = scope_of(self.places(scope))
        path = text.split(".")
        for name in path:
            way = way.item or way
            if way.members is not None and name not in way.members:
                message = f"unknown name `{name}` in {way.what}{near(name, way.members)}"
                self.complain(steps, message, offset=text.find(name), key=key)
                break
            way = ANY if way.members is None else way.members[name]
        if len(path) > 1:
            self._mentions.add(tuple(path))
        return path, way.item or way

    def mentions(self, scope: Names) -> dict[str, list[str]]:
        """Return the columns that were read so far, by name in scope."""
        result: dict[str, list[str]] = {}
        for binding, *fields in sorted(self._mentions):
            if binding in scope:
                result.setdefault(binding, []).append(".".join(fields))
        return result

    def _refuse(self, steps: Steps, why: str | None, *, key: bool = False) -> None:
        if why:
            self.complain(steps, why, key=key)

    def _part(self, steps: Steps, part: str | Hole, scope: Names, *, command: bool) -> str | Expression:
        if isinstance(part, str):
            return part
        read, shape = self._read(steps, part.text, scope_of(scope), part.offset)
        bare = read["ast"][0] in ("field", "subexpression") and not shape.column.values
        if command and bare and "string" in shape.column.types:
            why = f"a shell would read what is in `{read['text']}`; write {{quote({read['text']})}}"
            self.complain(steps, why, offset=part.offset)
        return read

    def _read(
        self, steps: Steps, text: str, scope: Shape, offset: int = 0, *, key: bool = False
    ) -> tuple[Expression, Shape]:
        """Parse an expression and check its names; `offset` is where it starts in the value."""
        line, column = self._document.place(steps)
        result = Expression(text=text.strip(), ast=_NOTHING, line=line, column=column, names=[])
        mistake = mistake_in(text)
        if mistake:
            message, position = mistake
            self.complain(steps, message, offset=offset + position, key=key)
            return result, ANY
        tree = parse(text)
        lets = {name: node for name, (shape, node) in self._lets.items() if _stands_for(scope, name, shape)}
        whole = inlined(tree, lets) if lets else tree
        if grows_too_much(whole):
            self.complain(steps, GROWS, offset=offset, key=key)
            return result, ANY
        result["ast"] = whole
        result["names"] = sorted(names(result["ast"]))
        reading = Reading(self._arities)
        shape = reading.shape(tree, scope)
        for misuse in reading.misuses:
            place = offset + max(text.find(misuse.name), 0)
            self.complain(steps, hinted(misuse, text), offset=place, key=key)
        self._mentions |= reading.mentions
        return result, shape


def _stands_for(scope: Shape, name: str, shape: Shape) -> bool:
    return scope.members is not None and scope.members.get(name) is shape


def hinted(misuse: Misuse, text: str) -> str:
    """Return the message, with what was probably meant by a name in an expression."""
    if f'"{misuse.name}"' in text:
        return f"{misuse.message} (double quotes make a name; text stands in single quotes: '{misuse.name}')"
    literal = {"none": "null"}.get(misuse.name.lower(), misuse.name.lower())
    if literal in ("true", "false", "null"):
        return f"{misuse.message} (a literal stands in backticks: `{literal}`)"
    return misuse.message
