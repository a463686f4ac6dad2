"""What .ci/run runs last: each script of .ci/live in a time of its own, and all of them in 15 minutes."""

import os
import re
from pathlib import Path

LIVE = sorted((Path(__file__).parents[1] / ".ci/live").iterdir())
MOST = 15 * 60


def test_each_live_check_says_how_long_it_may_take_and_all_end_in_time():
    budgets = [re.findall(r"^# Budget: (\d+) s$", path.read_text(), re.MULTILINE) for path in LIVE]
    assert [path.name for path, found in zip(LIVE, budgets, strict=True) if len(found) != 1] == []
    assert 0 < sum(int(seconds) for found in budgets for seconds in found) <= MOST


def test_what_a_live_check_leaves_out_is_told_at_the_end():
    assert [path.name for path in LIVE if "SKIPPED" not in path.read_text()] == []
    assert all(os.access(path, os.X_OK) for path in LIVE)
