"""What came of the advised commands when the real OpenClaw ran them: fixtures/oracle/cures.py recorded it."""

import json
from itertools import chain

import pytest

from fixtures import load
from fixtures.oracle.cures import RECORDED, advised, looks
from fixtures.oracle.homes import given_to

PROOF = [json.loads(path.read_text()) for path in sorted(RECORDED.glob("cures-*.json"))]
COMMANDS = list(chain.from_iterable(one["commands"] for one in PROOF))
REPORTS = list(chain.from_iterable(one["reports"] for one in PROOF))
STATES = sorted({row["state"] for row in COMMANDS})
OPEN = {
    "cli-shares-refresh-token": "up to 2026.5 a login cannot be put under a given id",
    "config-profile-exists": "up to 2026.5 a login cannot be put under a given id",
    "model-profile-suffix-resolves": "2026.3.24 knows no `models auth list`",
    "order-entry-exists": "an agent's own list leaves the shared one as it is",
    "order-namespace-split": "doctor leaves lists under the old name",
    "order-omits-profile": "up to 2026.6.6, `order set` drops in silence what the agent inherits",
    "order-shadows-config": "a pin that auth.order took is not in the order that decides then",
    "profile-secret-present": "up to 2026.5 a login cannot be put under a given id",
    "secret-of-another-provider": "2026.3.24 knows no `models auth list`",
    "session-override-exists": "2026.3.24 knows no `models auth list`",
    "store-migration-required": "what doctor takes over is seen for the first time then, mislabelled or not",
}
"""Rules whose commands do not always end the finding, and why."""
OPEN_REPORTS = {
    "2026.3.24-broken-entries",
    "2026.3.24-codex-synced",
    "2026.6.6-order-all-missing",
    "2026.6.6-upgraded-split",
    "2026.8.2-legacy-file",
    "2026.8.2-order-partly-missing",
    "2026.9.6-legacy-file",
    "2026.9.6-order-partly-missing",
    "2026.9.6-same-id-other-account",
    "2026.9.6-upgrade-stopped",
}
"""States of which the remedies of the report do not agree with each other yet."""


def test_what_openclaw_can_run_ends_the_finding_and_brings_no_worse_one():
    failed = {row["rule"] for row in COMMANDS if row["outcome"] not in ("look", "confirmed")}
    assert failed == OPEN.keys()


def test_what_only_looks_is_told_apart():
    assert [row for row in COMMANDS if row["outcome"] == "look" and not looks(row["command"])] == []


def test_all_remedies_of_a_report_leave_no_error_that_has_one_and_no_account_that_it_did_not_tell():
    assert {row["state"] for row in REPORTS if row.keys() - {"state", "commands"}} == OPEN_REPORTS


@pytest.mark.parametrize("state", STATES)
def test_the_record_is_of_what_is_advised(state, tmp_path):
    now = load.describe(state).now
    ways = advised(load.materialise(state, tmp_path), now)
    found = {(way.finding.rule, step.command) for way in ways for step in way.steps}
    assert found == {(row["rule"], row["command"]) for row in COMMANDS if row["state"] == state}


def test_who_is_told_to_log_in_gets_tokens_of_the_account_that_the_id_names():
    assert json.loads(given_to("alice-44444444", 0))["refresh_token"] == "rt_FAKE_alice_44444444_0"
    assert json.loads(given_to("bob", 5))["refresh_token"] == "rt_FAKE_bob_22222222_5"
    assert given_to("bad-type", 0) != given_to("no-secret", 0)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("openclaw models auth list --agent main", True),
        ("authlint trace agent:main:main", True),
        ("openclaw models auth login --provider openai --agent main", False),
        ("openclaw models auth order set --provider openai --agent main a b", False),
        ('for agent in main work; do openclaw models auth order clear --agent "$agent"; done', False),
    ],
)
def test_what_looks_only(command, expected):
    assert looks(command) is expected
