"""The table of what was compared with real releases, from what the scripts in fixtures/oracle recorded."""

import json
import re
from pathlib import Path
from typing import Any

RECORDED = Path(__file__).parents[2] / "fixtures/oracle/recorded"
_TABLE = re.compile(r"(?<=<!-- proof -->\n).*?(?=\n<!-- end -->)", re.DOTALL)


def proof_table() -> str:
    """Return the table in Markdown: a row for each release, the newest first."""
    proof, safe = _recorded("proof.json"), _recorded("safe-fixes.json")
    head = [
        "OpenClaw",
        "states compared",
        "differ",
        "migrations as predicted",
        "safe fixes tried",
        "advised commands confirmed",
        "day",
    ]
    lines = [f"| {' | '.join(head)} |", "|---|--:|--:|--:|--:|--:|---|"]
    tried = {path.stem.removeprefix("cures-") for path in RECORDED.glob("cures-*.json")}
    for version in sorted(
        {*proof, *tried}, key=lambda text: [int(part) for part in text.split(".")], reverse=True
    ):
        cures = _recorded(f"cures-{version}.json")
        runs = {**proof.get(version, {})}
        migrations = runs.pop("migrations", None)
        cells = [
            version,
            f"{sum(run['states'] for run in runs.values()):,}" if runs else "-",
            str(sum(run["disagree"] for run in runs.values())) if runs else "-",
            _of(migrations["states"] - migrations["disagree"], migrations["states"]) if migrations else "-",
            str(sum(safe.get(version, {}).get("fixes", {}).values()) or "-"),
            _commands(cures),
            max([run["day"] for run in proof.get(version, {}).values()] + [cures.get("day", "")]),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def with_proof(readme: str) -> str:
    """Return the README with the table where it stands."""
    return _TABLE.sub(lambda _: proof_table(), readme)


def _commands(cures: Any) -> str:
    tried = [row["outcome"] for row in cures.get("commands", ()) if row["outcome"] != "look"]
    return _of(tried.count("confirmed"), len(tried)) if tried else "-"


def _of(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,}"


def _recorded(name: str) -> Any:
    path = RECORDED / name
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
