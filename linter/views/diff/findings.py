"""Which findings a later state has and an earlier one had not, and which are gone."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from linter.engine.finding import RANK, Finding
from linter.views.diff.matching import Key, Naming, paired


class FindingDiff(NamedTuple):
    """Findings that appeared, or became worse, and those that went; `stayed` is the number of the others."""

    appeared: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    stayed: int


def finding_diff(before: Iterable[Finding], after: Iterable[Finding], naming: Naming) -> FindingDiff:
    """Compare findings that count: by fingerprint, else by the pair that they are about, from whichever end.

    After an upgrade they are also compared by rule and subject.
    """
    one, two = _by_fingerprint(before), _by_fingerprint(after)
    pairs: list[tuple[Finding | None, Finding | None]] = [
        (one.get(key), two.get(key)) for key in {**two, **one}
    ]
    alone = [pair for pair in pairs if None in pair]
    if alone:
        upgraded = naming.renames or naming.moved
        left, right = (_by_subject(side, upgraded=upgraded) for side in zip(*alone, strict=True))
        pairs = [pair for pair in pairs if None not in pair] + [*paired(left, right, naming)]
    appeared = [now for was, now in pairs if now and (was is None or RANK[now.severity] < RANK[was.severity])]
    gone = [was for was, now in pairs if was and now is None]
    return FindingDiff(tuple(appeared), tuple(gone), len(two) - len(appeared))


def _by_fingerprint(findings: Iterable[Finding]) -> dict[str, Finding]:
    return {finding.fingerprint: finding for finding in findings if finding.counts}


def _by_subject(findings: Iterable[Finding | None], *, upgraded: bool) -> dict[Key, Finding]:
    """Return findings by rule and subject, numbered where several are about one thing.

    A subject that is one of several in the finding's cause stands for all of them. Other findings of one
    release are known by their fingerprints alone.
    """
    found: dict[Key, Finding] = {}
    seen: Counter[Key] = Counter()
    for finding in findings:
        if finding is not None:
            *around, last = (name for _, name in finding.subject)
            several = finding.cause.key.split(", ")
            told_from_one_end = len(several) > 1 and any(name in last for name in several)
            key = (finding.rule, *around, finding.cause.key if told_from_one_end else last)
            key = key if upgraded or told_from_one_end else (*key, finding.fingerprint)
            seen[key] += 1
            found[(*key, str(seen[key]))] = finding
    return found
