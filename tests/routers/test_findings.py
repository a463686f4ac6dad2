"""Every state in fixtures/routers gets exactly the errors and warnings that its description expects."""

import json
from pathlib import Path

import pytest

from fixtures.load import describe, materialise
from linter.engine.settings import Settings
from linter.openclaw.location import locate
from linter.sources.paths import split
from linter.usecases.lint import lint_snapshot
from linter.usecases.snapshot import take_snapshot

ROUTERS = Path(__file__).parents[2] / "fixtures" / "routers"
STATES = sorted(f"{path.parent.parent.name}/{path.parent.name}" for path in ROUTERS.glob("*/*/fixture.yaml"))


@pytest.fixture
def evaluate(pack, tmp_path):
    def run(name):
        state = materialise(f"../routers/{name}", tmp_path)
        location = locate(state, environ={}, home=tmp_path)
        evaluation = lint_snapshot(
            take_snapshot(location, describe(f"../routers/{name}").now), pack, Settings()
        )
        assert not evaluation.problems
        return evaluation.findings

    return run


def is_within(location, expected):
    """Tell whether a location is the expected place or lies in it."""
    same = location.source == expected.source
    return same and f"{location.pointer}/".startswith(f"{expected.pointer}/")


@pytest.mark.parametrize("name", STATES)
def test_findings_are_those_that_the_state_expects(evaluate, name):
    found = [finding for finding in evaluate(name) if finding.severity != "note"]
    expected = sorted(describe(f"../routers/{name}").expect)
    assert sorted((finding.rule, finding.severity) for finding in found) == [
        (one.rule, one.severity) for one in expected
    ]
    for one in expected:
        assert any(finding.rule == one.rule and is_within(finding.location, one) for finding in found)


@pytest.mark.parametrize("name", STATES)
def test_every_finding_points_to_values_that_the_files_have(evaluate, name, tmp_path):
    for finding in evaluate(name):
        for place in (finding.location, *finding.related):
            shown = Path(place.source.replace("~", str(tmp_path), 1))
            value = (tmp_path / ".openclaw" / shown).read_bytes()
            if place.pointer and shown.suffix == ".json":
                value = json.loads(value)
                for step in split(place.pointer):
                    value = value[int(step) if isinstance(value, list) else step]


def test_a_refreshed_slot_is_never_called_another_account(evaluate):
    wrong_account = {
        "preference-matches-slot",
        "slot-matches-selection",
        "slot-in-repo",
        "slot-torn",
        "token-shared-across-identities",
    }
    for name in ("skill/refreshed", "codex-switcher/refreshed", "codex-auth/refreshed"):
        assert wrong_account.isdisjoint(finding.rule for finding in evaluate(name))
