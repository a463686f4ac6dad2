"""Writes what comes from the rules and from the description of the tables.

From a shell: python -m docs.generate [--check]
"""

import sys
from pathlib import Path

from docs.generate.proof import with_proof
from docs.generate.reports import reports_page
from docs.generate.rule_schema import rule_schema
from docs.generate.rules import load, rule_pages, with_counts
from docs.generate.skill import PAGE, symptom_page
from docs.generate.snapshot import snapshot_page
from docs.generate.tables import table_files
from docs.generate.transcripts import TRANSCRIPTS, filled
from linter.snapshot.tables import schema

ROOT = Path(__file__).parents[2]


def pages() -> dict[Path, str]:
    """Return every generated file with the text that it should have."""
    pack = load()
    readme = ROOT / "README.md"
    return {
        **table_files(),
        **rule_schema(schema()),
        **{ROOT / "docs" / name: text for name, text in rule_pages(pack).items()},
        ROOT / "docs" / "reports.md": reports_page(pack),
        ROOT / "docs" / "snapshot.md": snapshot_page(),
        ROOT / PAGE: symptom_page([file.rule for file in pack.files]),
        **{
            page: filled(page.read_text(encoding="utf-8"))
            for page in map((ROOT / "docs").joinpath, TRANSCRIPTS)
        },
        readme: with_proof(with_counts(readme.read_text(encoding="utf-8"), pack)),
    }


def stale() -> list[Path]:
    """Return the files that are not as they should be: outdated, missing, or of a rule that is gone."""
    wanted = pages()
    gone = [path for path in (ROOT / "docs" / "rules").glob("*.md") if path not in wanted]
    outdated = [
        path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text
    ]
    return sorted([*gone, *outdated])


def main() -> int:
    """Write what is stale, or with --check only name it; 1 if there was anything to name."""
    check = "--check" in sys.argv[1:]
    for path, text in () if check else table_files().items():  # first, since rules are read by them
        path.write_text(text, encoding="utf-8", newline="\n")
    found = stale()
    if check:
        print(
            *(f"{path.relative_to(ROOT)} is stale: run python -m docs.generate" for path in found), sep="\n"
        )
        return int(bool(found))
    wanted = pages()
    for path in found:
        if path in wanted:
            path.parent.mkdir(exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8", newline="\n")
        else:
            path.unlink()
    print(f"{len(found)} of {len(wanted)} files written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
