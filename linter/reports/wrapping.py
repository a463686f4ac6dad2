"""Text for a terminal, set to a width and in colours: only a word that cannot be broken is wider."""

import re
from collections.abc import Iterable
from textwrap import wrap

_WORDS = r"""(?:[^\s'"]+|'[^']*'|"[^"]*")+|['"]\S*"""


def wrapped(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """Return lines of text; `first` and `rest` stand before the first line and before the others."""
    return wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def command_lines(command: str, width: int, indent: str) -> list[str]:
    """Return a command to be copied: what does not fit goes on in the next line, after a backslash."""
    lines = [indent]
    for word in re.findall(_WORDS, command):
        begun = lines[-1].strip()
        if begun and len(lines[-1]) + 1 + len(word) > width - 2:
            lines[-1] += " \\"
            lines.append(f"{indent}  {word}")
        else:
            lines[-1] += f" {word}" if begun else word
    return lines


def cut(line: str, width: int) -> str:
    """Return a line of code that says by its end that it goes on, where it is too long."""
    return line if len(line) <= width else f"{line[: width - 1]}…"


def beside(left: str, right: str, width: int) -> list[str]:
    """Return two texts at the ends of one line where they fit, else each on its own."""
    gap = width - len(left) - len(right)
    if gap >= 2:
        return [left + " " * gap + right]
    indent = " " * (len(left) - len(left.lstrip(" 0123456789")))
    return [*wrapped(left, width, "", indent), f"{indent}{right}"]


def listed(names: Iterable[str]) -> str:
    """Return `a, b and c`."""
    found = list(names)
    return " and ".join(filter(None, [", ".join(found[:-1]), *found[-1:]]))


RED, GREEN, YELLOW, BLUE, CYAN, BOLD, DIM = "1;31", "1;32", "1;33", "1;34", "1;36", "1", "2"
SEVERITIES = {"error": RED, "warning": YELLOW, "note": CYAN}


class Painter:
    """Wraps text in ANSI colours, or leaves it alone."""

    def __init__(self, *, colour: bool) -> None:
        self._on = colour

    def __call__(self, text: str, code: str) -> str:
        """Return the text in a colour."""
        return f"\x1b[{code}m{text}\x1b[0m" if self._on else text
