"""The skill for agents: its shape, and every command that it names, on broken states."""

import re
import shlex
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from docs.generate.skill import FIRST
from fixtures import load
from linter.configuration.rule_pack import SYMPTOMS

SKILL = Path(__file__).parents[1] / "skills" / "authlint"
PAGES = sorted(SKILL.rglob("*.md"))
TEXT = "\n".join(path.read_text() for path in PAGES)
NOW = "1795305600000"
PLACEHOLDERS = {
    "RULE": "session-override-exists",
    "FINGERPRINT": "session-override-exists",
    "BEFORE": "before.json",
}

REFUSING = {"preview", "trace", "undo"}
"""Commands that may say why they cannot do it: no such login or chat, a gateway, nothing to undo."""


def commands():
    """Return the words of each command that the skill names, once."""
    named = dict.fromkeys(re.findall(r"`authlint ([^`]+)`", TEXT))
    return [[PLACEHOLDERS.get(word, word) for word in shlex.split(words)] for words in named]


def test_its_head_follows_the_rules_of_agent_skills():
    _, head, body = (SKILL / "SKILL.md").read_text().split("---\n", 2)
    found = YAML(typ="safe").load(head)
    assert found["name"] == SKILL.name
    assert 40 < len(found["description"]) <= 1024
    assert found["metadata"]["openclaw"]["requires"] == {"bins": ["authlint"]}
    assert found["metadata"]["openclaw"]["install"][0]["kind"] == "uv"
    assert len(body.splitlines()) + len(head.splitlines()) < 100


def test_it_has_no_scripts_and_its_links_lead_somewhere():
    assert {path.suffix for path in SKILL.rglob("*") if path.is_file()} == {".md"}
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
            assert (page.parent / target).exists(), (page.name, target)


def test_every_symptom_has_its_branch():
    assert set(FIRST) == set(SYMPTOMS)
    assert all(f"## {meaning}\n" in TEXT for meaning in SYMPTOMS.values())


@pytest.mark.parametrize(
    "name", ["2026.9.6-pin-missing", "2026.3.24-pin-missing", "2026.9.6-order-all-missing"]
)
def test_every_command_that_it_names_runs_as_it_is_written(authlint, tmp_path, monkeypatch, name):
    state = load.materialise(name, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENCLAW_STATE_DIR", str(state))
    monkeypatch.setattr("linter.cli.target.time", lambda: int(NOW) / 1000)
    assert authlint("snapshot", "--now", NOW, "-o", "before.json").exit_code == 0
    assert len(commands()) > 25
    for words in commands():
        result = authlint(*words)
        assert result.exit_code in ({0, 1, 2, 3} if words[0] in REFUSING else {0, 1}), (words, result.output)
        assert "No such" not in result.stderr
        assert "internal error" not in result.stderr
