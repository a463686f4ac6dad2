"""Markdown that shows text from a state as it is, without a meaning of its own."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from linter.engine.finding import Fix
from linter.printable import printable

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&$!])")
_LINKS = re.compile(r"(?<![\w.+-])@(?=\w)|:(?=//)|(?<=\bwww)\.", re.IGNORECASE)
"""What forges make mentions and links of; a comment within, which is not shown, ends that."""
ADVICE = {"safe": "Fix", "unsafe": "Fix (unsafe)", "advice": "Advice"}
"""Words for a way to end a finding, by its safety."""


def escaped(text: str) -> str:
    """Return text for a paragraph or a table cell, on one line."""
    return _LINKS.sub(r"\g<0><!-- -->", _SPECIAL.sub(r"\\\1", printable(" ".join(text.split()))))


def escaped_html(text: str) -> str:
    """Return text for an HTML element within Markdown, on one line."""
    return _LINKS.sub(r"\g<0><!-- -->", escape(printable(text)))


def advice(fix: Fix) -> str:
    """Return a way to end a finding: what it does, why it is left to a person, and commands to copy."""
    paragraphs = [f"**{ADVICE[fix.safety]}:** {escaped(fix.title)}", escaped(fix.reason)]
    return "\n\n".join(filter(None, [*paragraphs, fenced(fix.commands)]))


def fenced(commands: Sequence[str]) -> str:
    """Return commands as a block of code; nothing where there are none."""
    if not commands:
        return ""
    lines = "\n".join(map(printable, commands))
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", lines)), default=0))
    return f"{fence}sh\n{lines}\n{fence}"


def table(rows: Iterable[tuple[str, str]]) -> str:
    """Return a table of names and texts, but for those without a text."""
    return "\n".join(["| | |", "|---|---|", *(f"| {name} | {text} |" for name, text in rows if text)])
