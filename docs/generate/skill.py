"""The symptom table of the skill for agents, made from the rules."""

from linter.configuration.rule_pack import LAYERS, SYMPTOMS
from linter.engine.rule import Rule

PAGE = "skills/authlint/references/symptoms.md"
FIRST = {
    "wrong-account": "authlint trace agent:main:main",
    "status-does-not-follow": "authlint layers",
    "usage-does-not-follow": "authlint logins",
    "works-sometimes": "authlint lint --notes",
    "broken-entry": "authlint lint",
    "labels-disagree": "authlint checklist",
}
"""What shows most of each symptom."""
_ORDER = ("error", "warning", "note", "off")
_HEAD = """\
<!-- Generated from rules/ by `python -m docs.generate`. -->

# From the symptom to the layer

Run the first command, look for findings of these rules, worst first, and read `authlint explain RULE` before
you change anything."""


def symptom_page(rules: list[Rule]) -> str:
    """Return the page."""
    parts = [_HEAD]
    for symptom, meaning in SYMPTOMS.items():
        mine = sorted((rule for rule in rules if symptom in rule.symptoms), key=_position)
        lines = [f"| `{rule.id}` | {rule.severity} | {rule.layer} | {rule.title} |" for rule in mine]
        table = "\n".join(["| rule | | layer | reports |", "|---|---|---|---|", *lines])
        parts += [f"## {meaning}", f"First: `{FIRST[symptom]}`", table]
    return "\n\n".join(parts) + "\n"


def _position(rule: Rule) -> tuple[int, int, str]:
    return _ORDER.index(rule.severity), list(LAYERS).index(rule.layer), rule.id
