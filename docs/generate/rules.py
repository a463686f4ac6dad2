"""Pages made from the rules: one each, an index, their coverage of the skill, and the README's part."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from linter.configuration.rule_pack import CHECKLIST, LAYERS, SYMPTOMS, built_in_rules, vocabulary
from linter.engine.rule import Rule
from linter.engine.rule_file import RuleFile
from linter.engine.rule_under_test import RuleUnderTest
from linter.engine.rules_to_test import rules_to_test
from linter.views.rule_page import rule_page

_ORIGIN = "<!-- Generated from rules/ by `python -m docs.generate`. -->"
_COVERAGE = """\
# Coverage

Every layer in which logins can disagree, every symptom that people see, and every item of the validation
checklist has its rules. A rule is of one layer, and explains one or more symptoms."""
_README_COUNT = re.compile(r"(?<=checks )\d+(?= invariants)")

Topics = Mapping[str, str] | Mapping[int, str]
"""What rules can be about, with its meaning."""


class Loaded(NamedTuple):
    """The built-in rules by layer and id, and each ready to be tested."""

    files: tuple[RuleFile, ...]
    ready: Mapping[str, RuleUnderTest]


@cache
def load() -> Loaded:
    """Read the built-in rules, once."""
    tables, folder = vocabulary(), built_in_rules()
    found = rules_to_test([folder], [folder], tables)
    return Loaded(
        tuple(sorted(found.files, key=lambda file: (_layer(file), file.rule.id))),
        {file.rule.id: RuleUnderTest(file.rule, tables, found.params) for file in found.files},
    )


def rule_pages(pack: Loaded) -> dict[str, str]:
    """Return all pages by their path below docs/."""
    pages = {f"rules/{file.rule.id}.md": _page(file, pack.ready[file.rule.id]) for file in pack.files}
    return {**pages, "rules/README.md": _index(pack), "coverage.md": _coverage(pack)}


def with_counts(readme: str, pack: Loaded) -> str:
    """Return the README with the number of rules."""
    return _README_COUNT.sub(str(len(pack.files)), readme)


def _page(file: RuleFile, under_test: RuleUnderTest) -> str:
    source = f"rules/{file.rule.layer}/{file.rule.id}.yaml"
    return f"{_ORIGIN}\n\n{rule_page(file, under_test)}\nThe rule itself: [{source}](../../{source})\n"


def _index(pack: Loaded) -> str:
    parts = [
        _ORIGIN,
        "# Rules",
        f"{len(pack.files)} rules, by the layer that is wrong. `authlint explain ID` shows a page too.",
    ]
    for layer, files in groupby(pack.files, _layer):
        rows = [
            f"| [{file.rule.id}]({file.rule.id}.md) | {file.rule.severity} | {file.rule.title} |"
            for file in files
        ]
        parts += [
            f"## {list(LAYERS.values())[layer]}",
            "\n".join(["| rule | severity | reports |", "|---|---|---|", *rows]),
        ]
    return "\n\n".join(parts) + "\n"


def _coverage(pack: Loaded) -> str:
    rules = [file.rule for file in pack.files]
    parts = [
        _ORIGIN,
        _COVERAGE,
        "## Layers",
        _covered("layer", LAYERS, rules, lambda rule, layer: rule.layer == layer),
        "## Symptoms",
        _covered("symptom", SYMPTOMS, rules, lambda rule, symptom: symptom in rule.symptoms),
        "## Checklist",
        "`authlint checklist` walks these items on a state.",
        _covered("item", CHECKLIST, rules, lambda rule, item: item in rule.checklist),
    ]
    return "\n\n".join(parts) + "\n"


def _covered(heading: str, topics: Topics, rules: list[Rule], about: Callable[[Rule, Any], bool]) -> str:
    counts, lists = [], []
    for key, meaning in topics.items():
        mine = [rule for rule in rules if about(rule, key)]
        numbered = f"{key} {meaning}" if isinstance(key, int) else meaning
        counts.append(f"| [{numbered}](#{heading}-{key}) | {len(mine)} |")
        lists.append("\n".join([f'<a id="{heading}-{key}"></a>**{numbered}**\n', *map(_listed, mine)]))
    return "\n\n".join(["\n".join([f"| {heading} | rules |", "|---|--:|", *counts]), *lists])


def _listed(rule: Rule) -> str:
    return f"- [{rule.id}](rules/{rule.id}.md): {rule.title}"


def _layer(file: RuleFile) -> int:
    return list(LAYERS).index(file.rule.layer)
