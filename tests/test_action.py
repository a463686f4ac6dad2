"""The GitHub Action: its shape, its shell steps as a runner runs them, and what docs/ci.md says of it."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from fixtures import load
from linter.configuration.scaffold import workflow_text

ROOT = Path(__file__).parents[1]
ACTION = YAML(typ="safe").load(ROOT / "action.yml")
STEPS = ACTION["runs"]["steps"]
LINT = next(step for step in STEPS if step.get("id") == "lint")
PAGE = (ROOT / "docs/ci.md").read_text()
NOW = "--now=1795305600000"

needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="the steps are for bash")


def test_it_is_a_composite_action_whose_steps_say_what_they_run_in():
    assert ACTION["runs"]["using"] == "composite"
    for step in STEPS:
        assert step["name"]
        assert ("uses" in step) != (step.get("shell") == "bash" and "run" in step)


def test_every_input_is_described_used_and_has_a_default_unless_required():
    text = (ROOT / "action.yml").read_text()
    used = set(re.findall(r"inputs\.([\w-]+)", text))
    assert used == set(ACTION["inputs"])
    for it in ACTION["inputs"].values():
        assert it["description"]
        assert it.get("required") or isinstance(it["default"], str)


def test_no_input_is_part_of_a_script():
    assert not [step["name"] for step in STEPS if "${{" in step.get("run", "")]


def test_every_output_of_a_step_that_is_read_is_written():
    read = set(re.findall(r"steps\.lint\.outputs\.([\w-]+)", (ROOT / "action.yml").read_text()))
    written = set(re.findall(r'echo "([\w-]+)=', LINT["run"]))
    assert read == written


@pytest.fixture
def run(tmp_path, own_environment):
    """Return a function that runs the step `lint` on a recorded state, and what is then to be seen."""
    program = tmp_path / "runner/authlint/bin/authlint"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m linter "$@"\n')
    program.chmod(0o755)
    checkout = tmp_path / "checkout"
    (checkout / ".git").mkdir(parents=True)

    def step(name, fail_on="error", args=NOW, **inputs):
        load.materialise(name, checkout)
        environment = {
            **own_environment,
            "PYTHONPATH": str(ROOT),
            "RUNNER_TEMP": str(tmp_path / "runner"),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
            "GITHUB_OUTPUT": str(tmp_path / "output"),
            "STATE": ".openclaw",
            "FAIL_ON": fail_on,
            "ARGS": args,
            "SARIF": "out.sarif",
            **inputs,
        }
        assert set(LINT["env"]) <= set(environment)
        words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", LINT["run"]]
        return subprocess.run(
            words, cwd=checkout, env=environment, capture_output=True, text=True, check=False
        )

    return step


@needs_bash
def test_findings_fail_the_step_and_are_in_summary_sarif_and_outputs(run, tmp_path):
    done = run("2026.3.24-pin-missing")
    assert done.returncode == 1, done.stderr
    assert "[session-override-exists " in done.stdout
    assert (tmp_path / "summary.md").read_text().startswith("## authlint")
    assert (tmp_path / "output").read_text() == "written=true\nexit-code=1\n"
    results = json.loads((tmp_path / "checkout/out.sarif").read_text())["runs"][0]["results"]
    uris = {it["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for it in results}
    assert ".openclaw/agents/main/sessions/sessions.json" in uris


@needs_bash
def test_options_come_one_on_each_line(run):
    assert run("2026.3.24-pin-missing", args=f"{NOW}\n\n--select=token-*\n").returncode == 0


@needs_bash
def test_an_option_may_hold_spaces_and_quotes(run, tmp_path):
    config = tmp_path / "checkout/my 'own' \"config\".yaml"
    config.parent.mkdir(exist_ok=True)
    config.write_text("rules:\n  session-override-exists: off\n")
    assert run("2026.3.24-pin-missing", args=f"{NOW}\n--config=./{config.name}\n").returncode == 0


@needs_bash
def test_several_states_stand_one_on_each_line(run, tmp_path):
    load.materialise("2026.3.24-pin-missing", tmp_path / "checkout/other machine")
    assert run("2026.3.24-clean", STATE=".openclaw\nother machine/.openclaw\n").returncode == 1
    (log,) = json.loads((tmp_path / "checkout/out.sarif").read_text())["runs"]
    assert len(log["properties"]["states"]) == 2


@needs_bash
def test_a_state_is_never_taken_for_an_option(run):
    assert run("2026.3.24-clean", STATE="--help").returncode == 3


@needs_bash
def test_a_report_of_an_earlier_run_is_not_uploaded_again(run, tmp_path):
    assert run("2026.3.24-clean").returncode == 0
    (tmp_path / "output").unlink()
    run("2026.3.24-clean", STATE="elsewhere")
    assert (tmp_path / "output").read_text() == "exit-code=3\n"


def test_actions_that_anything_uses_are_pinned_to_a_commit_and_named_by_their_version():
    files = [ROOT / "action.yml", *(ROOT / ".github/workflows").glob("*.yaml")]
    lines = [
        line for file in files for line in file.read_text().splitlines() if re.search(r"uses: [^.]", line)
    ]
    assert len(lines) > 8
    assert not [line for line in lines if not re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)]


def test_init_writes_the_workflow_that_the_page_shows():
    shown = next(block for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) if "jobs:" in block)
    assert YAML(typ="safe").load(workflow_text()) == YAML(typ="safe").load(shown)


def test_the_workflows_run_what_must_pass_and_a_release_waits_for_it():
    read = {path.stem: YAML(typ="safe").load(path) for path in (ROOT / ".github/workflows").glob("*.yaml")}
    assert any(step.get("run") == ".ci/run" for step in read["test"]["jobs"]["linux"]["steps"])
    assert read["release"]["jobs"]["test"]["uses"] == "./.github/workflows/test.yaml"
    waits = {name: job.get("needs") for name, job in read["release"]["jobs"].items()}
    assert waits == {"test": None, "build": "test", "publish": "build", "major": "publish"}


def test_the_unit_is_never_told_to_die_of_a_finding():
    assert "ExecStartPre=-" in PAGE
    assert not re.search(r"^ExecStartPre=[^-]", PAGE, re.MULTILINE)


@needs_bash
def test_nothing_to_lint_fails_without_a_report(run, tmp_path):
    assert run("2026.3.24-clean", STATE="elsewhere").returncode == 3
    assert (tmp_path / "output").read_text() == "exit-code=3\n"


@needs_bash
def test_inputs_are_never_run(run, tmp_path):
    evil = f"$(touch {tmp_path}/ran)"
    run("2026.3.24-clean", STATE=evil, args=evil, fail_on=evil, SARIF=f"{evil}.sarif")
    assert not (tmp_path / "ran").exists()


def test_the_page_names_inputs_and_hooks_that_there_are():
    hooks = {hook["id"] for hook in YAML(typ="safe").load(ROOT / ".pre-commit-hooks.yaml")}
    assert set(re.findall(r"- id: ([\w-]+)", PAGE)) <= hooks
    blocks = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    workflow = YAML(typ="safe").load(blocks[0])
    (uses,) = [step for step in workflow["jobs"]["authlint"]["steps"] if "authlint" in step["uses"]]
    assert set(uses["with"]) <= set(ACTION["inputs"])
    assert all(YAML(typ="safe").load(block) for block in blocks)
