"""What a finding is against a baseline, and whose entries are looked at."""

from pathlib import Path

import pytest

from linter.baseline.file import Baseline, Entry
from linter.baseline.marking import compared, extended, marked, name_in, name_of, pruned
from linter.configuration.ruleset import Ruleset
from linter.engine.finding import Cause, Evaluation, Finding, Location, RuleProblem, Suppression
from linter.engine.settings import Settings
from linter.openclaw.location import locate

HOME = Path("/home/ada")
FILE = Path("/home/ada/repo/authlint-baseline.json")
RULE = "session-override-exists"


def finding(mark, severity="warning", rule=RULE, **changes):
    subject = (("agent", "main"), ("session", mark))
    plain = Finding(
        rule, severity, "text", Location("file", ""), (), subject, (), mark, {}, Cause(rule, mark), "text"
    )
    return plain._replace(**changes)


def entry(mark, severity="warning", rule=RULE):
    return Entry(rule, severity, f"agent/main/session/{mark}", mark)


def baseline(**states):
    return Baseline(FILE, {name: {it.fingerprint: it for it in entries} for name, entries in states.items()})


@pytest.fixture
def state(tmp_path):
    """Return a function that makes a state below a home."""

    def make(*steps, **options):
        folder = tmp_path.joinpath(*steps)
        (folder / "agents").mkdir(parents=True, exist_ok=True)
        return locate(folder, environ={}, home=HOME, **options)

    return make


@pytest.mark.parametrize(
    ("now", "before", "state", "counts"),
    [
        ("warning", None, "new", True),
        ("warning", "warning", "unchanged", False),
        ("error", "warning", "updated", True),
        ("warning", "note", "updated", True),
        ("note", "error", "unchanged", False),
    ],
)
def test_a_finding_is_reported_when_it_is_new_or_worse(now, before, state, counts):
    (found,) = marked([finding("a", now)], {"a": entry("a", before)} if before else {})
    assert (found.baseline, found.counts) == (state, counts)


def test_what_is_suppressed_stays_suppressed():
    accepted = Suppression("known", None, Location("authlint.yaml", "/suppress/0"))
    (found,) = marked([finding("a", suppression=accepted)], {})
    assert found.suppression == accepted
    assert not found.counts


@pytest.fixture
def absent(pack, state):
    """Return a function that tells which entries are said to occur no longer."""

    def ask(known, found=(), settings=None, problems=(), **options):
        ruleset = Ruleset(pack, settings or Settings(), None)
        evaluation = Evaluation(tuple(found), tuple(problems))
        _, info = compared(baseline(any=known), evaluation, ruleset, state(**options), HOME, alone=True)
        return [it.fingerprint for it in info.absent]

    return ask


def test_entries_that_no_longer_occur_are_told(absent):
    assert absent([entry("a"), entry("b")], [finding("b")]) == ["a"]


def test_a_suppressed_finding_still_occurs(absent):
    accepted = Suppression("known", None, Location("authlint.yaml", "/suppress/0"))
    assert absent([entry("a")], [finding("a", suppression=accepted)]) == []


def test_entries_are_judged_only_where_their_rule_could_have_found_them(absent):
    assert absent([entry("a")], settings=Settings(ignore=frozenset({RULE}))) == []
    assert absent([entry("a")], problems=[RuleProblem(RULE, "failed", "rule.yaml", 1, 1)]) == []
    assert absent([entry("a")], agents=["main"]) == []
    assert absent([entry("a", rule="a-rule-of-another-pack")]) == []
    assert absent([entry("a", rule="suppression-unused")]) == ["a"]


def test_a_state_is_named_from_the_folder_of_the_baseline_else_from_the_home(state, tmp_path):
    inside, outside = state("repo", "state"), state("home", ".openclaw")
    file = tmp_path / "repo" / "authlint-baseline.json"
    assert name_of(inside, file, HOME) == "state"
    assert name_of(outside, file, tmp_path / "home") == "~/.openclaw"
    assert name_of(outside, file, HOME) == (tmp_path / "home/.openclaw").as_posix()
    assert name_of(inside, tmp_path / "repo/state/baseline.json", HOME) == "."
    assert name_of(None, file, HOME) == "*"


def test_a_state_that_moved_is_still_that_of_its_baseline(state):
    assert name_in(baseline(before=[]), state("after"), HOME, alone=True) == "before"


def test_among_several_states_each_has_its_own_entries(state):
    moved = state("after")
    assert name_in(baseline(before=[]), moved, HOME, alone=False) == moved.state_dir.as_posix()
    assert name_in(baseline(one=[], two=[]), moved, HOME, alone=True) == moved.state_dir.as_posix()


def test_a_baseline_grows_by_what_is_found_and_loses_nothing():
    before = baseline(one=[entry("gone"), entry("worse", "note")], two=[entry("other")])
    after = extended(before, "one", [finding("new"), finding("worse", "error")])
    assert after == baseline(one=[entry("gone"), entry("worse", "error"), entry("new")], two=[entry("other")])


def test_what_the_configuration_suppresses_is_not_added():
    accepted = Suppression("known", None, Location("authlint.yaml", "/suppress/0"))
    assert extended(baseline(), "one", [finding("a", suppression=accepted)]) == baseline(one=[])


def test_a_token_in_a_subject_is_masked():
    after = extended(baseline(), "one", [finding("a", subject=(("profile", "rt_FAKE_0123456789"),))])
    assert after.states["one"]["a"].subject == "profile/[secret]"


def test_pruning_removes_what_has_gone_from_one_state():
    before = baseline(one=[entry("a"), entry("b")], two=[entry("a")])
    assert pruned(before, "one", [entry("a")]) == baseline(one=[entry("b")], two=[entry("a")])
    assert pruned(before, "three", []) == before
