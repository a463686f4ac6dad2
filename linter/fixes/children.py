"""Children of one JSON object or array changed in its text, in the layout that is there."""

import re
from collections.abc import Mapping, Sequence

from linter.fixes.container import Container, New, Replacement
from linter.fixes.removal import remove_children
from linter.fixes.style import line_indent

_REST_OF_LINE = re.compile(r"(?:[ \t]*/\*[^\n]*?\*/)*[ \t]*(?://[^\r\n\u2028\u2029]*)?(?=\r?\n)")


def change_children(
    container: Container, removed: set[int], added: Mapping[int, Sequence[New]]
) -> list[Replacement]:
    """Remove the children at some indices and add others before those at `added` (the count: at the end)."""
    count = len(container.children)
    new = {index: list(items) for index, items in added.items() if items}
    if not count:
        return _fill(container, new[0]) if new else []
    result, gone = [], set(removed)
    # What is added where something goes takes its place: the rest is added beside a child that stays.
    taken: dict[int, list[New]] = {}
    for index in sorted(new):
        place = min(index, count - 1)
        if place in removed:
            taken.setdefault(place, []).extend(new.pop(index))
    for index, items in taken.items():
        gone.discard(index)
        start, end = container.children[index]
        result.append(Replacement(start, end, container.render(items, container.indent(start))))
    for index, items in new.items():
        result += _append(container, items) if index == count else [_before(container, index, items)]
    return result + remove_children(container, gone)


def _fill(container: Container, items: Sequence[New]) -> list[Replacement]:
    """Put the first children into an empty container."""
    text, style = container.text, container.style
    inside = (container.start + 1, container.end - 1)
    closing_indent = container.indent(inside[1])
    if text[slice(*inside)].strip():  # a comment, which stays
        if closing_indent is None:
            return [Replacement(inside[1], inside[1], container.render(items, None))]
        indent = closing_indent + style.unit
        line = inside[1] - len(closing_indent)
        return [Replacement(line, line, indent + container.render(items, indent) + style.newline)]
    if not style.unit:
        return [Replacement(*inside, container.render(items, None))]
    outer = line_indent(text, container.start)
    indent = outer + style.unit
    body = container.render(items, indent)
    return [Replacement(*inside, f"{style.newline}{indent}{body}{style.newline}{outer}")]


def _before(container: Container, index: int, items: Sequence[New]) -> Replacement:
    start, _ = container.children[index]
    indent = container.indent(start)
    end = container.style.comma if indent is None else f",{container.style.newline}{indent}"
    return Replacement(start, start, container.render(items, indent) + end)


def _append(container: Container, items: Sequence[New]) -> list[Replacement]:
    last = len(container.children) - 1
    start, end = container.children[last]
    indent, comma = container.indent(start), container.comma_after(last)
    body = container.render(items, indent)
    if indent is None:
        gap = container.style.comma[1:] if comma >= 0 else container.style.comma
        place = comma + 1 if comma >= 0 else end
        return [Replacement(place, place, gap + body + ("," if comma >= 0 else ""))]
    comment = _REST_OF_LINE.match(container.text, container.after(last), container.end)
    line_end = comment.end() if comment else container.after(last)
    new_line = container.style.newline + indent + body
    if comma >= 0:
        return [Replacement(line_end, line_end, new_line + ",")]
    return [Replacement(end, end, ","), Replacement(line_end, line_end, new_line)]
