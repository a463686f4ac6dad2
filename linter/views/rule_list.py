"""The rules as one value, and as text by layer."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from linter.configuration.rule_pack import LAYERS
from linter.engine.rule import Rule
from linter.reports.wrapping import wrapped


class ListedRule(NamedTuple):
    """A rule, with the severity that the configuration gives it; `eras` are those that it applies to."""

    id: str
    title: str
    layer: str
    severity: str
    symptoms: tuple[str, ...]
    checklist: tuple[int, ...]
    eras: tuple[str, ...]
    references: tuple[str, ...]
    path: str


class RuleList(NamedTuple):
    """The rules, by layer and id."""

    rules: tuple[ListedRule, ...]


def rule_list(rules: Iterable[Rule], severities: Mapping[str, str]) -> RuleList:
    """Return rules as they are listed."""
    listed = [
        ListedRule(
            rule.id,
            rule.title,
            rule.layer,
            severities.get(rule.id, rule.severity),
            tuple(rule.symptoms),
            tuple(rule.checklist),
            tuple(rule.eras),
            tuple(rule.references),
            rule.path,
        )
        for rule in rules
    ]
    layers = [*LAYERS, *sorted({rule.layer for rule in rules} - {*LAYERS})]
    return RuleList(tuple(sorted(listed, key=lambda rule: (layers.index(rule.layer), rule.id))))


def rule_list_text(found: RuleList, width: int) -> str:
    """Return a line for each rule below its layer; its title stands below where it does not fit beside."""
    lines: list[str] = []
    for layer, members in groupby(found.rules, key=lambda rule: rule.layer):
        lines += wrapped(f"{layer}: {LAYERS.get(layer, 'a layer of your own')}", width, "", "  ")
        lines += _rows(list(members), width)
    count = f"{len(found.rules)} rules. `authlint explain RULE` shows one."
    return "\n".join([*lines, "", *wrapped(count, width)])


def _rows(rules: list[ListedRule], width: int) -> Iterator[str]:
    column = max(len(rule.id) for rule in rules)
    beside = [f"  {rule.id:{column}}  {rule.severity:7}  {rule.title}" for rule in rules]
    if max(map(len, beside)) <= width:
        yield from beside
        return
    for rule in rules:
        yield f"  {rule.id} ({rule.severity})"
        yield from wrapped(rule.title, width, "      ")
