"""The switching kit: an order router with a pool config and state."""

import pytest

A, B = "codex-oauth-a", "codex-oauth-b"


def config(**fields):
    accounts = [{"profileId": name, "name": name[-1], "enabled": True, "priority": 1} for name in (A, B)]
    return {"provider": "openai-codex", "accounts": accounts, "managedAgents": ["main", "ops"]} | fields


def state(**fields):
    trace = {"effectiveOrder": [A, B], "lastAppliedAt": "2026-09-01T00:00:00Z"}
    return {"version": 2, "authOrderTrace": trace} | fields


@pytest.fixture
def read(home, new_login, oauth):
    def run(config=None, state=None, base=".openclaw/workspace"):
        for name, content in {"config": config, "state": state}.items():
            if content is not None:
                home.write(f"{base}/ops/state/oauth-pool-{name}.json", content)
        home.store(**{"codex-oauth-a": oauth(new_login()), "codex-oauth-b": oauth(new_login("acct-b"))})
        return home.read()

    return run


def router(snapshot):
    (row,) = snapshot.tables["routers"]
    return row


def test_the_head_of_the_effective_order_is_the_selection(read):
    row = router(read(config(), state()))
    assert (row["kind"], row["selection"], row["selection_state"]) == ("order-head", A, "ok")
    assert (row["intended_order"], row["intended_at"]) == ([A, B], 1_788_220_800_000)
    assert (row["inbox_ids"], row["slot_ids"]) == (["openai-codex:default"], [])


def test_an_override_of_the_state_is_the_selection(read):
    row = router(read(config(), state(override={"enabled": True, "profileId": "gone"})))
    assert (row["selection"], row["override_enabled"], row["selection_state"]) == ("gone", True, "missing")
    assert row["at"]["fields"]["selection"]["pointer"] == "/override/profileId"


def test_an_override_of_the_config_is_read_by_nothing(read):
    row = router(read(config(override={"enabled": True, "profileId": B}), state()))
    assert (row["selection"], row["dead_knobs"]) == (A, ["override/enabled"])


def test_values_of_the_template_are_no_dead_knobs(read):
    rebind = {"enabled": True, "agents": ["main"], "controlSurfacePrimary": True, "disableInAuto": False}
    assert router(read(config(sessionRebind=rebind), state()))["dead_knobs"] == []


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"provider": " "}, "`provider` is empty"),
        ({"accounts": []}, "`accounts` is empty"),
        ({"accounts": {}}, "`accounts` is empty"),
        ({"accounts": [{"name": "x"}]}, "an account has no `profileId`"),
        ({"accounts": [{"profileId": A}, {"profileId": A}]}, f"`profileId` {A} occurs more than once"),
        ({}, None),
    ],
)
def test_a_config_that_the_kit_would_replace_is_a_problem(read, fields, problem):
    assert router(read(config(**fields), state()))["config_problem"] == problem


def test_an_account_has_what_config_and_state_say(read):
    runtime = {
        "quarantine": {"active": True, "until": "2026-09-01T00:00:00Z", "reason": "runtime_rate_limit"},
        "activeLeaseCount": 2,
        "health": {"stage": "suspect"},
    }
    leases = {
        "main:1": {
            "lane": "main",
            "taskId": "1",
            "profileId": A,
            "active": True,
            "acquiredAt": 1_789_000_000,
        },
        "main:2": {"lane": "main", "taskId": "2", "profileId": A, "active": False},
    }
    snapshot = read(config(), state(accounts={A: runtime}, leases=leases))
    row = snapshot.tables["router_accounts"][0]
    assert (row["quarantine_active"], row["quarantine_until"]) == (True, 1_788_220_800_000)
    assert (row["lease_count"], row["active_leases"], row["health_stage"]) == (2, 1, "suspect")
    assert row["seen_by"] == ["main", "ops"]
    assert row["at"]["fields"]["quarantine_until"]["pointer"] == f"/accounts/{A}/quarantine/until"
    lease = snapshot.tables["leases"][0]
    assert (lease["key"], lease["profile"], lease["acquired_at"]) == ("main:1", A, 1_789_000_000_000)


def test_usage_that_the_router_selects_by_is_evidence(read):
    usage = {
        "available": True,
        "fiveHourRemaining": 40,
        "weekRemaining": 90,
        "observedAt": "2026-09-01T00:00:00Z",
        "source": "probe",
    }
    snapshot = read(config(), state(accounts={A: {"usage": usage}, B: {"usage": {"available": False}}}))
    (row,) = snapshot.tables["usage_evidence"]
    assert (row["for_profile"], row["method"], row["used_by_router"]) == (A, "order-reorder", True)
    assert [window["used_percent"] for window in row["windows"]] == [60, 10]


def test_a_second_copy_below_the_state_directory_is_a_twin(home, read):
    home.write(".openclaw/ops/state/oauth-pool-config.json", config())
    first, second = read(config(), state()).tables["routers"]
    assert (first["id"], second["id"]) == ("switching-kit", "switching-kit-2")
    assert first["twin_path"] == "ops/state/oauth-pool-config.json"
    assert second["twin_path"] == "workspace/ops/state/oauth-pool-config.json"


def test_an_onboarding_below_the_state_directory_is_pending(home, read):
    lock = {"profileId": "codex-oauth-new", "startedAt": "2026-09-01T00:00:00Z", "pid": 1}
    home.write(".openclaw/ops/state/onboarding-lock.json", lock)
    row = router(read(config(), state()))
    assert (row["pending"], row["pending_at"]) == ("codex-oauth-new", 1_788_220_800_000)


def test_a_torn_state_leaves_the_config(read):
    snapshot = read(config(), '{"version": 2, "leases": {')
    assert [row["id"] for row in snapshot.tables["router_accounts"]] == [A, B]
    assert router(snapshot)["selection_state"] == "none"


def test_a_torn_config_leaves_the_state(read):
    snapshot = read("", state())
    row = router(snapshot)
    assert (row["intended_order"], row["config_problem"]) == ([A, B], None)
    assert row["selection_state"] == "none"


def test_unknown_keys_and_a_newer_version_are_told_and_the_rest_is_read(read):
    snapshot = read(config(shinyNewThing=1), state(version=3))
    details = {
        row["path"][-11:]: row["schema_detail"] for row in snapshot.tables["files"] if row["schema_detail"]
    }
    assert details["config.json"] == "keys that this reader does not know: shinyNewThing"
    assert details["-state.json"] == "version 3 is newer than 2, which this reader knows"
    assert router(snapshot)["selection_state"] == "ok"
