"""What the real OpenClaw did after each safe fix, as fixtures/oracle/safe_fixes.py has recorded it."""

import json
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from linter.configuration.rule_pack import built_in_rules

RECORDED = Path(__file__).parents[2] / "fixtures/oracle/recorded/safe-fixes.json"
OUTCOMES = json.loads(RECORDED.read_text(encoding="utf-8"))

# What no resolver of OpenClaw reads: labels, and what early helpers left behind.
NOT_READ = {
    "slot-metadata-matches-token",
    "identity-account-missing",
    "legacy-residue",
    "order-layers-conflict",
}

# The random states have no source without a pin.
UNTRIED = "session-override-source"


def edited_safely():
    for path in sorted(built_in_rules().rglob("*.yaml")):
        text = path.read_text(encoding="utf-8").partition("\nexamples:")[0]
        fixes = YAML(typ="safe").load(text).get("fixes", ()) if "safety: safe" in text else ()
        if any(fix["safety"] == "safe" and {"set", "remove"} & set(fix) for fix in fixes):
            yield path.stem


@pytest.mark.parametrize("version", OUTCOMES)
def test_openclaw_goes_on_after_safe_fixes_as_it_would_have_without(version):
    assert OUTCOMES[version]["changed"] == {}
    assert OUTCOMES[version]["mended"] >= (40 if OUTCOMES[version]["states"] > 40 else 1)


def test_every_safe_edit_was_tried_on_the_real_openclaw():
    tried = {rule for outcome in OUTCOMES.values() for rule in outcome["fixes"]}
    assert set(edited_safely()) - tried == NOT_READ | {UNTRIED}
