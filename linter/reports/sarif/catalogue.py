"""The tool with its rules, and the taxonomies that the rules are filed under."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import sarif_om as om

from linter.configuration.rule_pack import CHECKLIST, LAYERS, SYMPTOMS
from linter.reports.interface import RuleInfo
from linter.version import __version__

HOME_PAGE = "https://github.com/authlint/authlint"
_TAXONOMIES: tuple[tuple[str, str, Mapping[Any, str]], ...] = (
    ("layers", "The layer of the multi-profile model that is wrong", LAYERS),
    ("symptoms", "What a person notices: the branches of the decision tree", SYMPTOMS),
    ("checklist", "The items of the validation checklist", CHECKLIST),
)
_PROBLEM_SEVERITY = {"error": "error", "warning": "warning", "note": "recommendation"}


def taxonomies() -> list[Any]:
    """Return the three taxonomies."""
    return [
        om.ToolComponent(
            name=name,
            version=__version__,
            short_description=_text(f"{description}."),
            taxa=[
                om.ReportingDescriptor(id=str(key), short_description=_text(f"{words}."))
                for key, words in taxa.items()
            ],
        )
        for name, description, taxa in _TAXONOMIES
    ]


def tool(rules: Iterable[RuleInfo], fired: Collection[str]) -> Any:
    """Return the tool, with the rules in the given order, told at length where they found something."""
    return om.Tool(
        driver=om.ToolComponent(
            name="authlint",
            full_name=f"authlint {__version__}",
            version=__version__,
            semantic_version=__version__,
            information_uri=HOME_PAGE,
            short_description=_text("A consistency linter for multi-profile OAuth state."),
            rules=[_rule(rule, fired=rule.id in fired) for rule in rules],
            supported_taxonomies=[
                om.ToolComponentReference(name=name, index=index)
                for index, (name, _, _) in enumerate(_TAXONOMIES)
            ],
        )
    )


def taxa_of(rule: RuleInfo) -> list[Any]:
    """Return references to what the rule is filed under."""
    filed: tuple[Iterable[Any], ...] = ((rule.layer,), rule.symptoms, rule.checklist)
    return [
        om.ReportingDescriptorReference(
            id=str(key),
            index=list(taxa).index(key),
            tool_component=om.ToolComponentReference(name=name, index=index),
        )
        for index, (name, _, taxa) in enumerate(_TAXONOMIES)
        for key in filed[index]
        if key in taxa
    ]


def _rule(rule: RuleInfo, *, fired: bool) -> Any:
    """Return a rule; of one that found nothing only what code scanning refuses to do without."""
    about = rule.about.strip() or rule.title
    sources = "\n".join(["\n\nSee:", *(f"- {one}" for one in rule.references)]) if rule.references else ""
    return om.ReportingDescriptor(
        id=rule.id,
        name="".join(word.capitalize() for word in rule.id.split("-")),
        short_description=_text(sentence(rule.title)),
        full_description=_text(sentence(about.partition("\n\n")[0].replace("\n", " "))),
        help=om.MultiformatMessageString(text=about, markdown=f"**{rule.title}**\n\n{about}{sources}")
        if fired
        else _text(f"Found nothing here. `authlint explain {rule.id}` tells what it looks for."),
        help_uri=rule.help_uri,
        default_configuration=om.ReportingConfiguration(
            enabled=rule.severity != "off", level="note" if rule.severity == "off" else rule.severity
        ),
        relationships=[
            om.ReportingDescriptorRelationship(target=target, kinds=["relevant"]) for target in taxa_of(rule)
        ]
        if fired
        else None,
        properties={
            "tags": [tag for tag in (rule.layer, *rule.symptoms, *rule.tags) if tag],
            "layer": rule.layer,
            "precision": "high",
            "problem.severity": _PROBLEM_SEVERITY.get(rule.severity, "recommendation"),
        },
    )


def sentence(text: str) -> str:
    """Return the text with a full stop, as the standard asks of messages."""
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _text(text: str) -> Any:
    return om.MultiformatMessageString(text=text)
