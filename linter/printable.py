"""The one place that makes text fit to be shown: it steers no terminal, no log of a CI service, and no line.

Names in a state may hold anything: escape sequences, characters that turn the direction of text, line breaks
after which a workflow command of GitHub Actions stands. Whatever is written goes through here.
"""

import json
import re
from typing import Any

_COMMANDS = re.compile(r"::|##\[")
"""What workflow commands begin with: the first on a line, however deep, the other one anywhere."""


_HIDDEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
    "|(?<=#)#(?=\\[)"
)
"""What JSON does not escape by itself, within strings, where alone it can stand."""


def printable(text: str) -> str:
    """Return a text on one line, with controls as escapes, and no workflow command in it."""
    if not text.isprintable():
        text = " ".join(text.split())
        text = "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in text)
    return text if "::" not in text and "##[" not in text else _COMMANDS.sub(_apart, text)


def printable_in_place(text: str) -> str:
    """Return a line as it is quoted from a file: of the same length, with tabs as blanks."""
    text = "".join(one if one.isprintable() else " " if one == "\t" else "\ufffd" for one in text)
    return text.replace("##[", "# [")


def json_text(value: Any, indent: int | None = None) -> str:
    """Return a value as JSON in which no character is hidden, turns text or steers a terminal."""
    return _HIDDEN.sub(_escape, json.dumps(value, indent=indent, ensure_ascii=False, allow_nan=False))


def _escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def _apart(found: re.Match[str]) -> str:
    return f"{found[0][0]} {found[0][1:]}"
