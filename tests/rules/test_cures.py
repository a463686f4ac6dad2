"""What came of the advised commands when the real OpenClaw ran them: fixtures/oracle/cures.py recorded it."""

import json
from pathlib import Path

import pytest

from fixtures import load
from fixtures.oracle.cures import RECORDED, advised, kind_of

ROWS = [row for path in sorted(Path(RECORDED).glob("cures-*.json")) for row in json.loads(path.read_text())]
STATES = sorted({row["state"] for row in ROWS})
ENOUGH = 0.95
_FEW = 5


def test_what_openclaw_can_run_ends_the_finding_and_brings_no_worse_one():
    tried = [row for row in ROWS if kind_of(row["command"]) == "run"]
    assert len(tried) > _FEW
    failed = [row for row in tried if row["outcome"] != "confirmed"]
    assert 1 - len(failed) / len(tried) >= ENOUGH, failed


@pytest.mark.parametrize("state", STATES)
def test_the_record_is_of_what_is_advised(state, tmp_path):
    now = load.describe(state).now
    found = {(one.rule, one.command) for one in advised(load.materialise(state, tmp_path), now)}
    assert found == {(row["rule"], row["command"]) for row in ROWS if row["state"] == state}


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("openclaw models auth list --agent main", "look"),
        ("openclaw models auth login --provider openai", "person"),
        ("openclaw models auth order set --provider openai --agent main a b", "run"),
        ('for agent in main work; do openclaw models auth order clear --agent "$agent"; done', "run"),
    ],
)
def test_a_look_and_what_needs_a_person_are_not_counted_as_cures(command, kind):
    assert kind_of(command) == kind
