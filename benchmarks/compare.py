"""Compares authlint with OpenClaw's own checks on seeded states of 2026.9.6: who finds what, how fast.

    OPENCLAW_LAB=... python benchmarks/compare.py [CASE...]     # prints a Markdown table; takes some minutes

A check of OpenClaw's finds a drift when it says anything on that state that it does not say on the clean one.
authlint's finds are the rules that report an error, a warning or (in parentheses) a note.
"""

import json
import os
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from measure import REPOSITORY, authlint, openclaw, run

sys.path.insert(0, str(REPOSITORY))

from fixtures.load import describe, materialise

VERSION = "2026.9.6"
CLEAN = "clean"
CASES = [
    "pin-missing",
    "order-partly-missing",
    "order-all-missing",
    "config-order-all-missing",
    "same-email-two-accounts",
    "same-account-twice",
    "expired-token",
    "store-cut",
    "broken-entries",
    "config-disagrees",
    "world-readable",
    "provider-differs",
    "runtime-ghosts",
    "identity-differs",
    "legacy-file",
    "model-suffix-missing",
    "old-provider-name",
]
Says = Counter[str]


class Tool(NamedTuple):
    """One of OpenClaw's checks: its arguments, and what its JSON output says, as words that compare."""

    name: str
    arguments: tuple[str, ...]
    read: Callable[[Any], Iterator[str]]


def _doctor(report: Any) -> Iterator[str]:
    for finding in report.get("findings", []):
        yield finding["checkId"].removeprefix("core/doctor/")


def _status(report: Any) -> Iterator[str]:
    auth = report.get("auth", {})
    yield from (f"missing {provider}" for provider in auth.get("missingProvidersInUse", []))
    yield from (f"unusable {profile['profileId']}" for profile in auth.get("unusableProfiles", []))
    for profile in auth.get("oauth", {}).get("profiles", []):
        if profile.get("status") != "ok":
            yield f"{profile['profileId']} {profile.get('status')}"


def _security(report: Any) -> Iterator[str]:
    yield from (finding["checkId"] for finding in report.get("findings", []))


def _secrets(report: Any) -> Iterator[str]:
    yield from (f"{finding['code']}" for finding in report.get("findings", []))


TOOLS = [
    Tool("`doctor --lint --all`", ("doctor", "--lint", "--all", "--severity-min", "info", "--json"), _doctor),
    Tool("`models status --check`", ("models", "status", "--check", "--json"), _status),
    Tool("`security audit`", ("security", "audit", "--json"), _security),
    Tool("`secrets audit`", ("secrets", "audit", "--check", "--json"), _secrets),
]


class Answer(NamedTuple):
    """What a tool said of one state, and how long that took."""

    says: Says
    seconds: float


def ask_openclaw(tool: Tool, state: str) -> Answer:
    """Run one of OpenClaw's checks on a fresh copy of a state."""
    with tempfile.TemporaryDirectory() as folder:
        materialise(f"{VERSION}-{state}", Path(folder))
        done = run(openclaw(VERSION, Path(folder), *tool.arguments))
    try:
        said = Counter(tool.read(json.loads(done.output)))
    except ValueError:
        said = Counter([f"exit status {done.status}, no report"])
    return Answer(said, done.seconds)


def ask_authlint(state: str) -> Answer:
    """Run authlint on a fresh copy of a state."""
    name = f"{VERSION}-{state}"
    with tempfile.TemporaryDirectory() as folder:
        directory = materialise(name, Path(folder))
        done = run(authlint("lint", str(directory), "--now", str(describe(name).now), "-f", "json"))
    findings = json.loads(done.output)["findings"]
    rules = [one["rule"] if one["severity"] != "note" else f"({one['rule']})" for one in findings]
    return Answer(Counter(rules), done.seconds)


def words(says: Says) -> str:
    """Return what was said, in a table cell."""
    return ", ".join(f"{word} ×{count}" if count > 1 else word for word, count in says.items()) or "–"


def main(cases: list[str]) -> None:
    """Print the table."""
    os.environ["CLOCK_START"] = str(describe(f"{VERSION}-{CLEAN}").now)
    clean = {tool.name: ask_openclaw(tool, CLEAN) for tool in TOOLS}
    our_clean = ask_authlint(CLEAN)
    seconds = {"authlint": [our_clean.seconds], **{name: [answer.seconds] for name, answer in clean.items()}}
    print("| state | authlint |", " | ".join(tool.name for tool in TOOLS), "|")
    print("|---|---|" + "---|" * len(TOOLS))
    for case in [CLEAN, *cases]:
        ours = ask_authlint(case)
        seconds["authlint"].append(ours.seconds)
        cells = [words(ours.says - our_clean.says)]
        for tool in TOOLS:
            answer = ask_openclaw(tool, case)
            seconds[tool.name].append(answer.seconds)
            cells.append(words(answer.says - clean[tool.name].says))
        print(f"| {case} |", " | ".join(cells), "|", flush=True)
    medians = [f"{statistics.median(times):.1f} s" for times in seconds.values()]
    print("| median time |", " | ".join(medians), "|")


if __name__ == "__main__":
    main(sys.argv[1:] or CASES)
