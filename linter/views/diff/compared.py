"""Two snapshots of one state compared: the changes of every layer, and the findings that appeared or went."""

from collections.abc import Iterable
from typing import NamedTuple

from linter.configuration.rule_pack import LAYERS
from linter.engine.finding import Evaluation
from linter.reports.interface import Report
from linter.snapshot.redact import scrub
from linter.snapshot.snapshot import Snapshot
from linter.views.diff import facts, repo, runtime
from linter.views.diff.fact import Change, changed
from linter.views.diff.matching import Naming, naming

_FACTS = {
    "preference": facts.preference,
    "order": facts.order,
    "session": facts.session,
    "usage": facts.usage,
    "display": facts.display,
}
_CHANGES = {"runtime": runtime.changes, "repo": repo.changes}


class LayerDiff(NamedTuple):
    """The changes of one layer of the taxonomy; `known` is False where nothing tells."""

    layer: str
    changes: tuple[Change, ...]
    known: bool


class Diff(NamedTuple):
    """What is different between two states.

    `appeared` is the report on the later one with only the findings that are new or worse there, `gone` that
    on the earlier one with only those that the later has no more; `stayed` is the number of the others.
    """

    layers: tuple[LayerDiff, ...]
    appeared: Report
    gone: Report
    stayed: int

    @property
    def outcome(self) -> Evaluation:
        """What counts for the exit code: findings that appeared, and rules that failed on either side."""
        return Evaluation(self.appeared.findings, (*self.gone.problems, *self.appeared.problems))


def layer_diffs(before: Snapshot, after: Snapshot) -> tuple[LayerDiff, ...]:
    """Compare two snapshots that are comparable, layer by layer. Texts that look like a token are masked."""
    names = naming(before.meta, after.meta)
    captured = all(snapshot.tables["usage_evidence"] for snapshot in (before, after))
    return tuple(
        LayerDiff(
            layer,
            tuple(dict.fromkeys(map(_masked, _changes(layer, before, after, names)))),
            known=layer != "usage" or captured,
        )
        for layer in LAYERS
    )


def _changes(layer: str, before: Snapshot, after: Snapshot, names: Naming) -> Iterable[Change]:
    if layer in _CHANGES:
        return _CHANGES[layer](before, after, names)
    return changed(_FACTS[layer](before.tables), _FACTS[layer](after.tables), names)


def _masked(change: Change) -> Change:
    kind, subject, what, before, after = change
    return Change(kind, scrub(subject), what, before and scrub(before), after and scrub(after))
