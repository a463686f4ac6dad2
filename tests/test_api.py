"""The public functions, by the examples of their page and by what programs rely on."""

import doctest
import json
import os
import re
import subprocess
import sys
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime
from pathlib import Path

import pytest

import linter
from fixtures import load
from linter.engine.errors import RuleFileError

PAGE = Path(__file__).parents[1] / "docs/python-api.md"
NOW = 1795305600000


@pytest.fixture
def cache(cache_home):
    return cache_home


@pytest.fixture
def state(tmp_path, monkeypatch, cache):
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    monkeypatch.chdir(tmp_path)
    load.materialise("2026.3.24-clean", tmp_path / "clean")
    return load.materialise("2026.3.24-pin-missing", tmp_path / "demo")


@pytest.mark.usefixtures("state")
def test_the_examples_of_the_page_are_true():
    blocks = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(), re.DOTALL | re.MULTILINE)
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, PAGE.name, str(PAGE), 0)
    said: list[str] = []
    options = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
    doctest.DocTestRunner(optionflags=options).run(test, out=said.append)
    assert "".join(said) == ""
    assert len(blocks) >= 5


def test_the_package_alone_imports_nothing():
    code = "import sys, linter; print(sorted(name for name in sys.modules if name.startswith('linter')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['linter', 'linter.version']\n"


def test_what_is_listed_can_be_had_and_nothing_else():
    assert all(getattr(linter, name) for name in linter.__all__)
    with pytest.raises(AttributeError, match="no attribute 'lnt'"):
        linter.lnt  # noqa: B018 - asking for it is the test


def test_a_result_cannot_be_changed(state):
    result = linter.lint(state, now=NOW)
    with pytest.raises(FrozenInstanceError):
        result.exit_code = 0


def test_a_time_is_a_number_or_a_date_with_or_without_a_zone(state):
    dates = (datetime(2026, 11, 22, tzinfo=UTC), datetime(2026, 11, 22))  # noqa: DTZ001 - without a zone is meant
    assert len({linter.lint(state, now=now).to_json() for now in (NOW, *dates)}) == 1


def test_the_exit_code_follows_the_level(state):
    assert linter.lint(state, now=NOW, select=["session-override-exists"]).exit_code == 1
    assert linter.lint(state, now=NOW, fail_on="never").exit_code == 0


def test_a_named_configuration_is_followed_and_others_are_not(state, tmp_path):
    text = "rules:\n  session-override-exists: off\n"
    (tmp_path / "authlint.yaml").write_text(text)
    select = ["session-override-exists"]
    assert linter.lint(state, now=NOW, select=select).exit_code == 1
    assert linter.lint(state, now=NOW, config=tmp_path / "authlint.yaml").exit_code == 0


def test_suppressed_findings_do_not_count_and_unused_suppressions_are_told(state, tmp_path):
    entries = "".join(
        f"  - {{rule: session-override-exists, subject: '{subject}', reason: known}}\n"
        for subject in ("agent:main:main", "agent:main:other")
    )
    config = tmp_path / "own.yaml"
    config.write_text(f"suppress:\n{entries}")
    result = linter.lint(state, now=NOW, config=config)
    assert "agent:main:main" not in {it.subject[-1][1] for it in result.findings}
    assert [it.subject[0][1] for it in result.findings if it.rule == "suppression-unused"] == [
        "session-override-exists agent:main:other"
    ]


def test_findings_that_a_baseline_knows_do_not_count(state, tmp_path):
    before = linter.lint(state, now=NOW)
    (known,) = [it for it in before.findings if it.subject[-1][1] == "agent:main:main"]
    entry = {"rule": known.rule, "severity": known.severity, "subject": "", "fingerprint": known.fingerprint}
    baseline = tmp_path / "known.json"
    baseline.write_text(json.dumps({"version": 1, "states": {"here": [entry]}}))
    result = linter.lint(state, now=NOW, baseline=baseline)
    assert [it.fingerprint for it in result.findings] == [
        it.fingerprint for it in before.findings if it != known
    ]
    assert {it.baseline for it in result.findings} == {"new"}
    assert (before.exit_code, result.exit_code) == (1, 0)


def test_the_baseline_of_a_named_configuration_is_used(state, tmp_path):
    config = tmp_path / "own.yaml"
    config.write_text("baseline: known.json\n")
    with pytest.raises(RuleFileError, match=r"known\.json:1:1: there is no such file"):
        linter.lint(state, now=NOW, config=config)


