"""A comparison as text for a terminal."""

from collections.abc import Iterator, Sequence

from linter.configuration.rule_pack import LAYERS
from linter.engine.functions import time
from linter.printable import printable
from linter.reports.interface import Report
from linter.reports.text_finding import block, finding_lines, problem
from linter.reports.wording import amount, era, numbered, path_for_people
from linter.reports.wrapping import BOLD, GREEN, RED, YELLOW, Painter, wrapped
from linter.views.diff.compared import Diff, LayerDiff
from linter.views.diff.fact import Change
from linter.views.diff.matching import naming

_MARKS = {"new": ("+", GREEN), "gone": ("-", RED), "changed": ("~", YELLOW)}
_MOST_NAMED = 3
_WIDEST_NAME = 44


def diff_text(diff: Diff) -> str:
    """Return the changes of each layer, the findings that appeared and went, and a line that sums up."""
    writer = _Writer(diff)
    blocks = [writer.head(), *writer.layers(), *writer.findings()]
    return "\n\n".join([*blocks, writer.wrapped(writer.summary())])


class _Writer:
    def __init__(self, diff: Diff) -> None:
        self._diff = diff
        self._options = diff.appeared.options
        self._width = self._options.width
        self._paint = Painter(colour=self._options.colour)

    def wrapped(self, text: str) -> str:
        """Return a paragraph."""
        return "\n".join(wrapped(text, self._width))

    def head(self) -> str:
        lines = [self._side("---", self._diff.gone), self._side("+++", self._diff.appeared)]
        old, new = self._diff.gone.meta, self._diff.appeared.meta
        names = naming(old, new)
        told = [f"{old['canonical']} is called {new['canonical']} now"] if names.renames else []
        told += ["main's store and the shared one count as the same"] if names.moved else []
        return "\n".join([*lines, *([self.wrapped(f"({'; '.join(told)})")] if told else [])])

    def _side(self, mark: str, report: Report) -> str:
        path = path_for_people(report.states[0], self._options)
        name = f"{mark} {printable(path)}"
        told = self.wrapped(f"{name}\u00a0 {time(report.meta['now'])}, {era(report.meta)}")
        return told.replace("\u00a0", " ").replace(name, self._paint(name, BOLD), 1)

    def layers(self) -> Iterator[str]:
        for layer in self._diff.layers:
            if layer.changes:
                yield "\n".join([self._paint(_title(layer), BOLD), *self._changes(layer.changes)])
        same = [_title(layer) for layer in self._diff.layers if layer.known and not layer.changes]
        unknown = [_title(layer) for layer in self._diff.layers if not layer.known]
        lines = [f"Unchanged: {', '.join(same).lower()}."] if same else []
        if unknown:
            lines.append(f"Not captured on both sides: {', '.join(unknown).lower()} (--evidence).")
        if lines:
            yield "\n".join(map(self.wrapped, lines))

    def _changes(self, changes: Sequence[Change]) -> Iterator[str]:
        groups = _grouped(changes)
        names = [printable(_names(subjects)) for subjects in groups.values()]
        column = max((len(name) for name in names if len(name) <= _WIDEST_NAME), default=0)
        for change, name in zip(groups, names, strict=True):
            mark, colour = _MARKS[change.kind]
            start = f"  {self._paint(mark, colour)} {name:{column}}"
            values = [printable(value) for value in (change.before, change.after) if value is not None]
            line = f"{change.what} {' -> '.join(values)}".rstrip()
            if len(name) <= column and column + len(line) + 6 <= self._width:
                yield f"{start}  {line}"
            else:
                yield from wrapped(name, self._width, f"  {self._paint(mark, colour)} ", "    ")
                yield from self._spread(change.what, values)

    def _spread(self, what: str, values: Sequence[str]) -> Iterator[str]:
        line = f"{what} {' -> '.join(values)}".rstrip()
        if not values or len(line) + 8 <= self._width:
            yield f"        {line}"
            return
        yield from wrapped(what, self._width, "        ")
        yield from wrapped(values[0], self._width, " " * 11)
        for value in values[1:]:
            yield from wrapped(value, self._width, "        -> ", " " * 11)

    def findings(self) -> Iterator[str]:
        appeared = self._diff.appeared.in_order(notes=self._options.notes)
        if appeared:
            blocks = [block(finding, self._diff.appeared) for finding in appeared]
            yield "\n\n".join([self._paint("Findings that appeared", BOLD), *blocks])
        gone = self._diff.gone.in_order(notes=self._options.notes)
        if gone:
            lines = [one for finding in gone for one in finding_lines(finding, self._options, "  ")]
            yield "\n".join([self._paint("Findings that are gone", BOLD), *lines])
        failed = dict.fromkeys([*self._diff.gone.failed(), *self._diff.appeared.failed()])
        yield from (problem(one, self._options) for one in failed)

    def summary(self) -> str:
        changed = [layer for layer in self._diff.layers if layer.changes]
        number = sum(len(layer.changes) for layer in changed)
        where = f"{amount(number, 'change')} in {amount(len(changed), 'layer')}"
        sentences = [f"{where}." if number else "No changes."]
        appeared, gone = self._diff.appeared.counts(), self._diff.gone.counts()
        told = [f"{numbered(appeared)} appeared", f"{numbered(gone)} gone", f"{self._diff.stayed} as before"]
        sentences.append(f"Findings: {', '.join(told)}.")
        if not self._options.notes and (appeared["note"] or gone["note"]):
            sentences.append("Notes are shown with --notes.")
        failed = len({failure.rule for failure in self._diff.outcome.problems})
        if failed:
            sentences.append(f"{amount(failed, 'rule')} could not be evaluated.")
        return " ".join(sentences)


def _title(layer: LayerDiff) -> str:
    return LAYERS[layer.layer].partition(":")[0]


def _grouped(changes: Sequence[Change]) -> dict[Change, list[str]]:
    """Gather the subjects of changes that are equal but for these."""
    groups: dict[Change, list[str]] = {}
    for change in changes:
        groups.setdefault(change._replace(subject=""), []).append(change.subject)
    return groups


def _names(subjects: Sequence[str]) -> str:
    more = len(subjects) - _MOST_NAMED
    return ", ".join([*subjects[:_MOST_NAMED], *([f"{more} more"] if more > 0 else [])])
