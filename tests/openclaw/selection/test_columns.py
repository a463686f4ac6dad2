"""Derived columns of raw rows."""

import pytest

from fixtures.oracle.generate import DAY, HOUR, NOW
from linter.openclaw.selection import selections

ALICE, BOB = "openai:alice@example.com", "openai:bob@example.com"
LOGIN = {"type": "oauth", "provider": "openai", "access": "a", "refresh": "r", "expires": NOW + DAY}


def session(derived, **entry):
    entry = {"sessionId": "s", "updatedAt": NOW, **entry}
    tables = derived(
        stores={"shared": {"profiles": {ALICE: LOGIN}}},
        sessions={"main": {"agent:main:main": entry}},
    )
    return tables["sessions"][0]


def stats(derived, version="2026.9.6", **record):
    name = "shared" if version >= "2026.8" else "main"
    return derived(version, stores={name: {"profiles": {ALICE: LOGIN}, "usageStats": {ALICE: record}}})[
        "usage_stats"
    ][0]


def test_the_next_model_is_the_chosen_one_then_the_agents(derived):
    row = session(derived, providerOverride="Anthropic", modelOverride="claude-opus-4-6@anthropic:work")
    assert (row["session_provider"], row["session_model"]) == ("anthropic", "claude-opus-4-6")
    assert (row["suffix_field"], row["suffix"]) == ("modelOverride", "anthropic:work")
    row = session(derived, modelProvider="anthropic", model="claude-opus-4-6")
    assert (row["session_provider"], row["session_model"]) == ("openai", "gpt-5.5")


def test_a_provider_without_a_model_is_no_choice(derived):
    assert session(derived, providerOverride="anthropic")["session_provider"] == "openai"


def test_a_thread_takes_the_model_that_its_parent_chose(derived):
    parent = {
        "sessionId": "p",
        "updatedAt": NOW,
        "providerOverride": "anthropic",
        "modelOverride": "claude-opus-4-6",
    }
    entries = {
        "agent:main:slack:channel:c": parent,
        "agent:main:slack:channel:c:thread:1": {"sessionId": "t", "updatedAt": NOW},
    }
    rows = derived(stores={}, sessions={"main": entries})["sessions"]
    assert [row["session_provider"] for row in rows] == ["anthropic", "anthropic"]


@pytest.mark.parametrize(("version", "provider"), [("2026.3.24", "anthropic"), ("2026.5.7", "openai")])
def test_a_topic_takes_it_in_early_versions_only(derived, version, provider):
    parent = {"sessionId": "p", "updatedAt": NOW, "providerOverride": "anthropic", "modelOverride": "claude"}
    entries = {
        "agent:main:telegram:group:-1": parent,
        "agent:main:telegram:group:-1:topic:7": {"sessionId": "t", "updatedAt": NOW},
    }
    rows = derived(version, stores={}, sessions={"main": entries})["sessions"]
    assert [row["session_provider"] for row in rows] == ["anthropic", provider]


@pytest.mark.parametrize(("version", "provider"), [("2026.9.6", "openai"), ("2026.8.2", "anthropic")])
def test_a_choice_that_is_marked_default_counts_as_none(derived, version, provider):
    choice = {"providerOverride": "anthropic", "modelOverride": "claude", "modelOverrideSource": "default"}
    entry = {"sessionId": "s", "updatedAt": NOW, **choice}
    (row,) = derived(version, stores={}, sessions={"main": {"agent:main:main": entry}})["sessions"]
    assert row["session_provider"] == provider


@pytest.mark.parametrize(("version", "model"), [("2026.6.6", "gpt-5.5"), ("2026.5.7", "openai/gpt-5.5")])
def test_a_chosen_model_may_repeat_its_provider(derived, version, model):
    choice = {"providerOverride": "openai", "modelOverride": "openai/gpt-5.5"}
    entry = {"sessionId": "s", "updatedAt": NOW, **choice}
    (row,) = derived(version, stores={}, sessions={"main": {"agent:main:main": entry}})["sessions"]
    assert row["session_model"] == model


def test_a_pin_belongs_to_its_credential_before_its_prefix(derived):
    assert session(derived, authProfileOverride=f" {ALICE} ")["pin"] == ALICE
    assert session(derived, authProfileOverride="anthropic:gone")["pin_realm"] == "anthropic"
    assert session(derived, authProfileOverride="  ")["pin"] is None


def test_a_session_is_live_for_a_week(derived):
    assert session(derived, updatedAt=NOW - 7 * DAY)["live"]
    assert not session(derived, updatedAt=NOW - 7 * DAY - 1)["live"]
    assert not session(derived, updatedAt="yesterday")["live"]


