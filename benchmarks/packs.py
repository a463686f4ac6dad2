"""Writes a pack of further rules, of as many shapes as the built-in ones have."""

import re
from pathlib import Path

from measure import REPOSITORY


def write_copies(folder: Path, count: int) -> Path:
    """Write copies of built-in rules under other names, that yield to nothing; return the folder."""
    folder.mkdir()
    paths = sorted((REPOSITORY / "rules").glob("*/*.yaml"))
    for path in paths[:count]:
        name = f"{path.stem}-again"
        text = re.sub(r"^id: .*", f"id: {name}", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        text = re.sub(r"^yields_to:.*\n(?:  - .*\n)*", "", text, flags=re.MULTILINE)
        head = text.partition("\nexamples:")[0]
        (folder / f"{name}.yaml").write_text(f"{head}\nexamples: {{}}\n", encoding="utf-8")
    return folder
