"""The pages that are generated from the rules and the snapshot's schema are current."""

import json
import re
from shutil import copy, copytree

import pytest

from docs.generate.__main__ import ROOT, main, pages, stale
from docs.generate.proof import proof_table


def test_pages_are_current():
    assert stale() == [], "run python -m docs.generate"


@pytest.fixture
def coverage():
    return (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")


def test_every_layer_symptom_and_checklist_item_has_rules(coverage):
    counts = re.findall(r"^\| .+ \| (\d+) \|$", coverage, re.MULTILINE)
    assert len(counts) == 7 + 6 + 7
    assert "0" not in counts


def test_no_line_of_the_coverage_is_a_list_of_links(coverage):
    assert max(line.count("](") for line in coverage.splitlines()) == 1


def test_links_between_pages_lead_somewhere():
    texts = {path: text for path, text in pages().items() if path.parent != ROOT}
    broken = [
        (path.name, target)
        for path, text in texts.items()
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
        if not (path.parent / target).exists()
    ]
    assert broken == []


def test_a_page_that_nobody_generates_is_named(tmp_path, monkeypatch, capsys):
    copytree(ROOT / "docs", tmp_path / "docs")
    copytree(ROOT / "skills", tmp_path / "skills")
    copy(ROOT / "README.md", tmp_path)
    (tmp_path / "docs" / "rules" / "not-a-rule.md").write_text("left over")
    monkeypatch.setattr("docs.generate.__main__.ROOT", tmp_path)
    monkeypatch.setattr("sys.argv", ["generate", "--check"])
    assert main() == 1
    assert capsys.readouterr().out == "docs/rules/not-a-rule.md is stale: run python -m docs.generate\n"


def test_a_report_stands_under_its_number_with_what_is_said_and_the_proven_cure():
    page = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
    part = page.partition("\n## openclaw#12685\n")[2].partition("\n## ")[0]
    assert "*an OAuth login declared as an API key*" in part
    assert "**error** auth.profiles declares openai-codex:default as api\\_key" in part
    assert (
        "`openclaw config set 'auth.profiles[openai-codex:default].mode' oauth`; proven on 2026.9.6" in part
    )


def test_the_proof_counts_what_was_compared_and_what_was_confirmed(tmp_path, monkeypatch):
    run = {"day": "2026-11-30", "states": 1500, "disagree": 1}
    rows = [{"outcome": outcome} for outcome in ("confirmed", "look", "still there", "refused: no")]
    migrations = {"day": "2026-12-01", "states": 20, "disagree": 1}
    written = {
        "proof.json": {
            "2026.8.2": {"plain": run},
            "2026.10.1": {"plain": run, "varied": run, "migrations": migrations},
        },
        "safe-fixes.json": {"2026.10.1": {"fixes": {"a": 2, "b": 3}}},
        "cures-2026.3.24.json": {"day": "2026-12-03", "commands": rows[:1]},
        "cures-2026.10.1.json": {"day": "2026-12-02", "commands": rows},
    }
    for name, value in written.items():
        (tmp_path / name).write_text(json.dumps(value))
    monkeypatch.setattr("docs.generate.proof.RECORDED", tmp_path)
    assert proof_table().splitlines()[2:] == [
        "| 2026.10.1 | 3,000 | 2 | 19 of 20 | 5 | 1 of 3 | 2026-12-02 |",
        "| 2026.8.2 | 1,500 | 1 | - | - | - | 2026-11-30 |",
        "| 2026.3.24 | - | - | - | - | 1 of 1 | 2026-12-03 |",
    ]


def test_the_readme_has_the_proof():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"<!-- proof -->\n{proof_table()}\n<!-- end -->" in readme
