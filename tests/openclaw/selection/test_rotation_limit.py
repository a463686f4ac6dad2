"""Which profiles of an order a rate-limited turn leaves out, where fallback models are configured."""

import json

import pytest

import linter
from fixtures import load


def beyond(tmp_path, version, limit, fallbacks):
    name = f"{version}-clean"
    state = load.materialise(name, tmp_path)
    path = state / "openclaw.json"
    config = json.loads(path.read_text())
    model = config["agents"]["defaults"]["model"]
    primary = model if isinstance(model, str) else model["primary"]
    config["agents"]["defaults"]["model"] = {"primary": primary, "fallbacks": fallbacks}
    config["auth"]["cooldowns"] = {} if limit is None else {"rateLimitedProfileRotations": limit}
    path.write_text(json.dumps(config))
    tables = linter.take_snapshot(state, now=load.describe(name).now).tables
    rows = [row for row in tables["effective_orders"] if row["agent"] == "main"]
    return [row["pos"] for row in rows if row["beyond_limit"]]


@pytest.mark.parametrize(
    ("version", "limit", "fallbacks", "expected"),
    [
        ("2026.5.7", 0, ["deepseek/v4"], [1]),
        ("2026.5.7", 1, ["deepseek/v4"], []),
        ("2026.5.7", None, ["deepseek/v4"], []),
        ("2026.5.7", 0, [], []),
        ("2026.3.24", 0, ["deepseek/v4"], []),
        ("2026.9.6", 0, ["deepseek/v4"], []),
    ],
)
def test_a_turn_leaves_out_what_the_limit_says(tmp_path, version, limit, fallbacks, expected):
    assert beyond(tmp_path, version, limit, fallbacks) == expected
