"""What CONTRIBUTING.md and the pages of docs/ send people to is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PATHS = re.compile(r"`((?:linter|tests|fixtures|rules|tables|docs|benchmarks|skills|\.ci)/[\w./-]+)[` ]")
PLACEHOLDERS = re.compile(r"[A-Z]{3,}|my-rule")


@pytest.mark.parametrize(
    "page",
    [
        "CONTRIBUTING.md",
        "README.md",
        "SECURITY.md",
        *(f"docs/{page.name}" for page in sorted((ROOT / "docs").glob("*.md"))),
    ],
)
def test_files_that_a_page_names_exist(page):
    named = {
        path for path in PATHS.findall((ROOT / page).read_text("utf-8")) if not PLACEHOLDERS.search(path)
    }
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []
