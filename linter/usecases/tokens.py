"""Login tokens in any text, found by what they look like: nothing of the kind belongs into a repository."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from linter.snapshot.secrets import decode_claims
from linter.sources.positions import Lines

ALLOW_COMMENT = "authlint: allow-token"
"""A line with this comment is not looked at."""

_BEGINNING = re.compile(r"eyJ|rt[_.]|sk-|openclaw-oauth-refresh-fence")
_SHAPES = re.compile(
    r"""
      (?<![\w-]) (?P<jwt> eyJ[\w-]{8,} \. [\w-]{8,} \. [\w-]* )
    | (?<![A-Za-z0-9]) (?P<refresh> rt[_.][\w.-]{20,} )
    | (?<![\w-]) (?P<key> sk-[\w-]{20,} )
    | (?P<fence> openclaw-oauth-refresh-fence:v\d+:[0-9a-f]{32}:[\w:]+ )
    """,
    re.VERBOSE | re.ASCII,
)
_KINDS = {
    "jwt": "OpenAI token",
    "refresh": "refresh token",
    "key": "API key",
    "fence": "refresh fence of OpenClaw",
}
# In JSON, also in JSON that is a string of other JSON, where quotes stand behind backslashes.
_FIELD = re.compile(
    r"""
    (?P<quote> \\*["'] )
    (?P<name> access | refresh | token | (?: access | refresh | id | personal_access ) (?: _token | Token ) )
    (?P=quote) \s* : \s* (?P=quote)
    (?P<value> [\w.~+/=-]{20,} )
    """,
    re.VERBOSE | re.ASCII,
)
_RUN = re.compile(r"[A-Za-z0-9]{16,}")
_CLASSES = tuple(map(re.compile, ("[a-z]", "[A-Z]", "[0-9]")))


class Token(NamedTuple):
    """A token in a text: its kind in words, and where it stands. Line and column count from 1."""

    kind: str
    line: int
    column: int


def find_tokens(text: str, allow: re.Pattern[str] | None = None) -> list[Token]:
    """Find the tokens of a text in their order, except those in which `allow` matches."""
    found: dict[int, tuple[str, str]] = {}
    for start, kind, value in (*_in_fields(text), *_by_shape(text)):  # a shape says more than a field
        if allow is None or not allow.search(value):
            found[start] = (kind, value)
    lines, end = Lines(text), 0
    allowed = {lines.position(match.start()).line for match in re.finditer(ALLOW_COMMENT, text)}
    tokens = []
    for start, (kind, value) in sorted(found.items()):
        place = lines.position(start)
        if start >= end and place.line not in allowed:
            tokens.append(Token(kind, place.line, place.column))
            end = start + len(value)
    return tokens


def _by_shape(text: str) -> Iterator[tuple[int, str, str]]:
    end = 0
    for beginning in _BEGINNING.finditer(text):  # literals are searched for many times faster
        match = _SHAPES.match(text, beginning.start())
        if match is None or match.start() < end:
            continue
        end = match.end()
        shape, value = match.lastgroup or "", match[0]
        if shape == "jwt":
            claims = decode_claims(value)
            certain = claims is not None and claims["auth"]
        else:
            certain = shape == "fence" or _random(value)
        if certain:
            yield match.start(), _KINDS[shape], value


def _in_fields(text: str) -> Iterator[tuple[int, str, str]]:
    for match in _FIELD.finditer(text):
        if _random(match["value"]):
            yield match.start("value"), f"token in the field {match['name']}", match["value"]


def _random(value: str) -> bool:
    """Tell a token from a name in some program, which has words and few digits."""
    if all(kind.search(value) for kind in _CLASSES):
        return True
    return any(not run.isalpha() and not run.isdigit() for run in _RUN.findall(value))
