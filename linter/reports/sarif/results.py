"""Findings as results."""

from collections.abc import Mapping
from typing import Any

import sarif_om as om

from linter.engine.finding import Finding, Fix, Suppression
from linter.fixes.editable import editable
from linter.fixes.plan import Plan, plan
from linter.reports.causes import fix_options
from linter.reports.interface import Report, RuleInfo
from linter.reports.markup import advice, escaped
from linter.reports.sarif.catalogue import sentence, taxa_of
from linter.reports.sarif.places import Places
from linter.snapshot.redact import scrub
from linter.sources.paths import join

MOST_LOCATIONS = 1_000
"""What code scanning accepts for one result, the primary location included."""


class Results:
    """Turns findings into results of one run."""

    def __init__(self, report: Report, rules: Mapping[str, RuleInfo], places: Places) -> None:
        self._editable = editable(report.documents, report.states)
        self._rules = rules
        self._indices = {rule: index for index, rule in enumerate(rules)}
        self._taxa = {name: taxa_of(rule) for name, rule in rules.items()}
        self._places = places

    def result(self, finding: Finding) -> Any:
        """Return one result."""
        planned = [plan(fix, self._editable, sqlite=True) for fix in finding.fixes]
        plans = [one for one in planned if isinstance(one, Plan)]
        fixes = [it for it in map(self._fix, plans) if it is not None]
        related = list(dict.fromkeys(finding.related))[: MOST_LOCATIONS - 1]  # the standard wants no doubles
        return om.Result(
            rule_id=finding.rule,
            rule_index=self._indices[finding.rule],
            level=finding.severity,
            kind="fail",
            message=_message(finding),
            locations=[self._places.location(finding.location, _subject(finding))],
            related_locations=[self._places.location(it, []) for it in related] or None,
            partial_fingerprints={"authlint/v1": finding.fingerprint},
            baseline_state=finding.baseline,
            fixes=fixes or None,
            suppressions=[self._suppression(finding.suppression)] if finding.suppression else None,
            taxa=self._taxa[finding.rule] or None,
            properties={
                "cause": finding.cause._asdict(),
                "values": finding.values,
                **({"fix": _by_machine(plans[0])} if plans and finding.counts else {}),
                **({"advice": [_advice(fix) for fix in finding.fixes]} if finding.fixes else {}),
            },
        )

    def _suppression(self, suppression: Suppression) -> Any:
        return om.Suppression(
            kind="external",
            state="accepted",
            justification=suppression.reason,
            location=self._places.location(suppression.location, []),
            properties={"until": suppression.until} if suppression.until else None,
        )

    def _fix(self, planned: Plan) -> Any:
        """Return a fix of files, `None` if it is not one or if it would write what looks like a token."""
        if planned.database or any(edit.action in ("restrict", "copy") for edit in planned.fix.edits):
            return None  # no change of a text, or one with secrets
        texts = [one.text for change in planned.files for one in change.replacements]
        if any(scrub(text) != text for text in texts):
            return None
        return om.Fix(
            description=om.Message(text=sentence(planned.fix.title)),
            artifact_changes=[self._places.change(change) for change in planned.files],
            properties={"safety": planned.fix.safety},
        )


def _message(finding: Finding) -> Any:
    markdown = "\n\n".join([escaped(sentence(finding.message)), *map(advice, finding.fixes)])
    return om.Message(text=sentence(finding.message), markdown=markdown if finding.fixes else None)


def _subject(finding: Finding) -> list[Any]:
    if not finding.subject:
        return []
    kind, name = finding.subject[-1]
    path = join("", *(part for pair in finding.subject for part in pair))
    return [om.LogicalLocation(name=name, fully_qualified_name=path.lstrip("/"), kind=kind)]


def _by_machine(planned: Plan) -> dict[str, str]:
    """Say what `authlint fix` does about a finding, which SARIF has no word for where no text changes."""
    command = f"authlint fix --apply {fix_options([planned])}".rstrip()
    return {"title": planned.fix.title, "safety": planned.fix.safety, "command": command}


def _advice(fix: Fix) -> dict[str, Any]:
    return {
        "title": fix.title,
        "safety": fix.safety,
        "commands": list(fix.commands),
        "reason": fix.reason or None,
    }
