"""Which list decides, who is left out and why."""

import pytest

from fixtures.oracle.generate import DAY, HOUR, NOW

ALICE, BOB, CAROL = (f"openai:{name}@example.com" for name in ("alice", "bob", "carol"))


def login(provider="openai", **fields):
    base = {"type": "oauth", "provider": provider, "access": "a", "refresh": "r", "expires": NOW + DAY}
    return base | fields


def store(*ids, order=None, stats=None, **logins):
    made = {"profiles": {name: login(name.split(":")[0]) for name in ids} | logins, "usageStats": stats or {}}
    return made | ({"order": order} if order else {})


def summary(tables, agent="main", provider="openai"):
    return next(r for r in tables["order_summaries"] if (r["agent"], r["provider"]) == (agent, provider))


def reasons(tables, agent="main", provider="openai"):
    rows = tables["effective_orders"]
    return {r["id"]: r["reason"] for r in rows if (r["agent"], r["provider"]) == (agent, provider)}


def test_a_stored_order_decides_over_the_config(derived):
    stores = {"shared": store(ALICE, BOB, order={"openai": [BOB, ALICE]})}
    row = summary(derived(stores=stores, auth={"order": {"openai": [ALICE]}}))
    assert (row["layer"], row["ids"], row["stored_ids"], row["config_ids"]) == (
        "shared",
        [BOB, ALICE],
        [BOB, ALICE],
        [ALICE],
    )


def test_every_profile_that_is_left_out_has_a_reason(derived):
    logins = {"openai:key": {"type": "api_key", "provider": "openai"}}
    stores = {"shared": store(ALICE, BOB, CAROL, order={"openai": [ALICE, "openai:ghost", CAROL]}, **logins)}
    auth = {"profiles": {CAROL: {"provider": "openai", "mode": "api_key"}}}
    assert reasons(derived(stores=stores, auth=auth)) == {
        ALICE: "ok",
        "openai:ghost": "profile_missing",
        CAROL: "mode_mismatch",
        BOB: "excluded_by_auth_order",
        "openai:key": "missing_credential",
    }


def test_declarations_are_an_allow_list(derived):
    tables = derived(
        stores={"shared": store(ALICE, BOB)},
        auth={"profiles": {BOB: {"provider": "openai", "mode": "oauth"}}},
    )
    assert summary(tables)["layer"] == "declared"
    assert reasons(tables) == {BOB: "ok", ALICE: "undeclared"}


def test_an_empty_config_list_selects_nobody_and_an_empty_stored_one_is_no_list(derived):
    row = summary(derived(stores={"shared": store(ALICE)}, auth={"order": {"openai": []}}))
    assert (row["select_none"], row["ids"], row["usable_without_lists"]) == (True, [], [ALICE])
    row = summary(derived(stores={"shared": store(ALICE) | {"order": {"openai": []}}}))
    assert (row["layer"], row["ids"]) == ("store", [ALICE])


def test_a_stored_order_of_missing_ids_only_falls_back_since_2026_6(derived):
    new = summary(derived(stores={"shared": store(ALICE, order={"openai": ["openai:ghost"]})}))
    assert (new["fallback"], new["explicit"], new["ids"]) == (True, False, [ALICE])
    codex = store("openai-codex:a", order={"openai-codex": ["openai-codex:ghost"]})
    old = summary(
        derived("2026.3.24", stores={"main": codex}, model="openai-codex/gpt-5.4"), provider="openai-codex"
    )
    assert (old["fallback"], old["ids"]) == (False, [])


def test_an_inherited_order_hides_own_profiles_in_json_files_and_follows_them_since(derived):
    own, main = "openai:own", {"openai": [ALICE]}
    stores = {"main": store(ALICE, order=main), "ops": store(own)}
    assert summary(derived("2026.6.6", stores=stores), "ops")["ids"] == [own, ALICE]
    codex = {
        "main": store("openai-codex:a", order={"openai-codex": ["openai-codex:a"]}),
        "ops": store("openai-codex:own"),
    }
    row = summary(derived("2026.3.24", stores=codex, model="openai-codex/gpt-5.4"), "ops", "openai-codex")
    assert (row["layer"], row["ids"]) == ("main", ["openai-codex:a"])


def test_rotation_goes_by_type_then_unexpired_then_least_used(derived):
    logins = {
        "openai:key": {"type": "api_key", "provider": "openai", "key": "sk-invented"},
        "openai:expired": login(expires=NOW - HOUR),
        ALICE: login(),
        BOB: login(),
    }
    stats = {ALICE: {"lastUsed": NOW - HOUR}, BOB: {"lastUsed": NOW - DAY}}
    ids = summary(derived(stores={"shared": store(stats=stats, **logins)}))["ids"]
    assert ids == [BOB, ALICE, "openai:expired", "openai:key"]


