"""Which names an expression may use: columns, bindings and functions, checked before a rule runs."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from linter.engine.calls import misfit, result_of
from linter.engine.columns import UNKNOWN, Column, constant
from linter.engine.comparable import Known, in_words, literal, unequal, unordered
from linter.engine.errors import near
from linter.engine.shape import ANY, Shape, list_of, merged
from linter.engine.syntax import Node

_KEEPS_FIRST = frozenset(
    {"sort_by", "sorted", "distinct", "without", "reverse", "not_null", "coalesce", "max_by", "min_by"}
)

Arities = Mapping[str, tuple[int, int | None]]
"""How few and how many arguments (None: any number) each function takes."""

_FILTER_HINT = "; `[? ]` sees the element only: use `match`, `where` or `when` for other names"

_BOUND_LOOSER_THAN_NOT = frozenset(
    {
        "subexpression",
        "index_expression",
        "filter_projection",
        "projection",
        "value_projection",
        "flatten",
    }
)


class Misuse(NamedTuple):
    """A name that does not exist; `name` is what to point at in the expression."""

    name: str
    message: str


def known(node: Node, shape: Shape) -> Known:
    """Return what is known of a part of an expression, and how messages call it."""
    column = shape.column
    if shape.item is not None and column == UNKNOWN:
        column = Column(frozenset({"array"}), item=shape.item.column)
    if node[0] == "literal":
        return Known(literal(node[1]), column, constant=True)
    written_out = node[0] == "multi_select_list" and all(child[0] == "literal" for child in node[2:])
    name = ".".join(shape.origin) or (f"{node[1]}()" if node[0] == "function_expression" else pointed(node))
    return Known(f"`{name}`", column, written_out)


def typed(types: str) -> Shape:
    """Return the shape of a value of some types, with bars between them."""
    return Shape(column=Column(frozenset(types.split("|"))))


def pointed(node: Node) -> str:
    """Return what to look for in the text to point at a part of an expression."""
    if node[0] == "literal":
        return str(node[1]) if isinstance(node[1], str) else ""
    if node[0] in ("field", "function_expression"):
        return str(node[1])
    return next(
        (found for child in reversed(node[2:]) if isinstance(child, list) and (found := pointed(child))), ""
    )


_Visit = Callable[[Node, Shape], Shape]


class Reading:
    """One pass over an expression: collects misused names, and the fields that are read from each binding."""

    def __init__(self, arities: Arities) -> None:
        self._arities = arities
        self._filtered = False
        self.misuses: list[Misuse] = []
        self.mentions: set[tuple[str, ...]] = set()

    def shape(self, node: Node, scope: Shape) -> Shape:
        """Return the shape of the expression's value in a scope."""
        if node[0] in _BOUND_LOOSER_THAN_NOT and node[2][0] == "not_expression":
            said = "`!a.b` and `!a[0]` mean `(!a).b` and `(!a)[0]`; write `!(a.b)`"
            self.misuses.append(Misuse(f"!{pointed(node[2])}", said))
            return ANY
        visit: _Visit | None = getattr(self, f"visit_{node[0]}", None)
        return visit(node, scope) if visit else ANY

    def visit_field(self, node: Node, scope: Shape) -> Shape:
        """Look a name up in what the scope is known to hold."""
        name = node[1]
        if scope.item is not None:
            self.misuses.append(
                Misuse(name, f"{scope.what or 'a list'} has no field `{name}`; use `[].{name}`")
            )
            return ANY
        if scope.members is not None and name not in scope.members:
            hint = near(name, scope.members) or (_FILTER_HINT if self._filtered else "")
            self.misuses.append(Misuse(name, f"unknown name `{name}` in {scope.what}{hint}"))
            return ANY
        if scope.members is None and "object" not in scope.column.types:
            what = f"`{'.'.join(scope.origin)}`" if scope.origin else "this"
            self.misuses.append(
                Misuse(name, f"{what} is {in_words(scope.column.types - {'null'})} and has no field `{name}`")
            )
        found = ANY if scope.members is None else scope.members[name]
        origin = found.origin or ((*scope.origin, name) if scope.origin else ())
        if len(origin) > 1:
            self.mentions.add(origin)
        return found._replace(origin=origin)

    def visit_subexpression(self, node: Node, scope: Shape) -> Shape:
        """Read `a.b`: each part in the scope of the one before."""
        for child in node[2:]:
            scope = self.shape(child, scope)
        return scope

    visit_index_expression = visit_subexpression
    visit_pipe = visit_subexpression

    def visit_current(self, _node: Node, scope: Shape) -> Shape:
        """Read `@`."""
        return scope

    visit_identity = visit_current

    def visit_index(self, _node: Node, scope: Shape) -> Shape:
        """Read `list[0]`."""
        return self._item(scope)

    def visit_slice(self, _node: Node, scope: Shape) -> Shape:
        """Read `list[1:]`."""
        self._item(scope)
        return scope

    def visit_filter_projection(self, node: Node, scope: Shape) -> Shape:
        """Read `list[?condition].rest`."""
        item = self._item(self.shape(node[2], scope))
        outside, self._filtered = self._filtered, True
        self.shape(node[4], item)
        self._filtered = outside
        return list_of(self.shape(node[3], item))

    def visit_projection(self, node: Node, scope: Shape) -> Shape:
        """Read `list[*].rest`."""
        return list_of(self.shape(node[3], self._item(self.shape(node[2], scope))))

    def visit_value_projection(self, node: Node, scope: Shape) -> Shape:
        """Read `object.*`."""
        self.shape(node[2], scope)
        return list_of(self.shape(node[3], ANY))

    def visit_flatten(self, node: Node, scope: Shape) -> Shape:
        """Read `list[]`."""
        item = self._item(self.shape(node[2], scope))
        return list_of(item.item or item)

    def visit_expref(self, node: Node, scope: Shape) -> Shape:
        """Read `&a`, which only the functions that take an expression can use."""
        self.misuses.append(
            Misuse("&", "`&` goes before an argument of sort_by(), max_by(), min_by() or map()")
        )
        return self.shape(node[2], scope)

    def visit_literal(self, node: Node, _scope: Shape) -> Shape:
        """Read a literal."""
        return Shape(column=constant(node[1]))

    def visit_comparator(self, node: Node, scope: Shape) -> Shape:
        """Read a comparison, whose value has no fields."""
        left, right = [known(child, self.shape(child, scope)) for child in node[2:]]
        why = (unequal if node[1] in ("eq", "ne") else unordered)(left, right)
        if node[2] == node[3]:
            why = f"both sides are {left.text}"
        if why:
            self.misuses.append(Misuse(pointed(node[3]) or pointed(node[2]), why))
        return typed("boolean") if node[1] in ("eq", "ne") else typed("boolean|null")

    def visit_not_expression(self, node: Node, scope: Shape) -> Shape:
        """Read `!a`."""
        self.shape(node[2], scope)
        return typed("boolean")

    def visit_and_expression(self, node: Node, scope: Shape) -> Shape:
        """Read `a && b`, whose value is the second where it counts."""
        self.shape(node[2], scope)
        return self.shape(node[3], scope)._replace(column=UNKNOWN)

    def visit_or_expression(self, node: Node, scope: Shape) -> Shape:
        """Read `a || b`, whose value is either."""
        return merged([self.shape(child, scope) for child in node[2:]])

    def visit_multi_select_list(self, node: Node, scope: Shape) -> Shape:
        """Read `[a, b]`."""
        return list_of(merged([self.shape(child, scope) for child in node[2:]]))

    def visit_multi_select_dict(self, node: Node, scope: Shape) -> Shape:
        """Read `{a: b}`."""
        return Shape(what="the object", members={pair[1]: self.shape(pair[2], scope) for pair in node[2:]})

    def visit_function_expression(self, node: Node, scope: Shape) -> Shape:
        """Read a call."""
        name, arguments = node[1], node[2:]
        self._check_call(name, len(arguments))
        if name in ("matches", "capture") and arguments[1:] and arguments[1][0] == "literal":
            self._check_pattern(arguments[1][1])
        shapes = [self.shape(argument, scope) for argument in arguments if argument[0] != "expref"]
        first = shapes[0] if shapes else ANY
        for argument in arguments:
            if argument[0] == "expref":
                lists = [shape for shape in shapes if shape.item is not None]
                self.shape(argument[2], lists[0].item or ANY if lists else ANY)
        if len(shapes) == len(arguments):
            found = [known(argument, shape) for argument, shape in zip(arguments, shapes, strict=True)]
            why = misfit(name, found)
            if why:
                self.misuses.append(Misuse(pointed(arguments[-1]) or pointed(arguments[0]) or name, why))
        if name in ("max_by", "min_by"):
            return first.item or ANY
        result = result_of(name)
        item = result.item and Shape(column=result.item)
        return first if name in _KEEPS_FIRST else Shape(column=result, item=item)

    def _check_call(self, name: str, count: int) -> None:
        if name not in self._arities:
            self.misuses.append(Misuse(name, f"unknown function `{name}`{near(name, self._arities)}"))
            return
        least, most = self._arities[name]
        if count < least or (most is not None and count > most):
            wanted = f"at least {least}" if most is None else str(least)
            self.misuses.append(Misuse(name, f"{name}() takes {wanted} arguments, not {count}"))

    def _check_pattern(self, pattern: object) -> None:
        from linter.engine.patterns import mistake_in_pattern  # noqa: PLC0415 - not when rules come compiled

        mistake = mistake_in_pattern(pattern) if isinstance(pattern, str) else None
        if mistake:
            self.misuses.append(Misuse(str(pattern), mistake))

    def _item(self, shape: Shape) -> Shape:
        if shape.members is not None:
            self.misuses.append(Misuse("[", f"{shape.what} is not a list; after `[]` filter with `| [?...]`"))
        return shape.item or ANY