def test_a_snapshot_is_what_the_command_saves(state, authlint, tmp_path):
    taken = linter.take_snapshot(state, now=NOW)
    assert taken.to_json() == authlint("snapshot", state, "--now", NOW).stdout
    value = json.loads(taken.to_json())
    assert (value.pop("meta"), value.pop("sources") != []) == (taken.meta, True)
    assert value == taken.tables
    taken.save(tmp_path / "taken.json")
    assert linter.take_snapshot(tmp_path / "taken.json").tables == taken.tables


def test_a_snapshot_can_be_saved_under_other_names(state, authlint, tmp_path, monkeypatch):
    key, taken = tmp_path / "key", linter.take_snapshot(state, now=NOW)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    other = taken.to_json(pseudonymise=key)
    assert "alice@example.com" not in other
    assert other == authlint("snapshot", state, "--now", NOW, "--pseudonymise", "--key", key).stdout
    assert "alice@example.com" not in taken.to_json(pseudonymise=True)
    assert (tmp_path / "state/authlint/pseudonym-key").is_file()
    assert "alice@example.com" in taken.to_json()
    key.write_text("short")
    with pytest.raises(ValueError, match="too short for a key"):
        taken.save(tmp_path / "x.json", pseudonymise=key)


def test_no_token_is_in_a_snapshot(state):
    text = (state / "agents/main/agent/auth-profiles.json").read_text()
    tokens = re.findall(r'"(?:access|refresh)": "([^"]+)"', text)
    taken = linter.take_snapshot(state, now=NOW)
    assert tokens
    assert not [token for token in tokens if token in repr(taken) + repr(taken.tables) + taken.to_json()]


def test_no_token_is_in_a_result(state):
    tokens = re.findall(
        r'"(?:access|refresh)": "([^"]+)"', (state / "agents/main/agent/auth-profiles.json").read_text()
    )
    result = linter.lint(state, now=NOW, notes=True)
    shown = "".join([repr(result.findings), *map(result.to, ("text", "json", "sarif", "markdown"))])
    assert tokens
    assert not [token for token in tokens if token in shown]


def pins(state):
    entries = json.loads((state / "agents/main/sessions/sessions.json").read_text())
    return {key: entry.get("authProfileOverride") for key, entry in entries.items()}


def test_fixes_are_told_made_and_taken_back(state):
    before = pins(state)
    proposed = linter.fix(state, now=NOW)
    assert pins(state) == before
    assert '-    "authProfileOverrideSource": "user",' in proposed.to_text()
    done = linter.fix(state, now=NOW, apply=True, unsafe=True)
    assert {one.finding.fingerprint for one in done.fixes} == {
        one.finding.fingerprint for one in proposed.fixes
    }
    assert set(pins(state).values()) == {None}
    while linter.undo(state):
        pass
    assert pins(state) == before


@pytest.mark.usefixtures("state")
def test_a_dead_pin_in_a_database_is_cleared_on_request(tmp_path):
    other = load.materialise("2026.9.6-pin-missing", tmp_path / "database")
    assert linter.fix(other, now=NOW, apply=True, unsafe=True).fixes == ()
    assert len(linter.fix(other, now=NOW, apply=True, unsafe=True, sqlite=True).fixes) == 2
    assert linter.lint(other, now=NOW, select=["session-*"]).findings == ()
    assert len(linter.undo(other)) == 2
    with pytest.raises(ValueError, match="while no gateway runs"):
        linter.fix(other, sqlite=True, while_running=True)


def test_beside_a_gateway_nothing_is_changed_unless_asked(state):
    lock = state / "tmp/openclaw-1000/gateway.state.lock"
    lock.parent.mkdir(parents=True)
    lock.write_text(json.dumps({"pid": os.getpid(), "createdAt": "2026-11-22T00:00:00Z"}))
    before = pins(state)
    with pytest.raises(linter.RefusedError, match="a gateway runs on this state"):
        linter.fix(state, now=NOW, apply=True)
    assert pins(state) == before
    assert len(linter.fix(state, now=NOW, apply=True, while_running=True).fixes) == 1
    with pytest.raises(linter.RefusedError):
        linter.undo(state)
    assert linter.undo(state, while_running=True)
