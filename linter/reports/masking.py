"""The last safeguard before a finding is shown: tokens in its texts are masked, and all is printable."""

from typing import Any

from linter.engine.finding import Finding, Fix
from linter.printable import printable
from linter.snapshot.redact import scrub
from linter.sources.documents import Place


def masked(finding: Finding) -> Finding:
    """Return the finding with its texts masked. Fingerprint, edits and places stay as they are."""
    return finding._replace(
        message=_shown(finding.message),
        related=tuple(place._replace(label=_shown(place.label)) for place in finding.related),
        subject=tuple((kind, scrub(name)) for kind, name in finding.subject),
        fixes=tuple(_masked_fix(fix) for fix in finding.fixes),
        values=masked_value(finding.values),
        cause=finding.cause._replace(key=_shown(finding.cause.key)),
        effect=_shown(finding.effect),
        suppression=finding.suppression
        and finding.suppression._replace(reason=_shown(finding.suppression.reason)),
    )


def masked_place(place: Place) -> Place:
    """Return the place with its names of keys and rows masked: some tools take a token for an id."""
    cell = place.cell and place.cell._replace(key=_shown(place.cell.key))
    return place._replace(pointer=_shown(place.pointer), cell=cell, origin=_shown(place.origin))


def masked_value(value: Any) -> Any:
    """Return a JSON value with every string in it masked."""
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, dict):
        return {key: masked_value(item) for key, item in value.items()}
    return [masked_value(item) for item in value] if isinstance(value, list | tuple) else value


def _masked_fix(fix: Fix) -> Fix:
    return fix._replace(
        title=_shown(fix.title),
        commands=tuple(_shown(command) for command in fix.commands),
        reason=_shown(fix.reason),
    )


def _shown(text: str) -> str:
    return printable(scrub(text))
