"""What is told of recorded states that differ in one thing, layer by layer."""

import json

import pytest

from fixtures import goldens, load
from linter.openclaw.location import locate
from linter.usecases.snapshot import take_snapshot
from linter.views.diff.compared import layer_diffs

CLEAN = "2026.3.24-clean"
SKILL, KIT, MULTI = (f"../routers/{tool}" for tool in ("skill", "switching-kit", "multi-auth"))
ALICE, BOB = "openai-codex:alice@example.com", "openai-codex:bob@example.com"
BOTH = f"{ALICE}, {BOB}"


@pytest.mark.parametrize("name", goldens.names()[::4])
def test_a_state_does_not_differ_from_itself(told, name):
    assert told(name, name) == {}


def test_the_order_of_keys_and_the_time_of_use_are_no_change(tmp_path):
    state = load.materialise(CLEAN, tmp_path)
    location = locate(state, environ={}, home=tmp_path)
    before = take_snapshot(location, load.describe(CLEAN).now)
    for path in state.glob("agents/*/*/*.json"):
        path.write_text(json.dumps(turned(json.loads(path.read_text()))))
    after = take_snapshot(location, load.describe(CLEAN).now)
    assert [it.layer for it in layer_diffs(before, after) if it.changes] == []


def turned(value):
    """Return a JSON value with its members the other way round, and later times of use."""
    if isinstance(value, dict):
        late = {"updatedAt", "lastUsed", "lastFailureAt"}
        return {key: it + 1000 if key in late else turned(it) for key, it in reversed(value.items())}
    return value


def test_a_pin_is_told_with_its_source_and_with_whom_the_next_turn_uses(told):
    ghost = "openai-codex:ghost@example.com"
    assert told(CLEAN, "2026.3.24-pin-missing") == {
        "session": [
            ("changed", "agent:main:main", "pin", f"{BOB} (user)", f"{ghost} (user, no such login)"),
            (
                "changed",
                "agent:main:telegram:direct:42",
                "pin",
                f"{ALICE} (auto)",
                f"{ghost} (auto, no such login)",
            ),
        ],
        "runtime": [("changed", "agent:main:main", "next turn", BOB, ALICE)],
    }


def test_a_block_is_told_with_what_it_does_to_the_order(told):
    assert told(CLEAN, "2026.3.24-out-of-credit")["runtime"] == [
        ("changed", "agent:main:telegram:direct:42", "next turn", ALICE, BOB),
        ("changed", "agent main, openai-codex", "tries", BOTH, f"{BOB}, {ALICE}"),
        ("new", f"{ALICE} (agent main)", "blocked", None, "until 2026-11-22 04:59 UTC (billing)"),
        ("changed", "agent main, openai-codex", "last good", ALICE, BOB),
    ]


def test_the_end_of_a_block_is_told_too(told):
    kinds = [change[:3] for change in told("2026.3.24-out-of-credit", CLEAN)["runtime"]]
    assert ("gone", f"{ALICE} (agent main)", "blocked") in kinds


def test_order_lists_are_told_by_their_place(told):
    ghost, other = "openai-codex:ghost@example.com", "openai-codex:ghost2@example.com"
    assert told(CLEAN, "2026.3.24-order-partly-missing")["order"] == [
        ("changed", "agent main, openai-codex", "order", BOTH, f"{ghost}, {ALICE}"),
        ("new", "openclaw.json, openai-codex", "order", None, f"{other}, {BOB}"),
    ]


def test_declarations_belong_to_the_order(told):
    assert told(CLEAN, "2026.3.24-config-disagrees")["order"] == [
        ("changed", BOB, "declared in openclaw.json as", "oauth of openai-codex", "api_key of openai-codex"),
        (
            "new",
            "openai-codex:ghost@example.com",
            "declared in openclaw.json as",
            None,
            "oauth of openai-codex",
        ),
    ]


def test_a_model_with_a_profile_is_a_preference(told):
    model = "openai-codex/gpt-5.4"
    assert told(CLEAN, "2026.3.24-model-suffix-missing")["preference"] == [
        ("changed", f"agent {agent}", "model", model, f"{model}@openai-codex:ghost@example.com")
        for agent in ("main", "work")
    ]


def test_a_failed_refresh_is_told_as_that(told):
    runtime = told("2026.9.6-clean", "2026.9.6-refresh-failed")["runtime"]
    name = "openai:alice@example.com (shared)"
    assert ("changed", name, "lost its tokens in a failed refresh", None, None) in runtime


def test_what_an_upgrade_only_renames_is_no_change_and_a_pin_that_it_kills_is_one(told):
    changes = told(CLEAN, "2026.6.6-upgraded")
    assert changes == {
        "session": [
            ("changed", "agent:main:main", "pin", f"{BOB} (user)", f"{BOB} (user, no such login)"),
            (
                "changed",
                "agent:main:telegram:direct:42",
                "pin",
                f"{ALICE} (auto)",
                f"{ALICE} (auto, no such login)",
            ),
        ],
        "order": [("gone", "agent work, openai-codex", "order", "openai-codex:carol@example.com", None)],
        "runtime": [
            ("changed", "agent:main:main", "next turn", BOB, "openai:alice@example.com"),
            (
                "changed",
                "agent work, openai",
                "tries",
                "openai-codex:carol@example.com",
                "openai:carol@example.com, openai:alice@example.com, openai:bob@example.com",
            ),
        ],
    }


