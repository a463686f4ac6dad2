"""What becomes of a pin: one example of each outcome, as a user would meet it."""

import pytest

from fixtures.oracle.generate import HOUR, NOW

ALICE, BOB, KEY = "openai:alice@example.com", "openai:bob@example.com", "openai:key"


def login(provider="openai", **fields):
    base = {"type": "oauth", "provider": provider, "access": "a", "refresh": "r", "expires": NOW + 9 * HOUR}
    return base | fields


BOTH = {ALICE: login(), BOB: login()}


def pin(profile_id, source=None, count=None):
    fields = {"authProfileOverride": profile_id, "authProfileOverrideSource": source}
    return {name: value for name, value in fields.items() if value} | (
        {} if count is None else {"authProfileOverrideCompactionCount": count}
    )


def outcome(row):
    return row["profile"], row["outcome"], row["reason"], row["pin_after"], row["source_after"]


def test_a_session_without_a_pin_takes_the_head_of_the_order(next_turn):
    row = next_turn({}, profiles=BOTH, order=[BOB, ALICE])
    assert outcome(row) == (BOB, "chosen", "first_in_order", BOB, "auto")
    assert row["source"] == "order"


def test_a_users_pin_stays_though_the_order_leaves_it_out(next_turn):
    row = next_turn(pin(ALICE, "user"), profiles=BOTH, order=[BOB])
    assert outcome(row) == (ALICE, "kept", "pinned", ALICE, "user")


def test_before_2026_4_7_a_users_pin_outside_the_order_is_dropped(next_turn):
    profiles = {"openai-codex:a": login("openai-codex"), "openai-codex:b": login("openai-codex")}
    given = {"profiles": profiles, "order": ["openai-codex:b"], "provider": "openai-codex"}
    old = next_turn(pin("openai-codex:a", "user"), version="2026.3.24", **given)
    new = next_turn(pin("openai-codex:a", "user"), version="2026.4.26", **given)
    assert outcome(old) == ("openai-codex:b", "replaced", "not_in_order", "openai-codex:b", "auto")
    assert outcome(new) == ("openai-codex:a", "kept", "pinned", "openai-codex:a", "user")


def test_an_automatic_pin_outside_the_order_gives_way(next_turn):
    row = next_turn(pin(ALICE, "auto"), profiles=BOTH, order=[BOB])
    assert outcome(row) == (BOB, "replaced", "not_in_order", BOB, "auto")


def test_a_users_pin_on_a_removed_profile_makes_the_session_unrunnable(next_turn):
    row = next_turn(pin("openai:gone", "user"), profiles=BOTH)
    assert outcome(row) == ("openai:gone", "unrunnable", "profile_missing", "openai:gone", "user")


@pytest.mark.parametrize("version", ["2026.6.6", "2026.8.2"])
def test_older_versions_replace_it_by_another_account(next_turn, version):
    row = next_turn(pin("openai:gone", "user"), profiles=BOTH, version=version)
    assert outcome(row) == (ALICE, "replaced", "profile_missing", ALICE, "auto")


def test_a_pin_without_source_is_a_users_unless_it_has_a_compaction_count(next_turn):
    assert next_turn(pin(ALICE), profiles=BOTH)["source_after"] == "user"
    assert next_turn(pin(ALICE, count=0), profiles=BOTH)["source_after"] == "auto"


def test_a_pin_in_the_old_namespace_is_dropped_whoever_set_it(next_turn):
    row = next_turn(pin("openai-codex:alice@example.com", "user"), profiles=BOTH)
    assert outcome(row) == (ALICE, "replaced", "profile_missing", ALICE, "auto")


def test_a_pin_of_another_provider_is_dropped_and_nobody_takes_its_place(next_turn):
    entry = pin(ALICE, "user") | {"providerOverride": "anthropic", "modelOverride": "claude-opus-4-6"}
    assert outcome(next_turn(entry, profiles=BOTH)) == (None, "cleared", "provider_mismatch", None, None)


def test_a_personal_account_cannot_be_judged(next_turn):
    personal = "personal:00000000-0000-4000-8000-000000000001:00000000-0000-4000-8000-000000000002"
    assert next_turn(pin(personal, "user"), profiles=BOTH)["outcome"] == "unknown"


def test_a_blocked_automatic_pin_rotates_within_its_billing(next_turn):
    profiles = {KEY: {"type": "api_key", "provider": "openai", "key": "sk-invented"}, **BOTH}
    stats = {ALICE: {"disabledUntil": NOW + HOUR}}
    row = next_turn(pin(ALICE, "auto"), profiles=profiles, order=[KEY, ALICE, BOB], stats=stats)
    assert outcome(row) == (BOB, "rotated", "blocked", BOB, "auto")


def test_a_block_of_another_model_does_not_count(next_turn):
    stats = {ALICE: {"cooldownUntil": NOW + HOUR, "cooldownReason": "rate_limit", "cooldownModel": "gpt-5.4"}}
    other = next_turn(pin(ALICE, "auto") | {"model": "gpt-5.5"}, profiles=BOTH, stats=stats)
    same = next_turn(pin(ALICE, "auto") | {"model": "gpt-5.4"}, profiles=BOTH, stats=stats)
    assert (other["outcome"], same["outcome"]) == ("kept", "rotated")


def test_when_all_are_blocked_an_automatic_pin_is_dropped(next_turn):
    stats = {name: {"disabledUntil": NOW + HOUR} for name in BOTH}
    row = next_turn(pin(ALICE, "auto"), profiles=BOTH, stats=stats)
    assert outcome(row) == (None, "cleared", "all_blocked", None, None)


def test_a_pin_moves_up_once_a_rate_limit_is_over(next_turn):
    stats = {ALICE: {"failureCounts": {"rate_limit": 1}}}
    row = next_turn(pin(BOB, "auto"), profiles=BOTH, order=[ALICE, BOB], stats=stats)
    assert outcome(row) == (ALICE, "rotated", "recovered", ALICE, "auto")


def test_compaction_moves_an_automatic_pin_on_until_2026_9_6(next_turn):
    entry = pin(ALICE, "auto", 0) | {"compactionCount": 1}
    assert outcome(next_turn(entry, profiles=BOTH, version="2026.8.2"))[:3] == (BOB, "rotated", "compacted")
    assert outcome(next_turn(entry, profiles=BOTH))[:3] == (ALICE, "kept", "pinned")


def test_the_profile_behind_the_primary_model_wins_over_an_automatic_pin_only(next_turn):
    model = f"openai/gpt-5.5@{BOB}"
    row = next_turn(pin(ALICE, "auto"), profiles=BOTH, model=model)
    assert (row["profile"], row["source"], row["pin_after"]) == (BOB, "suffix", ALICE)
    assert next_turn(pin(ALICE, "user"), profiles=BOTH, model=model)["profile"] == ALICE
    ghost = next_turn({}, profiles=BOTH, model="openai/gpt-5.5@openai:ghost")
    assert (ghost["outcome"], ghost["reason"]) == ("unrunnable", "suffix_missing")
