"""A short run of the campaign; `python -m fixtures.campaign` is the long one."""

from typer import Typer
from typer.testing import CliRunner

from fixtures.campaign import trial
from fixtures.campaign.mutants import Mutant, recorded
from fixtures.campaign.share import Share, run
from fixtures.campaign.trial import MENDING, core_faults, faults, mending_faults
from fixtures.campaign.values import Planted
from fixtures.campaign.views import View, core_views, views
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


def test_no_change_of_a_state_does_harm(pack, cache_home, tmp_path):
    del pack  # it is compiled before the share begins
    bases = [recorded(name, tmp_path) for name in STATES]
    share = run(range(len(views())), 1, cache_home / "authlint", bases)
    assert share.faults == []
    assert {" ".join(view.arguments) for view in (*core_views(), *views())} | {*MENDING} == share.seen.keys()
    assert Share.of(share.line()) == share


def test_every_way_to_see_a_state_takes_part():
    shown = [view.arguments for view in views()]
    apart = {
        "demo",
        "explain",
        "fleet",
        "guard",
        "init",
        "new",
        "rules",
        "schema",
        "test",
        "watch",
    }  # not about one state
    assert {arguments[0] for arguments in shown} == set(COMMANDS) - apart
    assert all(any(name in arguments for arguments in shown) for name in FORMATS)


_broken = Typer()


@_broken.command()
def fail():
    raise ZeroDivisionError


def test_the_campaign_sees_what_goes_wrong(pack, cache_home, tmp_path, monkeypatch):
    """Each kind of fault, made on purpose: a campaign that finds nothing must be able to."""
    del pack
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_home))
    base = recorded("2026.3.24-pin-missing", tmp_path)
    out, store = tmp_path / "out", base.home / ".openclaw/agents/main/agent/auth-profiles.json"
    out.mkdir()
    seen = Mutant(base.home, base.now, (), Planted(["ghost@example.com"], ["openai-codex"]))

    def kinds(*arguments):
        return {fault.kind for fault in faults(seen, [View(arguments)], out)}

    now = ("--now", "{now}")
    assert kinds("lint", "{state}", *now) == {"leak"}
    assert "exit" in kinds("lint", "{state}", "--config", "/nowhere", *now)
    assert {fault.kind for fault in mending_faults(seen, out)} == {"leak"}
    with monkeypatch.context() as patched:
        patched.setattr(trial, "_findings", lambda text: [text])
        assert "differs" in {fault.kind for fault in core_faults(seen, out)}
    run_one = trial._run
    monkeypatch.setattr(trial, "_run", lambda arguments: store.touch() or run_one(arguments))
    assert "changed" in kinds("lint", "{state}", *now)
    monkeypatch.setattr(trial, "_run", lambda _: CliRunner().invoke(_broken, []))
    assert "exception" in kinds("lint", "{state}", *now)
