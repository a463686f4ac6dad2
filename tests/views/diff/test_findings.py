"""Findings of two runs."""

from linter.engine.finding import Cause, Finding, Location, Suppression
from linter.views.diff.findings import finding_diff
from linter.views.diff.matching import naming

CAUSE, PLACE = Cause("rule", ""), Location("s", "")
J, S = {"canonical": "openai-codex", "era": "J"}, {"canonical": "openai", "era": "S"}


def finding(fingerprint, severity="warning", subject=("shared", "openai:a"), **fields):
    pairs = tuple(zip(("scope", "profile"), subject, strict=True))
    return Finding("rule", severity, fingerprint, PLACE, (), pairs, (), fingerprint, {}, CAUSE, "", **fields)


def told(before, after, metas=(S, S)):
    found = finding_diff(before, after, naming(*metas))
    return [[it.message for it in side] for side in (found.appeared, found.gone)], found.stayed


def test_they_are_told_apart_by_their_fingerprints():
    assert told([finding("a"), finding("b")], [finding("b"), finding("c")]) == ([["c"], ["a"]], 1)


def test_one_that_became_worse_appeared_and_one_that_became_better_did_not():
    assert told([finding("a")], [finding("a", "error")]) == ([["a"], []], 0)
    assert told([finding("a")], [finding("a", "note")]) == ([[], []], 1)


def test_what_is_accepted_counts_on_neither_side():
    accepted = finding("a", suppression=Suppression("known", None, Location("s", "")))
    assert told([accepted], [accepted]) == ([[], []], 0)


def test_after_an_upgrade_a_finding_about_the_same_thing_is_the_same():
    old = finding("a", subject=("agent:main", "openai-codex:a"))
    assert told([old], [finding("b")], (J, S)) == ([[], []], 1)
    assert told([old], [finding("b")]) == ([["b"], ["a"]], 0)


def test_several_findings_about_one_thing_are_counted():
    old = finding("a", subject=("agent:main", "openai-codex:a"))
    assert told([old], [finding("b"), finding("c")], (J, S)) == ([["c"], []], 1)
