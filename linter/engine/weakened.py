"""A rule with one part left out at a time, to see whether its examples need the part."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from linter.engine.rule import Expression, Rule, Source
from linter.engine.rule_file import RuleFile
from linter.engine.syntax import names, parse
from linter.engine.yaml_values import Steps

_OPENING, _CLOSING, _QUOTES = "([{", ")]}", "'`\""


class Weakened(NamedTuple):
    """A rule without one part: what the part is, where it stands, and the rule that is left."""

    part: str
    steps: Steps
    rule: Rule


def weakened(file: RuleFile) -> Iterator[Weakened]:
    """Yield the rule without each of its conditions, arms of `&&`, `match` columns and adjustments."""
    rule = file.rule
    yield from _conditions(rule)
    for index, source in enumerate(rule.sources):
        for part, steps, other in _sources(source, ("for", source["name"])):
            sources = [*rule.sources[:index], other, *rule.sources[index + 1 :]]
            yield Weakened(part, steps, rule._replace(sources=sources))
    for place, unread in enumerate(rule.unless_unread):
        less = [*rule.unless_unread[:place], *rule.unless_unread[place + 1 :]]
        yield Weakened(f"`{unread['rows']['text']}`", ("unless_unread",), rule._replace(unless_unread=less))
    require = rule.require
    if require["candidate"]:
        for part, steps, other in _sources(require["candidate"], ("require", require["kind"])):
            yield Weakened(part, steps, rule._replace(require={**require, "candidate": other}))
    if require["kind"] == "that":
        for part, left in _arms(require["expressions"][0]):
            whole = rule._replace(require={**require, "expressions": [left]})
            yield Weakened(f"`{part}`", ("require", "that"), whole)
    finding: dict[str, Any] = json.loads(rule.finding)
    for index, _ in enumerate(finding["adjust"]):
        rest = [*finding["adjust"][:index], *finding["adjust"][index + 1 :]]
        told = json.dumps({**finding, "adjust": rest})
        yield Weakened("this adjustment", ("adjust", index), rule._replace(finding=told))


def _conditions(rule: Rule) -> Iterator[Weakened]:
    for index, when in enumerate(rule.when):
        others = rule.when[:index], rule.when[index + 1 :]
        steps: Steps = ("when", index) if len(rule.when) > 1 else ("when",)
        yield Weakened(f"`{when['text']}`", steps, rule._replace(when=[*others[0], *others[1]]))
        for part, left in _arms(when):
            yield Weakened(f"`{part}`", steps, rule._replace(when=[*others[0], left, *others[1]]))


def _sources(source: Source, steps: Steps) -> Iterator[tuple[str, Steps, Source]]:
    """Yield the parts of a `for` or of a candidate, with what is left."""
    for column, _ in source["match"]:
        match = [pair for pair in source["match"] if pair[0] is not column]
        yield f"`{column['text']}` of `match`", (*steps, "match"), {**source, "match": match}
    where = source["where"]
    if where:
        yield f"`{where['text']}`", (*steps, "where"), {**source, "where": None}
        for part, left in _arms(where):
            yield f"`{part}`", (*steps, "where"), {**source, "where": left}
    rows = source["rows"]
    start, end = rows["text"].find("[?"), rows["text"].rfind("]")
    if start >= 0 and rows["text"].count("[?") == 1:
        inside, before, after = rows["text"][start + 2 : end], rows["text"][:start], rows["text"][end + 1 :]
        yield f"`{inside}`", steps, {**source, "rows": _again(rows, f"{before}[]{after}")}
        for part, rest in _parts(inside):
            yield f"`{part}`", steps, {**source, "rows": _again(rows, f"{before}[?{rest}]{after}")}


def _arms(expression: Expression) -> Iterator[tuple[str, Expression]]:
    """Yield each arm of an `a && b` with the expression of the others."""
    for part, left in _parts(expression["text"]):
        yield part, _again(expression, left)


def _parts(text: str) -> Iterator[tuple[str, str]]:
    arms = _split(text)
    for index, arm in enumerate(arms) if len(arms) > 1 else ():
        yield arm, " && ".join([*arms[:index], *arms[index + 1 :]])


def _split(text: str) -> list[str]:
    """Split at each `&&` that stands in no brackets; a text with `||` beside it is one arm."""
    depth, quote, start, arms = 0, "", 0, []
    for index, letter in enumerate(text):
        if quote:
            quote = "" if letter == quote and text[index - 1] != "\\" else quote
        elif letter in _QUOTES:
            quote = letter
        elif letter in _OPENING or letter in _CLOSING:
            depth += 1 if letter in _OPENING else -1
        elif depth == 0 and text.startswith("||", index):
            return [text]
        elif depth == 0 and text.startswith("&&", index):
            arms.append(text[start:index].strip())
            start = index + 2
    return [*arms, text[start:].strip()]


def _again(expression: Expression, text: str) -> Expression:
    tree = parse(text)
    return {**expression, "text": text, "ast": tree, "names": sorted(names(tree))}
