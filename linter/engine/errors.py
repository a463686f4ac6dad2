"""Errors of rule files: every one with its place, all of a pack together."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from linter.printable import printable, printable_in_place


class RuleFileProblem(NamedTuple):
    """What is wrong at a place of a rule file. Line and column count from 1; `text` is the offending line."""

    path: Path
    line: int
    column: int
    message: str
    text: str = ""

    def __str__(self) -> str:
        head = f"{printable(str(self.path))}:{self.line}:{self.column}: {printable(self.message)}"
        if not self.text.strip():
            return head
        number = f"{self.line:>5}"
        shown = printable_in_place(self.text)
        return f"{head}\n{number} | {shown}\n{' ' * len(number)} | {' ' * (self.column - 1)}^"


class RuleFileError(Exception):
    """Rule files that cannot be used; `problems` holds every reason."""

    def __init__(self, problems: Iterable[RuleFileProblem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def near(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean ...?` when a known name is close to the word, else nothing."""
    import difflib  # noqa: PLC0415 - only needed once something is wrong

    found = difflib.get_close_matches(word, sorted(known), n=1)
    return f"; did you mean `{found[0]}`?" if found else ""
