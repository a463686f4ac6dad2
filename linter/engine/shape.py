"""What is known of the values in an expression before it is evaluated: their fields, their elements."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

Columns = Mapping[str, Collection[str]]
"""The columns of each table; dotted names describe the objects inside a column."""


class Shape(NamedTuple):
    """What is known of a value.

    `members`: the fields of an object; `item`: the shape of a list's elements; both None: nothing is known.
    `tables`: the tables whose row it is; `origin`: the binding and fields that lead to it.
    """

    what: str = ""
    members: Mapping[str, "Shape"] | None = None
    item: "Shape | None" = None
    tables: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()


ANY = Shape()


def list_of(item: Shape) -> Shape:
    """Return the shape of a list."""
    return Shape(what=f"a list of {item.what}" if item.what else "", item=item)


def scope_of(members: Mapping[str, Shape]) -> Shape:
    """Return the shape of the value against which a rule's expressions are evaluated."""
    return Shape(what="this rule", members=members)


def root_of(columns: Columns, binding: str) -> Shape:
    """Return the shape of the snapshot, whose rows will be bound to a name."""
    members = {
        table: list_of(_record(table, names, (binding,))._replace(tables=(table,)))
        for table, names in columns.items()
    }
    return Shape(what="the snapshot", members={**members, "meta": meta_of(columns)})


def meta_of(columns: Columns) -> Shape:
    """Return the shape of `meta`."""
    return _record("meta", columns["meta"], ("meta",)) if "meta" in columns else ANY


def _record(what: str, columns: Iterable[str], origin: tuple[str, ...]) -> Shape:
    """Return the shape of an object; dotted columns describe the objects inside it."""
    inner: dict[str, list[str]] = {}
    for column in columns:
        name, _, rest = column.partition(".")
        inner.setdefault(name, []).extend([rest] if rest else [])
    members = {}
    for name, rests in inner.items():
        way = (*origin, name) if origin else ()
        members[name] = _record(f"{what}.{name}", rests, way) if rests else Shape(origin=way)
    return Shape(what=what, members=members, origin=origin)


def merged(shapes: list[Shape]) -> Shape:
    """Return what is known of a value that has one of several shapes."""
    if all(shape.item is not None for shape in shapes):
        return list_of(merged([shape.item or ANY for shape in shapes]))
    if not all(shape.members is not None and shape.tables for shape in shapes):
        return ANY
    members: dict[str, Shape] = {}
    for shape in shapes:
        members.update(shape.members or {})
    tables = tuple(dict.fromkeys(table for shape in shapes for table in shape.tables))
    return Shape(" or ".join(tables), members, tables=tables, origin=shapes[0].origin)
