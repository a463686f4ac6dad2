"""Other settings for some agents, profiles, sessions or files."""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from linter.configuration.model import Override
from linter.configuration.settings import changed, matching
from linter.engine.evaluate import evaluate
from linter.engine.finding import Evaluation, Finding
from linter.engine.pack import Pack
from linter.engine.settings import Settings

_KINDS = {
    "agent": frozenset({"agent", "scope"}),
    "session": frozenset({"session", "selection"}),
    "profile": frozenset(
        {
            "profile",
            "config_profile",
            "order",
            "usage_stat",
            "visible_profile",
            "effective_order",
            "router_account",
        }
    ),
}
"""Per word of a configuration, the kinds of a finding's subject that it speaks of."""


def overridden(
    evaluation: Evaluation, override: Override, pack: Pack, root: Mapping[str, Any], settings: Settings
) -> Evaluation:
    """Return the evaluation with the findings that an override is about as they are under its settings.

    `settings` are those without any override: of two overrides of one rule, the later decides.
    """
    about = {rule.id for change in override.rules for rule in matching(change.pattern, pack.rules)}
    wanted = about if settings.select is None else about.intersection(settings.select)
    again = evaluate(pack, root, changed(settings, override.rules, pack)._replace(select=wanted))
    kept = [
        finding
        for finding in evaluation.findings
        if finding.rule not in about or not _applies(override, finding)
    ]
    found = [finding for finding in again.findings if _applies(override, finding)]
    return evaluation._replace(
        findings=(*kept, *found),
        problems=tuple(dict.fromkeys([*evaluation.problems, *again.problems])),
    )


def _applies(override: Override, finding: Finding) -> bool:
    return all(
        any(fnmatchcase(name, pattern) for name in _names(finding, word))
        for word, pattern in override.where.items()
    )


def _names(finding: Finding, word: str) -> list[str]:
    if word == "path":
        return [finding.location.source.partition("#")[0]]
    return [name for kind, name in finding.subject if kind in _KINDS[word]]
