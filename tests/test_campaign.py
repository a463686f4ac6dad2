"""A short run of the campaign; `python -m fixtures.campaign` is the long one."""

from fixtures.campaign.share import run
from fixtures.campaign.views import views
from linter.cli.app import COMMANDS
from linter.reports.interface import FORMATS

STATES = [
    "2026.3.24-skill-refreshed",
    "2026.3.24-pin-missing",
    "2026.3.24-same-account-twice",
    "2026.5.7-runtime-ghosts",
    "2026.6.6-pin-agent-local",
    "2026.9.6-broken-entries",
]


def test_no_change_of_a_state_does_harm(pack, cache_home):
    del pack  # it is compiled before the share begins
    share = run(range(50), 2, cache_home / "authlint", STATES)
    assert share.faults == []
    assert len(share.seen) == len(views())


def test_every_way_to_see_a_state_takes_part():
    shown = [view.arguments for view in views()]
    apart = {"explain", "guard", "init", "new", "rules", "schema", "test", "watch"}  # not about one state
    assert {arguments[0] for arguments in shown} == set(COMMANDS) - apart
    assert all(any(name in arguments for arguments in shown) for name in FORMATS)
