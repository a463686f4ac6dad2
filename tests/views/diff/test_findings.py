"""Findings of two runs."""

import pytest

from linter.engine.finding import Cause, Finding, Location, Suppression
from linter.views.diff.findings import finding_diff
from linter.views.diff.matching import naming

CAUSE, PLACE = Cause("rule", ""), Location("s", "")
J, S = {"canonical": "openai-codex", "era": "J"}, {"canonical": "openai", "era": "S"}


def finding(fingerprint, severity="warning", subject=("shared", "openai:a"), **fields):
    pairs = tuple(zip(("scope", "profile"), subject, strict=True))
    fields = {"cause": CAUSE, "effect": "", **fields}
    return Finding("rule", severity, fingerprint, PLACE, (), pairs, (), fingerprint, {}, **fields)


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


@pytest.mark.parametrize("metas", [(S, S), (J, S)])
def test_a_finding_about_a_pair_is_the_same_from_either_end(metas):
    prefix = metas[0]["canonical"]
    pair = Cause("one-login-twice", f"{prefix}:a, {prefix}:b")
    old = finding("x", subject=("shared", f"{prefix}:a"), cause=pair)
    assert told(
        [old],
        [finding("y", subject=("shared", "openai:b"), cause=Cause("one-login-twice", "openai:a, openai:b"))],
        metas,
    ) == ([[], []], 1)
    other = Cause("one-login-twice", "openai:b, openai:c")
    assert told([old], [finding("y", subject=("shared", "openai:b"), cause=other)], metas) == (
        [["y"], ["x"]],
        0,
    )


def test_findings_about_two_chats_of_one_cause_are_two():
    cause = Cause("login-missing", "openai:a, openai:b")
    old, new = (finding(mark, subject=("main", f"agent:main:{mark}"), cause=cause) for mark in "xy")
    assert told([old], [new]) == ([["y"], ["x"]], 0)
