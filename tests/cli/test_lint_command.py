import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fixtures import load

NOW = "2026-11-22T00:00:00Z"


@pytest.fixture
def state(tmp_path):
    return load.materialise("2026.3.24-pin-missing", tmp_path / "home")


@pytest.fixture
def clean(tmp_path):
    return load.materialise("2026.3.24-clean", tmp_path / "home")


def test_findings_give_exit_code_1_and_a_place_to_click(authlint, state):
    result = authlint("lint", state, "--now", NOW)
    assert result.exit_code == 1
    assert "[session-override-exists " in result.stdout
    assert "agents/main/sessions/sessions.json:17:28" in result.stdout


@pytest.mark.parametrize("agent", ["main", "work"])
@pytest.mark.parametrize(
    "name", ["2026.3.24-clean", "2026.6.6-clean", "2026.9.6-clean", "2026.9.6-order-set"]
)
@pytest.mark.parametrize("saved", [False, True])
def test_of_one_agent_nothing_is_said_that_the_others_disprove(authlint, tmp_path, name, agent, saved):
    state = load.materialise(name, tmp_path / "home")
    if saved:
        authlint("snapshot", state, "--now", NOW, "-o", tmp_path / "s.json")
        state = tmp_path / "s.json"

    def found(*arguments):
        report = json.loads(authlint("lint", state, "--now", NOW, "-f", "json", *arguments).stdout)
        return {finding["fingerprint"] for finding in report["findings"]}

    assert found("--agent", agent) <= found()


def test_a_clean_state_gives_exit_code_0(authlint, clean):
    result = authlint("lint", clean, "--now", NOW)
    assert (result.exit_code, result.stderr) == (0, "")


def test_milliseconds_are_a_time_too(authlint, state):
    assert (
        authlint("lint", state, "--now", "1795305600000").stdout
        == authlint("lint", state, "--now", NOW).stdout
    )


def test_the_state_of_the_environment_is_the_default(authlint, state, monkeypatch):
    monkeypatch.setenv("OPENCLAW_STATE_DIR", str(state))
    assert authlint("lint", "--now", NOW).exit_code == 1


def test_a_file_inside_a_state_stands_for_it(authlint, state):
    assert authlint("lint", state / "agents/main/sessions/sessions.json", "--now", NOW).exit_code == 1


def test_nothing_to_lint_is_exit_code_3_and_says_what_to_do(authlint, tmp_path):
    result = authlint("lint", tmp_path / "absent")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "OPENCLAW_STATE_DIR" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--now", "yesterday"], "2026-11-22T02:00:00Z"),
        (["-f", "xml"], "sarif"),
        (["-f", "text", "-f", "json"], "FORMAT=FILE"),
        (["--fail-on", "fatal"], "never"),
        (["--select", "session-override-exist"], "did you mean `session-override-exists`?"),
    ],
)
def test_wrong_use_is_exit_code_2_and_names_the_way_out(authlint, state, arguments, said):
    result = authlint("lint", state, *arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.replace("│", " ").split())


def test_several_formats_at_once(authlint, state, tmp_path):
    result = authlint("lint", state, "--now", NOW, "-f", "text", "-f", f"json={tmp_path / 'out.json'}")
    assert "session-override-exists" in result.stdout
    findings = json.loads((tmp_path / "out.json").read_text())["findings"]
    assert {finding["rule"] for finding in findings} >= {"session-override-exists"}


def test_fail_on_moves_the_threshold(authlint, clean, state):
    assert authlint("lint", state, "--now", NOW, "--fail-on", "never").exit_code == 0
    assert authlint("lint", clean, "--now", NOW, "--fail-on", "note").exit_code == 1


def test_select_and_ignore(authlint, state):
    only = authlint("lint", state, "--now", NOW, "--select", "session-*")
    assert only.exit_code == 1
    assert authlint("lint", state, "--now", NOW, "--ignore", "session-*").exit_code == 0


def test_linting_leaves_no_trace(authlint, state):
    def facts():
        return {path: (path.stat().st_mtime_ns, path.stat().st_mode) for path in state.rglob("*")}

    before = facts()
    authlint("lint", state, "--now", NOW)
    assert facts() == before


