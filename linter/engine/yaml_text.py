"""YAML texts parsed to plain values together with the place of every key and value."""

from pathlib import Path
from typing import Any, NamedTuple

from linter.engine.errors import RuleFileError, RuleFileProblem
from linter.engine.yaml_values import NESTED, Nodes, Steps

_HINTS = {
    "mapping values are not allowed": "quote text that contains `: `",
    "found character '\\t'": "indent with spaces",
    "found character '`'": "quote text that begins with a backtick",
    "found character '@'": "quote text that begins with `@`",
    "found character '%'": "quote text that begins with `%`",
}


class YamlText(NamedTuple):
    """A parsed file; `places` has the (line, column) of every value, `keys` of every key, counting from 1."""

    path: Path
    lines: tuple[str, ...]
    value: Any
    places: dict[Steps, tuple[int, int]]
    keys: dict[Steps, tuple[int, int]]
    problems: tuple[RuleFileProblem, ...]

    def problem(
        self, steps: Steps, message: str, *, offset: int | None = None, key: bool = False
    ) -> RuleFileProblem:
        """Return a problem at a value, or at its key; `offset` counts from the value's first letter."""
        line, column = self._place(steps, self.keys if key else self.places)
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        if offset is not None:
            column = _letter(text, column, offset)
        return RuleFileProblem(self.path, line, column, message, text)

    def is_cut(self, steps: Steps) -> bool:
        """Tell whether a comment follows a text without quotes on its line: it may be meant as text."""
        if steps not in self.places:
            return False
        line, column = self.places[steps]
        rest = self.lines[line - 1][column - 1 :]
        return not rest.startswith(("'", '"', "|", ">", "{", "[")) and " #" in rest

    def place(self, steps: Steps) -> tuple[int, int]:
        """Return the place of a value, or of the nearest value around it."""
        return self._place(steps, self.places)

    def _place(self, steps: Steps, places: dict[Steps, tuple[int, int]]) -> tuple[int, int]:
        while steps and steps not in places:
            steps = steps[:-1]
        return places.get(steps, (1, 1))


def decoded(path: Path, content: bytes) -> str:
    """Return the text of a file. Raises RuleFileError when it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RuleFileError([RuleFileProblem(path, line, 1, "this is not UTF-8 text")]) from None


def read_yaml(path: Path, text: str) -> YamlText:
    """Parse a YAML text by the core schema: dates and times stay strings. Errors are among its `problems`."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - not needed when the pack comes from the cache
    from ruamel.yaml.error import MarkedYAMLError, YAMLError  # noqa: PLC0415 - as above

    lines = tuple(text.splitlines())
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        shown = lines[line - 1] if line <= len(lines) else ""
        problem = RuleFileProblem(path, line, column, f"YAML: {_wording(error)}", shown)
        return YamlText(path, lines, None, {}, {}, (problem,))
    except YAMLError as error:
        problem = RuleFileProblem(path, 1, 1, f"YAML: {str(error).splitlines()[0]}")
        return YamlText(path, lines, None, {}, {}, (problem,))
    except RecursionError:
        return YamlText(path, lines, None, {}, {}, (RuleFileProblem(path, 1, 1, NESTED),))
    nodes = Nodes()
    value = None if root is None else nodes.value(root, ())
    document = YamlText(path, lines, value, nodes.places, nodes.keys, ())
    problems = [document.problem(steps, message, key=key) for steps, message, key in nodes.mistakes]
    return document._replace(value=None if problems else value, problems=tuple(problems))


def _wording(error: Any) -> str:
    """Return what the parser says, what usually mends it, and where what it was reading began."""
    what = error.problem or error.context or "cannot be read"
    hint = next((f"; {way}" for start, way in _HINTS.items() if what.startswith(start)), "")
    if (
        error.problem
        and error.context
        and error.context_mark
        and error.context_mark.line != error.problem_mark.line
    ):
        return f"{what}{hint} ({error.context} from line {error.context_mark.line + 1})"
    return f"{what}{hint}"


def _letter(text: str, column: int, offset: int) -> int:
    """Return the column of a letter of a value that starts at a column; its start when it spans lines."""
    first = text[column - 1 : column]
    if first in ("|", ">"):
        return column
    return min(column + offset + (first in ("'", '"')), max(len(text), column))
