"""The page by which people search: every public report that a rule knows, what is said of it, the cure."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from docs.generate.proof import proof_table
from docs.generate.rules import Loaded
from linter.engine.finding import Finding, Fix
from linter.engine.rule_file import RuleFile
from linter.reports.markup import escaped

ROOT = Path(__file__).parents[2]
REPORT = re.compile(r"(?:[\w.-]+/)?[\w.-]+#\d+")
_HEAD = """\
<!-- Generated from rules/ by `python -m docs.generate`. -->

# Public reports

Search this page for the number of a report. Each has been made again as an example of a rule, so what stands
here is what authlint really says. A number without an owner is an issue or pull request of
`openclaw/openclaw`. "Proven" means that the command was run in that release of OpenClaw on a recorded state,
and that the finding was gone afterwards."""


class Told(NamedTuple):
    """One example that bears the number of a report: what people saw, and the findings on it."""

    file: RuleFile
    seen: str
    findings: tuple[Finding, ...]


def reports_page(pack: Loaded) -> str:
    """Return docs/reports.md."""
    known: dict[str, list[Told]] = defaultdict(list)
    for file in pack.files:
        for example in (*file.examples["bad"], *file.examples["good"]):
            name = example.get("name", "")
            for number in REPORT.findall(name):
                findings = pack.ready[file.rule.id].evaluate(example["given"]).findings
                known[number].append(Told(file, _seen(name), findings))
    proven = _proven()
    parts = [_HEAD, proof_table(), f"{len(known)} reports."]
    for number in sorted(known, key=_by_project):
        parts.append(f"## {number}")
        parts += [part for told in known[number] for part in _told(told, proven)]
    return "\n\n".join(parts) + "\n"


def _told(told: Told, proven: Mapping[str, dict[str, str]]) -> Iterator[str]:
    rule = told.file.rule.id
    link = f"[{rule}](rules/{rule}.md)"
    seen = told.seen or told.file.rule.title
    if not told.findings:
        yield f"*{escaped(seen)}*: is no fault, and {link} says nothing."
        return
    finding = told.findings[0]
    yield f"*{escaped(seen)}*"
    yield f"- **{finding.severity}** {escaped(finding.message)} ({link})\n" + "\n".join(
        _cure(fix, proven.get(rule, {})) for fix in finding.fixes
    )


def _cure(fix: Fix, proven: Mapping[str, str]) -> str:
    how = "`authlint fix --apply --unsafe`" if fix.safety == "unsafe" else "`authlint fix --apply`"
    who = f" ({how})" if fix.edits else ""
    commands = "; ".join(f"`{command}`" for command in fix.commands)
    proof = next((f"; proven on {version}" for kind, version in proven.items() if _same(kind, fix)), "")
    return f"- {escaped(fix.title)}{who}{': ' + commands if commands else ''}{proof}"


def _same(kind: str, fix: Fix) -> bool:
    return any(_kind(command) == kind for command in fix.commands)


def _kind(command: str) -> str:
    """Return what a command does, without whom it does it to."""
    return " ".join(word for word in command.split() if re.fullmatch(r"[a-z-]+", word))


def _proven() -> dict[str, dict[str, str]]:
    """Return, by rule, the kinds of commands that ended a finding, with the release."""
    proven: dict[str, dict[str, str]] = defaultdict(dict)
    for path in sorted((ROOT / "fixtures/oracle/recorded").glob("cures-*.json")):
        cures: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for row in cures["commands"]:
            if row["outcome"] == "confirmed":
                proven[row["rule"]][_kind(row["command"])] = path.stem.removeprefix("cures-")
    return proven


def _seen(name: str) -> str:
    return REPORT.sub("", name).strip(" ,:;")


def _by_project(number: str) -> tuple[str, int]:
    project, _, count = number.partition("#")
    return project, int(count)