def test_a_broken_rule_of_ones_own_is_shown_with_its_line(authlint, state, tmp_path):
    (tmp_path / "mine.yaml").write_text("id: mine\ntitle: Mine\nfro: {}\n")
    result = authlint("lint", state, "--rules", tmp_path)
    assert result.exit_code == 2
    assert "mine.yaml:3:1" in result.stderr
    assert "for" in result.stderr


def test_a_rule_that_fails_on_a_row_ends_with_exit_code_2(authlint, state, tmp_path):
    (tmp_path / "mine.yaml").write_text(
        "id: mine\ntitle: Mine\nlayer: session\nseverity: note\nfor: {session: sessions}\n"
        "require: {that: 'lower(session.updatedAt) == session.key'}\nmessage: never\nabout: text\n"
        "examples: {bad: [], good: []}\n"
    )
    result = authlint("lint", state, "--now", NOW, "--rules", tmp_path)
    assert result.exit_code == 2
    assert "rule failed[mine]" in result.stdout
    assert "mine.yaml:6" in result.stdout.replace("\n", "")


def test_several_states_are_reported_one_after_the_other(authlint, state, tmp_path):
    clean = load.materialise("2026.3.24-clean", tmp_path / "other")
    files = [state / "openclaw.json", state / "agents/main/sessions/sessions.json", clean / "openclaw.json"]
    result = authlint("lint", *files, "--now", NOW)
    assert result.exit_code == 1
    assert result.stdout.count("(JSON files of OpenClaw") == 2


@pytest.mark.parametrize("name", ["text", "json", "sarif", "github", "gitlab", "junit", "markdown"])
def test_a_folder_whose_name_is_no_utf8_can_be_reported(authlint, tmp_path, name):
    state = load.materialise("2026.3.24-pin-missing", tmp_path / os.fsdecode(b"h\xff #1"))
    arguments = ["lint", state, "--now", NOW, "-f", f"{name}={tmp_path / 'report'}"]
    assert authlint(*arguments).exit_code == 1
    report = (tmp_path / "report").read_text(encoding="utf-8")
    assert ("h%FF%20%231" if name == "sarif" else "udcff") in report


def test_a_program_gets_such_a_folder_on_standard_output(cache_home, tmp_path):
    state = load.materialise("2026.3.24-pin-missing", tmp_path / os.fsdecode(b"h\xff"))
    words = [sys.executable, "-m", "linter", "lint", state, "--now", NOW, "-f", "json"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache_home)}
    done = subprocess.run(words, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert os.fsencode(json.loads(done.stdout)["roots"]["STATEDIR"]) == os.fsencode(state)


def test_sarif_names_files_from_the_repository_that_it_runs_in(authlint, state, tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    (tmp_path / "home/deeper").mkdir()
    monkeypatch.chdir(tmp_path / "home/deeper")
    run = json.loads(authlint("lint", state, "--now", NOW, "-f", "sarif").stdout)["runs"][0]
    uris = {it["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for it in run["results"]}
    assert "home/.openclaw/agents/main/sessions/sessions.json" in uris


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_closed_or_full_output_is_no_failure_of_the_lint(tmp_path, cache_home):
    state = load.materialise("2026.3.24-pin-missing", tmp_path)
    environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_CACHE_HOME": str(cache_home)}

    def run(redirection):
        command = f'"{sys.executable}" -m linter lint "{state}" --now {NOW} {redirection}'
        done = subprocess.run(["sh", "-c", command], check=False, env=environ, capture_output=True, text=True)
        return done.returncode, done.stderr

    assert run(">&-") == (1, "")
    assert run(">&- 2>&-") == (1, "")
    assert run("> /dev/full") == (
        2,
        "authlint: what was found could not be written: No space left on device\n",
    )


def test_rule_stats_say_what_each_rule_looked_at(authlint, tmp_path):
    state = load.materialise("2026.3.24-pin-missing", tmp_path / "home")
    result = authlint(
        "lint", state, "--now", "2026-11-22T00:00:00Z", "--rule-stats", "--select", "session-override-exists"
    )
    (line,) = [line for line in result.stderr.splitlines() if " session-override-exists: " in line]
    milliseconds, violated, failed, *_ = line.split()
    assert float(milliseconds) >= 0
    assert (violated, failed) == ("2", "0")
    assert "session 2" in line
