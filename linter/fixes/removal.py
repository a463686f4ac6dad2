"""Children of one JSON object or array taken out of its text with their commas and lines; comments stay."""

from linter.fixes.container import Container, Replacement


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
