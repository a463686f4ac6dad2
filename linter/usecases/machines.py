"""Linted snapshots of several machines side by side: the facts that each gives, and what they share."""

from collections.abc import Iterator, Sequence

from linter.engine.finding import RANK, Cause, Evaluation, Finding
from linter.engine.pack import Pack
from linter.reports.causes import title_of
from linter.snapshot.machines import APART, Fact, facts, shared, together
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import Row
from linter.sources.interface import Document


def facts_of(snapshot: Snapshot, evaluation: Evaluation, pack: Pack, name: str) -> Iterator[Fact]:
    """Yield what of a linted snapshot is compared with other machines; `name` tells it from others."""
    return facts(snapshot, name, _causes(evaluation, pack))


def side_by_side(machines: Sequence[tuple[Snapshot, Evaluation]], pack: Pack) -> Snapshot:
    """Return what linted snapshots of several machines share."""

    def find(source: str) -> Document | None:
        name, _, inner = source.partition(APART)
        return machines[int(name)][0].documents.get(inner) if name.isdecimal() else None

    found = [
        fact
        for number, (snapshot, evaluation) in enumerate(machines)
        for fact in facts_of(snapshot, evaluation, pack, str(number))
    ]
    return together(shared(found), find)


def _causes(evaluation: Evaluation, pack: Pack) -> Iterator[Row]:
    """Yield what is behind the findings of a machine, each cause once."""
    grouped: dict[Cause, list[Finding]] = {}
    for finding in evaluation.findings:
        if finding.counts:
            grouped.setdefault(finding.cause, []).append(finding)
    titles = {rule.id: rule.title for rule in pack.rules}
    for cause, findings in grouped.items():
        worst = min(findings, key=lambda finding: RANK[finding.severity])
        source, pointer, _ = worst.location
        yield {
            "at": {"source": source, "pointer": pointer},
            "kind": cause.kind,
            "key": cause.key,
            "title": title_of(cause, pack.causes, len(findings)) or titles.get(worst.rule, worst.rule),
            "severity": worst.severity,
        }
