import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from fixtures import load
from linter.configuration.read import read_configuration
from linter.configuration.scaffold import RULE_SCHEMA, STARTS, configuration_text
from linter.snapshot.tables import empty_tables

ROOT = Path(__file__).parents[2]
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="the gateway runs hooks in Node.js")


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_init_writes_a_configuration_that_changes_nothing(authlint, tmp_path):
    result = authlint("init")
    assert result.exit_code == 0
    assert "repos:" in result.stdout
    assert "jobs:" in result.stdout
    found = read_configuration(tmp_path / "authlint.yaml")
    assert found.document.value == {"extends": ["recommended"]}
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith((".", "a"))] == ["authlint.yaml"]


def test_everything_that_it_shows_can_be_used(tmp_path):
    text = re.sub(r"^#(?! \S)", "", configuration_text(empty_tables()), flags=re.MULTILINE)
    (tmp_path / "authlint.yaml").write_text(text)
    found = read_configuration(tmp_path / "authlint.yaml")
    assert set(found.document.value) >= {
        "rules",
        "params",
        "overrides",
        "expect",
        "suppress",
        "routers",
        "evidence",
        "baseline",
    }


def test_init_writes_the_other_files_on_request(authlint, tmp_path):
    assert authlint("init", "--all").exit_code == 0
    assert "authlint-files" in (tmp_path / ".pre-commit-config.yaml").read_text()
    assert "security-events" in (tmp_path / ".github/workflows/authlint.yaml").read_text()


def test_init_leaves_what_exists(authlint, tmp_path):
    for name in ("authlint.yaml", ".pre-commit-config.yaml"):
        (tmp_path / name).write_text("# mine\n")
    result = authlint("init", "--all")
    assert result.exit_code == 0
    assert "left as it is" in result.stdout or "left as it was" in result.stdout
    assert "authlint-files" in result.stdout
    for name in ("authlint.yaml", ".pre-commit-config.yaml"):
        assert (tmp_path / name).read_text() == "# mine\n"


@pytest.fixture
def hook(authlint, tmp_path, monkeypatch):
    """Return a function that writes the hook into a state and tells what its handler logs."""

    def run(name, calls=1):
        state = load.materialise(name, tmp_path)
        monkeypatch.setenv("OPENCLAW_STATE_DIR", str(state))
        assert authlint("init", "--hook").exit_code == 0
        handler = state / "hooks/authlint/handler.js"
        program = (
            f"const {{default: run}} = await import('{handler}'); for (let i = 0; i < {calls}; i++) run();"
        )
        words = ["node", "--input-type=module", "-e", program]
        environment = {**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
        done = subprocess.run(words, capture_output=True, text=True, check=True, env=environment)
        return done.stdout + done.stderr

    return run


@needs_node
def test_the_hook_says_in_the_log_what_is_wrong_and_says_it_once(hook):
    said = hook("2026.9.6-order-all-missing", calls=3).splitlines()
    assert len(said) == 1
    assert said[0].startswith("[authlint] ")
    assert "order-entry-exists" in said[0]
    assert said[0].endswith("run `authlint lint` on this machine")


@needs_node
def test_the_hook_says_when_it_could_not_lint(hook, tmp_path):
    (tmp_path / ".openclaw").mkdir(exist_ok=True)
    (tmp_path / ".openclaw/authlint.yaml").write_text("rules: 1\n")
    said = hook("2026.9.6-clean")
    assert said.startswith("[authlint] could not lint: authlint: ")
    assert "authlint.yaml:1:" in said


def test_the_hook_is_a_folder_with_events_that_openclaw_loads(authlint, tmp_path, monkeypatch):
    state = load.materialise("2026.9.6-clean", tmp_path)
    monkeypatch.setenv("OPENCLAW_STATE_DIR", str(state))
    assert "openclaw hooks enable authlint" in authlint("init", "--hook").stdout
    head = (state / "hooks/authlint/HOOK.md").read_text().split("---")[1]
    found = YAML(typ="safe").load(head)
    assert found["name"] == "authlint"
    assert found["metadata"]["openclaw"]["events"] == ["gateway:startup", "session:patch"]
    assert not (tmp_path / "authlint.yaml").exists()


def test_no_hook_is_written_where_there_is_no_state(authlint, tmp_path, monkeypatch):
    monkeypatch.setenv("OPENCLAW_STATE_DIR", str(tmp_path / "absent"))
    assert authlint("init", "--hook").exit_code == 3
    assert not (tmp_path / "absent").exists()


@pytest.mark.parametrize("layer", STARTS)
def test_a_new_rule_holds(authlint, tmp_path, layer):
    result = authlint("new", "rule", "no-such-thing", "--layer", layer)
    assert result.exit_code == 0
    path = tmp_path / "rules" / "no-such-thing.yaml"
    assert path.read_text().startswith(f"# yaml-language-server: $schema={RULE_SCHEMA}\n")
    tested = authlint("test", path)
    assert tested.exit_code == 0, tested.output


def test_a_new_rule_is_never_written_over_another(authlint, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "own.yaml").write_text("# mine\n")
    result = authlint("new", "rule", "own", "--layer", "order", "--in", "mine")
    assert result.exit_code == 2
    assert (tmp_path / "mine" / "own.yaml").read_text() == "# mine\n"


def test_a_new_rule_says_whether_lint_uses_it(authlint, tmp_path):
    (tmp_path / "rules").mkdir()
    assert "--rules" in authlint("new", "rule", "one", "--layer", "order").stdout
    (tmp_path / "authlint.yaml").write_text("extends: [recommended, ./rules]\n")
    assert "--rules" not in authlint("new", "rule", "two", "--layer", "order").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Own", "--layer", "order"], "is no id like"),
        (["../own", "--layer", "order"], "is no id like"),
        (["own", "--layer", "ordr"], "is none of preference, order"),
        (["token-expired", "--layer", "order"], "has this id already"),
        (["own"], "it is missing; say one of preference, order"),
    ],
)
def test_wrong_use_is_refused(authlint, tmp_path, arguments, said):
    result = authlint("new", "rule", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "rules").exists()


@pytest.mark.parametrize("name", ["rule", "config", "snapshot", "report", "baseline", "diff"])
def test_schemas_are_printed(authlint, name):
    schema = json.loads(authlint("schema", name).stdout)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:authlint:schema:{name}:1"
