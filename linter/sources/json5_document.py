"""JSON5: values by the `json5` library, places by a small walker over its tokens.

The walker reads plain JSON, too. It is never asked about a text that does not parse. The library takes 10 ms
per 1,000 characters, so it is spared where a text is JSON but for comments and trailing commas.
"""

import re
from collections.abc import Iterator

from linter.sources.json_document import parse_json, repaired, repaired_string
from linter.sources.positions import Parsed, ParseProblem, problem_at
from linter.sources.tree_document import Span, TreeDocument

_PIECE = r"""(?xs)
      (?: [\s\ufeff] | //[^\n\r\u2028\u2029]* | /\*.*?\*/ )++  # white space and comments, skipped
    | (?P<piece>
          " (?: [^"\\] | \\. )*+ "
        | ' (?: [^'\\] | \\. )*+ '
        | [{}\[\]:,]
        | [^\s\ufeff{}\[\]:,"'/]++  # numbers, words, unquoted keys
      )
"""
_COMMENT = r'(?s)"(?:[^"\\]|\\.)*+"|(?P<blank>//[^\n\r\u2028\u2029]*|/\*.*?\*/)'
_COMMA = r'(?s)"(?:[^"\\]|\\.)*+"|[\[{,]\s*+,|(?P<blank>,)(?=\s*[}\]])'
_UNEXPECTED = r"(?s)<string>:(\d+) Unexpected (end of input)?.* at column (\d+)"
"""Patterns that are compiled when a text needs them: most are plain JSON."""

_Token = tuple[str, int, int]


class Json5Document(TreeDocument):
    """A JSON5 file."""

    format = "json5"

    def _extent(self) -> tuple[int, int]:
        tokens = list(_tokens(self.text, 0))
        return tokens[0][1], tokens[-1][2]

    def _children(self, start: int) -> list[Span]:
        tokens = _tokens(self.text, start)
        opening = next(tokens)[0]
        children: list[Span] = []
        if opening in "{[":
            for token in tokens:
                if token[0] in "}]":
                    break
                if token[0] != ",":
                    children.append(_child(token, tokens, len(children) if opening == "[" else None))
        return children


def parse_json5(text: str) -> Parsed:
    """Parse JSON5; the closer a text is to plain JSON, the less that costs."""
    plain = parse_json(text)
    if plain.problem is None or plain.empty:
        return plain
    spared = parse_json(_without_extras(text))
    return spared if spared.problem is None else _by_library(text)


def _without_extras(text: str) -> str:
    """Blank comments, then commas before a closing bracket, unless they follow an opening one or a comma."""
    for extra in (_COMMENT, _COMMA):
        text = re.sub(extra, lambda match: " " * len(match[0]) if match["blank"] else match[0], text)
    return text


def _by_library(text: str) -> Parsed:
    import json5  # noqa: PLC0415 - imported only for a file that needs it

    try:
        return Parsed(repaired(json5.loads(text), text), None)
    except RecursionError:
        problem = problem_at(text, 0, "values are nested too deeply")
    except ValueError as error:
        problem = _problem(text, str(error))
    return Parsed(None, problem)


def _problem(text: str, message: str) -> ParseProblem:
    """Take the place from the library's message, and nothing else: it quotes the text."""
    match = re.fullmatch(_UNEXPECTED, message)
    if match is None:
        return problem_at(text, 0, "not valid JSON5")
    line, at_end, column = match.groups()
    start = sum(len(part) + 1 for part in text.split("\n")[: int(line) - 1])
    return problem_at(
        text, start + int(column) - 1, "the document has no end" if at_end else "unexpected character"
    )


def _tokens(text: str, start: int) -> Iterator[_Token]:
    for match in re.compile(_PIECE).finditer(text, start):
        if match["piece"]:
            yield match["piece"], match.start("piece"), match.end("piece")


def _child(first: _Token, tokens: Iterator[_Token], index: int | None) -> Span:
    if index is not None:
        return Span(index, first[1], first[1], first[1], _value_end(first, tokens))
    next(tokens)  # the colon
    value = next(tokens)
    return Span(_name(first[0]), first[1], first[2], value[1], _value_end(value, tokens))


def _value_end(value: _Token, tokens: Iterator[_Token]) -> int:
    token, depth = value, int(value[0] in "{[")
    while depth:
        token = next(tokens)
        depth += (token[0] in "{[") - (token[0] in "}]")
    return token[2]


def _name(key: str) -> str:
    if "\\" not in key:
        return key[1:-1] if key[0] in "\"'" else key
    import json5  # noqa: PLC0415 - imported only for a key with an escape

    return repaired_string(next(iter(json5.loads(f"{{{key}: 0}}"))))
