"""A rule with one part left out at a time, to see whether its examples need the part."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from linter.engine.rule import Rule
from linter.engine.rule_file import RuleFile
from linter.engine.syntax import Node, inlined, names, parse

_OPENING, _CLOSING, _QUOTES = "([{", ")]}", "'`\""
_WHOLE = ("match", "unless_unread")
"""Lists whose elements are left out as a whole."""
_PASSED_OVER = ("rows", "message", "effect")

_LEAST = {"when": 0, "match": 0, "unless_unread": 0, "adjust": 0, "parts": 1, "unique": 1, "agree": 2}
"""Lists of which an element may be left out, with how many must be left."""

Lets = Mapping[str, Node]
Variant = tuple[str, int, Any]
"""What is left out, its line, and what is left."""


class Weakened(NamedTuple):
    """A rule without one part: what the part is, the line where it stands, and the rule that is left."""

    part: str
    line: int
    rule: Rule


def weakened(file: RuleFile) -> Iterator[Weakened]:
    """Yield the rule without each of its conditions, arms of `&&`, columns, adjustments, and unread names."""
    lets: dict[str, Node] = {}
    for name, text in file.document.value.get("let", {}).items():
        lets[name] = inlined(parse(text), lets)
    finding = json.loads(file.rule.finding)
    for key, value in file.rule.sought.items():
        for part, line, left in _variants(key, value, lets):
            yield Weakened(part, line, file.rule.seeking(**{key: left}))
    for part, line, left in _variants("adjust", finding["adjust"], lets):
        yield Weakened(part, line, file.rule._replace(finding=json.dumps({**finding, "adjust": left})))
    for index, source in enumerate(file.rule.sources[1:], 1):
        rest = [*file.rule.sources[:index], *file.rule.sources[index + 1 :]]
        left = file.rule.seeking(sources=rest)
        if f'"{source["name"]}"' not in json.dumps([left.sought, finding]):
            yield Weakened(f"`{source['name']}`", source["rows"]["line"], left)


def _variants(key: str, value: Any, lets: Lets) -> Iterator[Variant]:
    """Yield a part of a compiled rule with less in it, one way after the other."""
    if isinstance(value, list):
        yield from _of_list(key, value, lets)
    elif isinstance(value, dict) and "ast" in value:
        for part, left in _arms(value["text"]):
            yield f"`{part}`", value["line"], _again(value, left, lets)
    elif isinstance(value, dict):
        yield from _of_mapping(value, lets)


def _of_list(key: str, members: list[Any], lets: Lets) -> Iterator[Variant]:
    for index, member in enumerate(members):
        before, after = members[:index], members[index + 1 :]
        if key in _LEAST and len(members) > _LEAST[key]:
            yield _named(key, member), _line(member), [*before, *after]
        for part, line, left in _variants("", member, lets) if key not in _WHOLE else ():
            yield part, line, [*before, left, *after]


def _of_mapping(value: dict[str, Any], lets: Lets) -> Iterator[Variant]:
    rows: Any = value.get("rows")
    where: Any = value.get("where")
    if where:
        yield _named("", where), where["line"], {**value, "where": None}
    for part, text in _filters(rows["text"]) if rows else ():
        yield f"`{part}`", rows["line"], {**value, "rows": _again(rows, text, lets)}
    for name, member in value.items():
        key = value["kind"] if name == "expressions" else name
        for part, line, left in _variants(key, member, lets) if name not in _PASSED_OVER else ():
            yield part, line, {**value, name: left}


def _named(key: str, value: Any) -> str:
    if key == "match":
        return f"`{value[0]['text']}` of `match`"
    if key == "unless_unread":
        return f"`{value['rows']['text']}`"
    return f"`{value['text']}`" if "text" in value else "this adjustment" if key == "adjust" else "this part"


def _line(value: Any) -> int:
    """Return the line of the first expression in a part."""
    if isinstance(value, dict) and "ast" in value:
        return int(value["line"])
    members = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return next((line for member in members if (line := _line(member))), 0)


def _filters(text: str) -> Iterator[tuple[str, str]]:
    """Yield the condition of each `[?condition]`, and each of its arms, with the text of what is left."""
    for start in [index for index, _ in _depths(text) if text.startswith("[?", index)]:
        end = next(start + index for index, depth in _depths(text[start:]) if depth == 0)
        inside, before, after = text[start + 2 : end], text[:start], text[end + 1 :]
        yield inside, f"{before}[]{after}"
        for part, rest in _arms(inside):
            yield part, f"{before}[?{rest}]{after}"


def _arms(text: str) -> Iterator[tuple[str, str]]:
    """Yield each arm of an `a && b` with the text of the others."""
    arms = _split(text)
    for index, arm in enumerate(arms) if len(arms) > 1 else ():
        yield arm, " && ".join([*arms[:index], *arms[index + 1 :]])


def _split(text: str) -> list[str]:
    """Split at each `&&` that stands in no brackets; a text with `||` beside it is one arm."""
    start, arms = 0, []
    for index, depth in _depths(text):
        if depth == 0 and text.startswith("||", index):
            return [text]
        if depth == 0 and text.startswith("&&", index):
            arms.append(text[start:index].strip())
            start = index + 2
    return [*arms, text[start:].strip()]


def _depths(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offset of each letter outside of quotes, and in how many brackets it stands after it."""
    depth, quote = 0, ""
    for index, letter in enumerate(text):
        if quote:
            quote = "" if letter == quote and text[index - 1] != "\\" else quote
        elif letter in _QUOTES:
            quote = letter
        else:
            depth += (letter in _OPENING) - (letter in _CLOSING)
            yield index, depth


def _again(expression: Any, text: str, lets: Lets) -> Any:
    tree = inlined(parse(text), lets)
    return {**expression, "text": text, "ast": tree, "names": sorted(names(tree))}
