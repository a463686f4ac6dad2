"""A rule as a page of Markdown: for `authlint explain` and for the documentation."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from linter.engine.rule_file import RuleFile
from linter.reports.taxonomy import CHECKLIST, LAYERS, SYMPTOMS

ERAS = {
    "J": "JSON files (to 2026.5)",
    "H": "agent databases (2026.6, 2026.7)",
    "S": "shared database (2026.8 on)",
}


def rule_page(file: RuleFile) -> str:
    """Return the page of a rule."""
    rule = file.rule
    parts = [f"# {rule.id}", rule.title + ".", _facts(file), rule.about.strip()]
    if rule.params:
        parts.append(
            "## Settings\n\n" + "\n".join(f"- `{name}`: {value}" for name, value in rule.params.items())
        )
    if file.document.value.get("fixes"):
        parts.append("## Fixes\n\n" + "\n".join(_fixes(file.document.value["fixes"])))
    parts.extend(_examples(file))
    return "\n\n".join(parts) + "\n"


def _facts(file: RuleFile) -> str:
    rule = file.rule
    eras = [text for era, text in ERAS.items() if era in rule.eras]
    rows = [
        ("severity", _severity(file)),
        ("layer", LAYERS[rule.layer]),
        ("symptoms", "; ".join(SYMPTOMS[name] for name in rule.symptoms) or "-"),
        ("checklist", "; ".join(f"{item} {CHECKLIST[item]}" for item in rule.checklist) or "-"),
        ("eras", "all" if len(eras) == len(ERAS) else ", ".join(eras)),
    ]
    if rule.references:
        rows.append(("seen in", ", ".join(rule.references)))
    return "\n".join(["| | |", "|---|---|", *(f"| {name} | {text} |" for name, text in rows)])


def _severity(file: RuleFile) -> str:
    others = {change.get("severity") for change in file.document.value.get("adjust", [])} - {
        file.rule.severity,
        None,
    }
    return (
        f"{file.rule.severity}, in some cases {' or '.join(sorted(others))}" if others else file.rule.severity
    )


def _fixes(fixes: list[Mapping[str, Any]]) -> Iterator[str]:
    for fix in fixes:
        reason = f" {fix['reason'].strip()}" if fix.get("reason") else ""
        yield f"- **{fix['title']}** ({fix['safety']}).{reason}"
        commands = fix.get("command", [])
        for command in [commands] if isinstance(commands, str) else commands:
            yield f"  `{command}`"


def _examples(file: RuleFile) -> Iterator[str]:
    for kind, heading in (("bad", "## Reported"), ("good", "## Not reported")):
        for index, example in enumerate(file.examples[kind]):
            name = example.get("name") or f"example {index + 1}"
            body = [f"{heading}: {name}", _fence(example["given"])]
            body.extend(f"→ `{found['at']}`" for found in example.get("expect", []))
            if "fixed" in example:
                body.extend(["After the fix:", _fence(example["fixed"])])
            yield "\n\n".join(body)


def _fence(tables: Mapping[str, Any]) -> str:
    """Show tables as compact YAML: a row a line."""
    lines = []
    for table, rows in tables.items():
        if not isinstance(rows, list):
            lines.append(f"{table}: {_flow(rows)}")
            continue
        lines.append(f"{table}:")
        lines.extend(f"  - {_flow(row)}" for row in rows)
    return "\n".join(["```yaml", *lines, "```"])


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_flow(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    if isinstance(value, str):
        return value if value.replace("-", "").replace("_", "").isalnum() else f'"{value}"'
    return json.dumps(value)
