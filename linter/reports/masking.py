"""The last safeguard before a finding is shown: whatever looks like a token is masked in all its texts."""

from dataclasses import replace
from typing import Any

from linter.engine.finding import Finding, Fix
from linter.snapshot.redact import scrub
from linter.sources.documents import Place


def masked(finding: Finding) -> Finding:
    """Return the finding with its texts masked. Fingerprint, edits and places stay as they are."""
    return replace(
        finding,
        message=scrub(finding.message),
        related=tuple(place._replace(label=scrub(place.label)) for place in finding.related),
        subject=tuple((kind, scrub(name)) for kind, name in finding.subject),
        fixes=tuple(_masked_fix(fix) for fix in finding.fixes),
        values=masked_value(finding.values),
        cause=finding.cause._replace(key=scrub(finding.cause.key)),
        effect=scrub(finding.effect),
        suppression=finding.suppression
        and finding.suppression._replace(reason=scrub(finding.suppression.reason)),
    )


def masked_place(place: Place) -> Place:
    """Return the place with its names of keys and rows masked: some tools take a token for an id."""
    cell = place.cell and place.cell._replace(key=scrub(place.cell.key))
    return place._replace(pointer=scrub(place.pointer), cell=cell)


def masked_value(value: Any) -> Any:
    """Return a JSON value with every string in it masked."""
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, dict):
        return {key: masked_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [masked_value(item) for item in value]
    return value


def _masked_fix(fix: Fix) -> Fix:
    return replace(
        fix,
        title=scrub(fix.title),
        commands=tuple(scrub(command) for command in fix.commands),
        reason=scrub(fix.reason),
    )
