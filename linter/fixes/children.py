"""Children of one JSON object or array changed, added and taken out; comments stay."""

import re
from collections.abc import Mapping, Sequence

from linter.fixes.container import Container, New, Replacement, line_indent

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


def remove_children(container: Container, gone: set[int]) -> list[Replacement]:
    """Take children out, run by run of neighbours."""
    result = []
    for first in sorted(index for index in gone if index - 1 not in gone):
        last = first
        while last + 1 in gone:
            last += 1
        result += _remove_run(container, first, last)
    return result


def _remove_run(container: Container, first: int, last: int) -> list[Replacement]:
    children = container.children
    if last + 1 < len(children):  # what follows moves up to where the run began
        start, end = children[first][0], children[last + 1][0]
        indent = container.indent(start)
        if indent and indent == container.indent(end):  # the same characters, but whole lines
            start, end = start - len(indent), end - len(indent)
    elif first == 0:
        start, end = container.start + 1, container.end - 1
    else:  # the run takes the comma before it, unless a trailing comma shows that the last one keeps its own
        start, end = children[first - 1][1], children[last][1]
        if container.comma_after(last) >= 0:
            start, end = container.after(first - 1), container.after(last)
    edges = [start, *(offset for child in children[first : last + 1] for offset in child), end]
    if all(container.is_blank(*edges[i : i + 2]) for i in range(0, len(edges), 2)):
        return [Replacement(start, end, "")]
    return _remove_around_comments(container, first, last)


def _remove_around_comments(container: Container, first: int, last: int) -> list[Replacement]:
    """Take out the children and their commas one by one: there are comments among them, and comments stay."""
    text, stretches = container.text, []
    for index in range(first, last + 1):
        (start, end), comma = container.children[index], container.comma_after(index)
        if comma >= 0 and container.is_blank(end, comma):
            stretches.append(_tidy(text, start, comma + 1))
            continue
        stretches.append(_tidy(text, start, end))
        if comma >= 0:
            stretches.append(_tidy(text, comma, comma + 1))
    if last + 1 == len(container.children) and comma < 0 and first > 0:
        comma = container.comma_after(first - 1)
        stretches.insert(0, (comma, comma + 1))
    result: list[Replacement] = []
    for start, end in stretches:  # tidying may have given the blanks between two of them to both
        apart = max(start, result[-1].end) if result else start
        result.append(Replacement(apart, max(end, apart), ""))
    return result


def _tidy(text: str, start: int, end: int) -> tuple[int, int]:
    """Extend a stretch to its line if nothing else is on it, else over the blanks behind or before it."""
    line = text.rfind("\n", 0, start) + 1
    next_line = text.find("\n", end) + 1 or len(text)
    if not text[line:start].strip(" \t") and not text[end:next_line].strip(" \t\r\n"):
        return line, next_line
    while text[end : end + 1] in (" ", "\t"):
        end += 1
    if text[end : end + 1] in ("\r", "\n"):
        while text[start - 1] in " \t":
            start -= 1
    return start, end