def test_blocked_profiles_are_tried_last_the_soonest_first(derived):
    stats = {ALICE: {"disabledUntil": NOW + DAY}, BOB: {"cooldownUntil": NOW + HOUR}}
    row = summary(
        derived(
            stores={"shared": store(ALICE, BOB, CAROL, order={"openai": [ALICE, BOB, CAROL]}, stats=stats)}
        )
    )
    assert (row["head0"], row["head"], row["ids"], row["free"]) == (
        ALICE,
        CAROL,
        [CAROL, BOB, ALICE],
        [CAROL],
    )
    assert (row["head_blocked_until"], row["earliest_end"]) == (NOW + DAY, None)


def test_when_all_are_blocked_the_earliest_end_is_told(derived):
    stats = {ALICE: {"disabledUntil": NOW + DAY}, BOB: {"cooldownUntil": NOW + HOUR}}
    row = summary(derived(stores={"shared": store(ALICE, BOB, stats=stats)}))
    assert (row["free"], row["earliest_end"]) == ([], NOW + HOUR)


def test_the_shared_store_is_mains_own_where_ownership_says_so(derived):
    stores = {"main": store(ALICE), "ops": store(BOB)}
    tables = derived(stores=stores, location="legacy-main")
    origins = {(r["agent"], r["id"]): r["origin"] for r in tables["visible_profiles"]}
    assert origins == {("main", ALICE): "own", ("ops", BOB): "own", ("ops", ALICE): "main"}
    tables = derived(stores=stores, location="state-db")
    assert {(r["agent"], r["id"]) for r in tables["visible_profiles"]} == {("main", ALICE), ("ops", BOB)}


def test_a_stale_copy_of_a_shared_login_shows_as_the_shared_one(derived):
    stores = {"shared": store(**{ALICE: login(email="a@example.com")})}
    stores["ops"] = store(
        **{ALICE: login(email="a@example.com", expires=NOW - DAY, refresh="older", access="older")}
    )
    rows = {r["agent"]: r for r in derived(stores=stores)["visible_profiles"]}
    assert (rows["ops"]["origin"], rows["ops"]["expired"]) == ("shared", False)


def test_the_head_of_the_hidden_list_heeds_the_modes_of_the_config(derived):
    stores = {
        "shared": store(ALICE, BOB, CAROL, order={"openai": [CAROL, BOB, ALICE]}),
        "main": store(order={"openai": [ALICE]}),
    }
    assert summary(derived(stores=stores))["inherited_head0"] == CAROL
    auth = {"profiles": {CAROL: {"provider": "openai", "mode": "api_key"}}}
    row = summary(derived(stores=stores, auth=auth))
    assert (row["head0"], row["inherited_head0"]) == (ALICE, BOB)


def test_without_an_inherited_list_there_is_no_head_of_one(derived):
    assert summary(derived(stores={"shared": store(ALICE), "main": store()}))["inherited_head0"] is None


def test_visible_ids_are_those_of_the_provider_usable_or_not(derived):
    logins = {"openai:key": {"type": "api_key", "provider": "openai"}, "anthropic:x": login("anthropic")}
    row = summary(derived(stores={"shared": store(ALICE, **logins)}))
    assert row["visible_ids"] == [ALICE, "openai:key"]
    assert row["usable_without_lists"] == [ALICE]


@pytest.mark.parametrize(
    ("listed", "tried"),
    [
        (["openai:key", "openai-codex:b"], ["openai:key", "openai-codex:b", "openai-codex:a"]),
        (["openai:key"], ["openai-codex:a", "openai-codex:b", "openai:key"]),
    ],
)
def test_an_openai_list_serves_codex_as_it_stands_only_where_it_names_a_login(derived, listed, tried):
    logins = {name: login("openai-codex") for name in ("openai-codex:a", "openai-codex:b")}
    key = {"type": "api_key", "provider": "openai", "key": "invented"}
    made = store(order={"openai": listed}, **logins, **{"openai:key": key})
    tables = derived("2026.5.28", stores={"main": made}, model="openai-codex/gpt-5.5")
    assert summary(tables, provider="openai-codex")["ids"] == tried


def test_a_list_tells_which_of_its_ids_could_be_used(derived):
    order = {"openai": ["openai:gone", BOB, ALICE], "anthropic": [ALICE]}
    tables = derived(
        stores={"shared": store(ALICE, BOB, CAROL), "ops": store(order={"openai": [CAROL, "openai:gone"]})},
        auth={"order": order},
    )
    usable = {(row["agent"], row["provider"]): row["usable"] for row in tables["order_lists"]}
    assert usable == {
        (None, "openai"): [BOB, ALICE],
        (None, "anthropic"): [],
        ("ops", "openai"): [CAROL],
    }
