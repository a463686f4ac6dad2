"""What a preview says a command would do is what the recorded states say that it did."""

import pytest

from fixtures import load
from fixtures.oracle.unchanged import VERSIONS, changed
from linter.openclaw.whatif.steps import Fixes, later, logged_out, order_cleared, order_set, pinned
from linter.openclaw.whatif.unpredictable import UnpredictableError
from linter.usecases.preview import derived_again, preview
from linter.usecases.target import Caller, Target
from linter.views.preview import logins

ALICE, BOB = "openai:alice@example.com", "openai:bob@example.com"
MAIN, CHAT = "agent:main:main", "agent:main:telegram:direct:42"
HOUR = 3_600_000


@pytest.fixture
def target(tmp_path, cache_home):
    """Return a function that gives the target of a recorded state, and what is to be known of it."""

    def make(name):
        home = tmp_path / name
        state = load.materialise(name, home)
        caller = Caller({}, state.parent, tmp_path, cache_home)
        return Target(caller, load.describe(name).now, states=(state,))

    return make


def used(target):
    return logins(target.snapshot(target.location(), None))


def predicted(target, *steps):
    after = derived_again(target.snapshot(target.location(), None))
    for step in steps:
        step.make(after)
        after = derived_again(after)
    return logins(after)


@pytest.mark.parametrize(
    ("before", "steps", "after"),
    [
        ("2026.9.6-clean", [logged_out("main", BOB)], "2026.9.6-logged-out"),
        ("2026.9.6-clean", [order_set("main", "openai", (BOB, ALICE))], "2026.9.6-order-set"),
        ("2026.8.2-clean", [order_set("main", "openai", (BOB, ALICE))], "2026.8.2-order-set"),
        (
            "2026.9.6-clean",
            [order_set("main", "openai", (BOB, ALICE)), order_cleared("main", "openai")],
            "2026.9.6-order-cleared",
        ),
    ],
)
def test_a_command_does_what_it_did_when_it_was_recorded(before, steps, after, target):
    assert predicted(target(before), *steps) == used(target(after))


@pytest.mark.parametrize("name", load.names())
def test_nothing_done_changes_nothing(name, target):
    state = target(name)
    if state.snapshot(state.location(), None).meta["semantics"] is None:
        with pytest.raises(UnpredictableError, match="not known"):
            preview(state, [], state.options())
        return
    found = preview(state, [later(0, "+0 s")], state.options(notes=True))
    assert found.switches == ()
    assert not found.diff.appeared.findings
    assert not found.diff.gone.findings
    assert all(not layer.changes for layer in found.diff.layers)


@pytest.mark.parametrize("seed", range(24))
def test_steps_that_change_nothing_change_nothing(seed):
    assert [*changed(VERSIONS[seed % len(VERSIONS)], seed)] == []


def test_a_switch_names_both_accounts(target):
    state = target("2026.9.6-clean")
    found = preview(state, [pinned(MAIN, ALICE)], state.options())
    (switch,) = found.switches
    assert (switch.session, switch.before.account, switch.after.account) == (
        MAIN,
        "bob@example.com",
        "alice@example.com",
    )
    assert switch.account
    assert not switch.billing
    assert found.moves


def test_time_ends_blocks(target):
    state = target("2026.3.24-rate-limited")
    assert used(state)["main", CHAT].profile != predicted(state, later(HOUR, "1h"))["main", CHAT].profile


def test_fixes_are_made_one_after_the_other(target):
    state = target("2026.3.24-pin-missing")
    found = preview(state, [Fixes(unsafe=True)], state.options())
    assert [finding.rule for finding in found.diff.gone.findings if finding.severity == "error"] == [
        "session-override-exists"
    ]
    assert preview(state, [Fixes(unsafe=False)], state.options()).diff.stayed > found.diff.stayed


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (order_set("main", "openai", ("openai:nobody",)), "has no login openai:nobody"),
        (order_set("main", "anthropic", (ALICE,)), "a login of openai, not of anthropic"),
        (order_set("nope", "openai", (ALICE,)), "agent nope"),
        (logged_out("main", "openai:nobody"), "has no login openai:nobody"),
        (pinned("agent:main:nope", ALICE), "no session agent:main:nope"),
        (pinned(MAIN, "openai:nobody"), "has no login openai:nobody"),
    ],
)
def test_what_openclaw_refuses_is_not_predicted(step, reason, target):
    with pytest.raises(UnpredictableError, match=reason):
        predicted(target("2026.9.6-clean"), step)


def test_a_version_without_logout_does_not_log_out(target):
    with pytest.raises(UnpredictableError, match=r"2026\.8\.2"):
        predicted(target("2026.6.6-clean"), logged_out("main", ALICE))