def test_what_was_mains_is_found_in_the_shared_store(told):
    changes = told(CLEAN, "2026.9.6-clean")
    assert [kind for layer in changes.values() for kind, *_ in layer if kind == "new"] == []
    assert [change[2] for change in changes["runtime"]] == ["tries"]


def test_a_preference_that_is_not_followed_changes_nothing_else(told):
    assert told(f"{SKILL}/healthy", f"{SKILL}/switch-unfinished") == {
        "preference": [("changed", "skill", "prefers", "openai-codex:personal", "openai-codex:team")]
    }


def test_a_slot_is_told_by_what_it_holds_and_a_refresh_in_it_by_its_tokens(told):
    assert told(f"{SKILL}/healthy", f"{SKILL}/refreshed") == {
        "repo": [("changed", "slot openai-codex:default of main", "new tokens, same seat", None, None)]
    }


def test_another_account_in_a_slot_is_another_account_for_its_sessions(told):
    changes = told("../routers/codex-switcher/healthy", "../routers/codex-switcher/login-by-hand")
    assert ("changed", "slot openai-codex:default of main", "holds", "personal", "team") in changes["repo"]
    slot, personal, team = (
        "openai-codex:default",
        "11111111-aaaa-4aaa-8aaa-000000000001",
        "44444444-dddd-4ddd-8ddd-000000000004",
    )
    values = (f"{slot} (account {personal})", f"{slot} (account {team})")
    assert changes["runtime"] == [("changed", "agent:main:main", "next turn", *values)]


def test_accounts_and_leases_of_a_pool_are_told(told):
    assert told(f"{KIT}/healthy", f"{KIT}/quarantine-over") == {
        "repo": [
            (
                "changed",
                "codex-oauth-second (switching-kit)",
                "in the pool:",
                "on, priority 1",
                "on, priority 1, quarantine until 2026-11-21 00:00 UTC",
            ),
            ("gone", "main:7 (switching-kit)", "lease of", "codex-oauth-second", None),
        ]
    }


def test_entries_that_only_moved_up_in_a_list_are_the_same(told):
    repo = told(f"{MULTI}/healthy", f"{MULTI}/index-of-another")["repo"]
    assert [change[:3] for change in repo] == [
        ("changed", "multi-auth", "selects"),
        ("changed", "slot auth.json of the Codex CLI", "holds"),
        ("gone", "multi-auth", "login"),
    ]


def capture(path, percent, profile, label):
    path.write_text(
        json.dumps(
            {
                "evidence": 1,
                "usage": [
                    {
                        "surface": "report",
                        "profile": "openai-codex:work",
                        "at": "2026-11-22T00:00:00Z",
                        "fetched_with": {"profile": profile},
                        "response": {
                            "rate_limit": {
                                "primary_window": {
                                    "used_percent": percent,
                                    "limit_window_seconds": 18000,
                                    "reset_at": 1795312800 + percent,
                                }
                            }
                        },
                    }
                ],
                "display": [
                    {"surface": "/status", "session": "agent:main:main", "email": label, "at": percent}
                ],
            }
        )
    )
    return path


def test_captures_are_compared_where_both_have_some(tmp_path):
    location = locate(load.materialise(CLEAN, tmp_path), environ={}, home=tmp_path)
    before, after, bare = (
        take_snapshot(location, load.describe(CLEAN).now, evidence=evidence)
        for evidence in (
            [capture(tmp_path / "1.json", 12, ALICE, "alice@example.com")],
            [capture(tmp_path / "2.json", 40, BOB, "bob@example.com")],
            [],
        )
    )
    found = {it.layer: it for it in layer_diffs(before, after)}
    assert [tuple(it) for it in found["usage"].changes] == [
        ("changed", "report, openai-codex:work", "fetched with", ALICE, BOB),
        ("changed", "report, openai-codex:work", "used", "12 % of 5 h", "40 % of 5 h"),
    ]
    assert [tuple(it) for it in found["display"].changes] == [
        ("changed", "/status of agent:main:main", "shows email", "alice@example.com", "bob@example.com")
    ]
    usage = {it.layer: it for it in layer_diffs(before, bare)}["usage"]
    assert (usage.changes, usage.known) == ((), False)


def test_taking_turns_is_no_change_but_who_takes_part_is(tmp_path):
    state = load.materialise("2026.3.24-clean", tmp_path)
    path = state / "agents/main/agent/auth-profiles.json"
    location = locate(state, environ={}, home=tmp_path)

    def take(**used):
        store = json.loads(path.read_text())
        store.pop("order", None)
        store["usageStats"] = {
            f"openai-codex:{name}@example.com": {"lastUsed": at} for name, at in used.items()
        }
        path.write_text(json.dumps(store))
        return take_snapshot(location, load.describe(CLEAN).now)

    def orders(before, after):
        found = {it.layer: it.changes for it in layer_diffs(before, after)}["runtime"]
        return [(it.before, it.after) for it in found if it.what == "tries"]

    first, second = take(alice=1000, bob=2000), take(alice=3000, bob=2000)
    assert orders(first, second) == []
    store = json.loads(path.read_text())
    del store["profiles"][BOB]
    path.write_text(json.dumps(store))
    assert orders(first, take()) == [(f"{BOTH} in rotation", f"{ALICE} in rotation")]
