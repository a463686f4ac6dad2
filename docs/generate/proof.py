"""The table of what was compared with real releases, from what the scripts in fixtures/oracle recorded."""

import json
from pathlib import Path
from typing import Any

RECORDED = Path(__file__).parents[2] / "fixtures/oracle/recorded"


def proof_table() -> str:
    """Return the table in Markdown: a row for each release, the newest first."""
    proof, safe = _recorded("proof.json"), _recorded("safe-fixes.json")
    head = ["OpenClaw", "states compared", "differ", "safe fixes tried", "advised commands confirmed", "day"]
    lines = [f"| {' | '.join(head)} |", "|---|--:|--:|--:|--:|---|"]
    for version in sorted(proof, key=lambda text: [int(part) for part in text.split(".")], reverse=True):
        runs = list(proof[version].values())
        cells = [
            version,
            f"{sum(run['states'] for run in runs):,}",
            str(sum(run["disagree"] for run in runs)),
            str(sum(safe.get(version, {}).get("fixes", {}).values()) or "-"),
            _commands(_recorded(f"cures-{version}.json")),
            max(run["day"] for run in runs),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _commands(rows: Any) -> str:
    tried = [row["outcome"] for row in rows if row["outcome"] not in ("look", "person")]
    return f"{tried.count('confirmed')} of {len(tried)}" if tried else "-"


def _recorded(name: str) -> Any:
    path = RECORDED / name
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