def test_values_of_a_wrong_type_do_not_stop_anything(derived):
    row = session(derived, authProfileOverride=["x"], authProfileOverrideSource={}, compactionCount="many")
    assert (row["pin"], row["override_source"]) == (None, None)


def test_a_block_of_one_model_stands_apart(derived):
    row = stats(derived, cooldownUntil=NOW + HOUR, cooldownReason="rate_limit", cooldownModel="gpt-5.5")
    assert (row["blocked_until"], row["model_blocked_until"], row["blocked_model"]) == (
        None,
        NOW + HOUR,
        "gpt-5.5",
    )
    row = stats(
        derived, "2026.6.6", cooldownUntil=NOW + HOUR, cooldownReason="rate_limit", cooldownModel="gpt-5.5"
    )
    assert (row["blocked_until"], row["blocked_model"]) == (NOW + HOUR, "gpt-5.5")
    disabled = {"disabledUntil": NOW + 2 * HOUR, "cooldownUntil": NOW + HOUR}
    row = stats(derived, "2026.6.6", **disabled, cooldownReason="rate_limit", cooldownModel="gpt-5.5")
    assert (row["blocked_until"], row["blocked_model"]) == (NOW + 2 * HOUR, None)


def test_past_and_meaningless_windows_do_not_block(derived):
    for value in (NOW, NOW - HOUR, "soon", -1, 0, 9e15):
        assert stats(derived, disabledUntil=value)["blocked_until"] is None


def test_a_record_without_errors_says_nothing(derived):
    assert stats(derived, errorCount=0)["stub"]
    assert not stats(derived, errorCount=1)["stub"]


def test_records_name_the_agents_that_see_them(derived):
    stores = {
        "shared": {
            "profiles": {ALICE: LOGIN},
            "usageStats": {ALICE: {"errorCount": 1}},
            "lastGood": {"openai": ALICE},
        },
        "ops": {"profiles": {ALICE: LOGIN}, "usageStats": {ALICE: {"errorCount": 2}}},
        "lab": {"profiles": {}},
    }
    tables = derived(stores=stores)
    seen = {row["scope"]: row["agents"] for row in tables["usage_stats"]}
    assert seen == {"shared": ["main", "lab"], "agent:ops": ["ops"]}
    assert tables["last_good"][0]["agents"] == ["main", "ops", "lab"]


def test_the_first_of_two_equal_config_keys_counts_and_the_last_of_two_stored_ones(derived):
    order = {"openai": [ALICE], " OpenAI ": ["openai:bob"]}
    stores = {"shared": {"profiles": {ALICE: LOGIN}, "order": order}}
    rows = derived(stores=stores, auth={"order": order})["order_lists"]
    shadowed = {(row["layer"], row["provider"]): row["shadowed_key"] for row in rows}
    assert shadowed == {
        ("shared", "openai"): True,
        ("shared", " OpenAI "): False,
        ("config", "openai"): False,
        ("config", " OpenAI "): True,
    }


def test_repeated_ids_are_marked(derived):
    rows = derived(stores={}, auth={"order": {"openai": [ALICE, "openai:bob", ALICE]}})["orders"]
    assert [row["duplicate"] for row in rows] == [False, False, True]


def test_sessions_that_are_equal_in_all_that_decides_are_worked_out_once(derived, monkeypatch):
    calls = []
    select = selections.select
    monkeypatch.setattr(selections, "select", lambda *args: calls.append(args) or select(*args))
    entries = {f"agent:main:direct:{n}": {"sessionId": str(n), "updatedAt": NOW - n} for n in range(500)}
    tables = derived(stores={"shared": {"profiles": {ALICE: LOGIN}}}, sessions={"main": entries})
    assert len(tables["selections"]) == 500
    assert len(calls) == 1


@pytest.mark.parametrize(("reason", "blocked"), [("billing", None), ("because", NOW + HOUR)])
def test_an_own_record_that_says_why_a_profile_was_disabled_hides_the_inherited_one(derived, reason, blocked):
    stores = {
        "shared": {"profiles": {ALICE: LOGIN}, "usageStats": {ALICE: {"cooldownUntil": NOW + HOUR}}},
        "ops": {"profiles": {BOB: LOGIN}, "usageStats": {ALICE: {"disabledReason": reason}}},
    }
    rows = derived(stores=stores)["effective_orders"]
    (row,) = [row for row in rows if (row["agent"], row["id"]) == ("ops", ALICE)]
    assert row["blocked_until"] == blocked
