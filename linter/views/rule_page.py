"""A rule as a page of Markdown: for `authlint explain` and for the documentation."""

from collections.abc import Iterator, Mapping
from typing import Any

from linter.configuration.rule_pack import CHECKLIST, LAYERS, SYMPTOMS
from linter.engine.example_fixes import fixed_tables
from linter.engine.finding import RANK, Finding
from linter.engine.rule_file import RuleFile
from linter.engine.rule_under_test import RuleUnderTest
from linter.reports.markup import escaped, table
from linter.views.explained import ways
from linter.views.explained_text import told
from linter.views.rows_text import tables_yaml

ERAS = {
    "J": "JSON files (to 2026.5)",
    "H": "agent databases (2026.6, 2026.7)",
    "S": "shared database (2026.8 on)",
}
_REPOSITORIES = {"openclaw": "openclaw/openclaw", "codex": "openai/codex"}


def rule_page(file: RuleFile, under_test: RuleUnderTest, width: int = 100) -> str:
    """Return the page of a rule, with examples set to a width; `under_test` tells what they give."""
    rule = file.rule
    parts = [f"# {rule.id}", f"**{rule.title}.**", _facts(file), rule.about.strip()]
    params = file.document.value.get("params", {})
    if params:
        parts += ["## Settings", "\n".join(f"- `{name}`: `{value}`" for name, value in params.items())]
    found = [told(way) for way in ways(file, under_test)]
    if found:
        parts += ["## How to mend it", *found]
    for kind, heading in (("bad", "## Reported"), ("good", "## Not reported")):
        examples = file.examples[kind]
        if examples:
            parts.append(heading)
        for index, example in enumerate(examples):
            name = example.get("name") or f"example {index + 1}"
            parts += [f"### {name}", *_example(example, under_test, width)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _facts(file: RuleFile) -> str:
    rule = file.rule
    eras = [text for era, text in ERAS.items() if era in rule.eras]
    rows = {
        "severity": _severity(file),
        "layer": LAYERS.get(rule.layer, rule.layer),
        "symptoms": "; ".join(SYMPTOMS[name] for name in rule.symptoms),
        "checklist": "; ".join(f"{item} {CHECKLIST[item]}" for item in rule.checklist),
        "eras": "all" if len(eras) == len(ERAS) else ", ".join(eras),
        "yields to": ", ".join(f"[{other}]({other}.md)" for other in rule.yields_to),
        "seen in": ", ".join(_issue(reference) for reference in rule.references),
    }
    return table(rows.items())


def _severity(file: RuleFile) -> str:
    usual = file.rule.severity
    changes = {change.get("severity") for change in file.document.value.get("adjust", [])}
    others = [name for name in RANK if name in changes and name != usual]
    return f"{usual}, in some cases {' or '.join(others)}" if others else usual


def _issue(reference: str) -> str:
    project, _, number = reference.rpartition("#")
    if "://" in reference:
        return f"<{reference}>"
    repository = _REPOSITORIES.get(project, project)
    return (
        f"[{reference}](https://github.com/{repository}/issues/{number})"
        if number and "/" in repository
        else reference
    )


def _example(example: Mapping[str, Any], under_test: RuleUnderTest, width: int) -> Iterator[str]:
    findings = under_test.evaluate(example["given"]).findings
    yield _fence(example.get("written", example["given"]), width, findings)
    for finding in findings:
        yield f"**{finding.severity}:** {escaped(finding.message)}"
    fixed = {
        name: rows
        for name, rows in fixed_tables(example, findings).items()
        if rows != example["given"].get(name)
    }
    if fixed:
        yield "After the fix:"
        yield _fence(fixed, width)


def _fence(tables: Mapping[str, Any], width: int, findings: tuple[Finding, ...] = ()) -> str:
    if not tables:
        return "An empty state."
    marked = {finding.location.pointer for finding in findings}
    return "\n".join(["```yaml", tables_yaml(tables, marked, width), "```"])
