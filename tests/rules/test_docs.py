"""The pages that are generated from the rules and the snapshot's schema are current."""

import re
from shutil import copy, copytree

import pytest

from docs.generate.__main__ import ROOT, main, pages, stale


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
