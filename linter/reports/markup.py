"""Markdown that shows text from a state as it is, without a meaning of its own."""

import re
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
    paragraphs = [f"**{ADVICE[fix.safety]}:** {escaped(fix.title)}"]
    if fix.reason:
        paragraphs.append(escaped(fix.reason))
    if fix.commands:
        commands = "\n".join(map(printable, fix.commands))
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", commands)), default=0))
        paragraphs.append(f"{fence}sh\n{commands}\n{fence}")
    return "\n\n".join(paragraphs)
