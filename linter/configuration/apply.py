"""What a configuration makes of the findings on one state."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Any

from linter.configuration.model import Configuration, Exemption, Override
from linter.configuration.settings import changed, matching
from linter.engine.evaluate import evaluate
from linter.engine.finding import Evaluation, Finding, Location, Suppression
from linter.engine.pack import Pack
from linter.engine.settings import Settings
from linter.sources.paths import join


def applied(
    configuration: Configuration,
    evaluation: Evaluation,
    pack: Pack,
    root: Mapping[str, Any],
    settings: Settings,
) -> Evaluation:
    """Return an evaluation after overrides, with suppressed findings marked."""
    for override in configuration.overrides:
        evaluation = overridden(evaluation, override, pack, root, settings)
    if not configuration.exemptions:
        return evaluation
    now = root["meta"]["now"]
    return evaluation._replace(findings=suppressed(evaluation.findings, configuration, now))


def suppressed(findings: Iterable[Finding], configuration: Configuration, now_ms: int) -> tuple[Finding, ...]:
    """Return the findings, those marked that an entry accepts which is not past its time."""
    entries = [
        (entry, Suppression(entry.reason, entry.until, place_of(entry, configuration)))
        for entry in configuration.exemptions
        if not expired(entry, now_ms)
    ]
    return tuple([_judged(finding, entries) for finding in findings])


def expired(entry: Exemption, now_ms: int) -> bool:
    """Tell whether an entry is past its time."""
    return entry.until_ms is not None and now_ms >= entry.until_ms


def place_of(entry: Exemption, configuration: Configuration) -> Location:
    """Return where an entry stands."""
    return Location(str(configuration.document.path), join("", *entry.steps))


def subject_names(finding: Finding) -> tuple[str, str]:
    """Return what a finding is about: `agent/main/session/agent:main:main`, and the innermost name alone."""
    if not finding.subject:
        return "", ""
    return "/".join(part for pair in finding.subject for part in pair), finding.subject[-1][1]


def _judged(finding: Finding, entries: list[tuple[Exemption, Suppression]]) -> Finding:
    for entry, suppression in entries:
        if fnmatchcase(finding.rule, entry.rule) and any(
            fnmatchcase(name, entry.subject) for name in subject_names(finding)
        ):
            return finding._replace(suppression=suppression)
    return finding


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
