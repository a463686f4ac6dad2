"""What is known of the values in an expression before it is evaluated: their fields, their elements."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from linter.engine.columns import UNKNOWN, Column, Columns, constant, nullable, union


class Shape(NamedTuple):
    """What is known of a value.

    `members`: the fields of an object; `item`: the shape of a list's elements; both None: nothing is known.
    `tables`: the tables whose row it is; `origin`: the binding and fields that lead to it; `column`: its
    type, values and more.
    """

    what: str = ""
    members: Mapping[str, "Shape"] | None = None
    item: "Shape | None" = None
    tables: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    column: Column = UNKNOWN


ANY = Shape()


def list_of(item: Shape) -> Shape:
    """Return the shape of a list."""
    return Shape(what=f"a list of {item.what}" if item.what else "", item=item)


def scope_of(members: Mapping[str, Shape]) -> Shape:
    """Return the shape of the value against which a rule's expressions are evaluated."""
    return Shape(what="this rule", members=members)


@lru_cache(maxsize=256)
def root_of(columns: Callable[[], Columns], binding: str) -> Shape:
    """Return the shape of the snapshot, whose rows will be bound to a name; rules share most names."""
    members = {
        table: list_of(_record(table, names, (binding,))._replace(tables=(table,)))
        for table, names in columns().items()
    }
    return Shape(what="the snapshot", members={**members, "meta": meta_of(columns())})


def meta_of(columns: Columns) -> Shape:
    """Return the shape of `meta`."""
    return _record("meta", columns["meta"], ("meta",)) if "meta" in columns else ANY


def param_of(value: object) -> Shape:
    """Return the shape of a param, of which a configuration may set another value of the same type.

    A list of mappings can be joined as a table can.
    """
    if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
        members = {name: ANY for row in value for name in row}
        return Shape(what="a param", item=Shape(what="the param's rows", members=members))
    known = constant(value)
    return Shape(column=known._replace(values=())) if known.types & {"string", "number", "boolean"} else ANY


def _record(what: str, columns: Mapping[str, Column], origin: tuple[str, ...]) -> Shape:
    """Return the shape of an object."""
    members = {name: _value(f"{what}.{name}", column, (*origin, name)) for name, column in columns.items()}
    return Shape(what=what, members=members, origin=origin)


def _value(what: str, column: Column, origin: tuple[str, ...]) -> Shape:
    """Return the shape of a column."""
    if column.members is not None:
        found = _record(what, column.members, origin)._replace(column=column)
        return absent(found) if "null" in column.types else found
    if column.item is not None:
        return Shape(what=what, item=Shape(column=column.item), origin=origin, column=column)
    return Shape(origin=origin, column=column)


def absent(shape: Shape) -> Shape:
    """Return the shape of a row or object that may be null, and then all that is in it."""
    members = shape.members and {name: absent(member) for name, member in shape.members.items()}
    return shape._replace(members=members, column=nullable(shape.column))


def merged(shapes: list[Shape]) -> Shape:
    """Return what is known of a value that has one of several shapes."""
    if all(shape.item is not None for shape in shapes):
        return list_of(merged([shape.item or ANY for shape in shapes]))
    if not all(shape.members is not None and shape.tables for shape in shapes):
        return Shape(column=union([shape.column for shape in shapes]))
    rows = [shape.members or {} for shape in shapes]
    members: dict[str, Shape] = {}
    for name in dict.fromkeys(name for row in rows for name in row):
        found = [row[name] for row in rows if name in row]
        column = union([member.column for member in found])
        members[name] = found[-1]._replace(column=column if len(found) == len(rows) else nullable(column))
    tables = tuple(dict.fromkeys(table for shape in shapes for table in shape.tables))
    return Shape(" or ".join(tables), members, tables=tables, origin=shapes[0].origin)
