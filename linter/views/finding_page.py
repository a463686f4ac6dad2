"""A finding of the last run as a page of Markdown: where, what led to it, what it means, the way out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from linter.printable import printable
from linter.reports.markup import ADVICE, escaped

_MOST_LISTED = 5
_SHORT = 8  # digits of a fingerprint that tell findings apart for people

Json = Mapping[str, Any]
"""A part of a report in JSON; `report.schema.json` describes it."""


def findings_like(reports: Sequence[Json], start: str) -> list[tuple[Json, Json]]:
    """Return the findings whose fingerprint starts so, each with the report that it is from."""
    return [
        (report, one)
        for report in reports
        for one in report["findings"]
        if one["fingerprint"].startswith(start)
    ]


def finding_page(report: Json, finding: Json, about: str) -> str:
    """Return the page of a finding; `about` is what its rule says it means."""
    parts = [f"# {finding['rule']}", f"**{finding['severity']}:** {text_of(finding['message'])}"]
    parts.append(_table(_facts(report, finding)))
    if any(finding["values"].values()):
        parts += ["## What led to it", led_to(finding)]
    if about.strip():
        parts += ["## What it means", about.strip()]
    if finding["fixes"]:
        parts += ["## How to mend it", *(part for fix in finding["fixes"] for part in fix_parts(fix))]
    return "\n\n".join(parts) + "\n"


def led_to(finding: Json) -> str:
    """Return the values that led to a finding, as a table."""
    return _table(
        (f"{binding}.{column}", _value(value))
        for binding, columns in finding["values"].items()
        for column, value in columns.items()
    )


def found_last(reports: Sequence[Json], rule: str) -> str:
    """Return what the last run found by a rule, as a section of the rule's page; if nothing, nothing."""
    found = [(report, one) for report in reports for one in report["findings"] if one["rule"] == rule]
    if not found:
        return ""
    lines = [
        f"- `{one['fingerprint'][:_SHORT]}` {text_of(one['message'])}" for _, one in found[:_MOST_LISTED]
    ]
    if len(found) > _MOST_LISTED:
        lines.append(f"- and {len(found) - _MOST_LISTED} more")
    heading = f"## Found in the last run ({_time(found[0][0])})"
    return "\n\n".join(
        [heading, "\n".join(lines), "`authlint explain` with such a number tells what led to it."]
    )


def _facts(report: Json, finding: Json) -> Iterator[tuple[str, str]]:
    yield "at", place_of(report, finding["location"])
    for related in finding["related"]:
        yield text_of(related["label"] or "and"), place_of(report, related)
    for named in finding["subject"]:
        yield text_of(named["kind"]), text_of(named["name"])
    yield "seen", _time(report)
    yield "fingerprint", finding["fingerprint"]


def place_of(report: Json, location: Json) -> str:
    """Return a place for people."""
    root = report["roots"].get(location["root"])
    path = location["path"] if root is None else f"{root}/{location['path']}"
    if location["table"] is not None:
        return text_of(f"{path}  {location['table']}/{location['key']}  {location['pointer']}")
    if location["line"] is None:
        return text_of(f"{path}  {location['pointer']}")
    return text_of(f"{path}:{location['line']}:{location['column']}")


def fix_parts(fix: Json) -> Iterator[str]:
    """Yield the paragraphs about a way out."""
    yield f"**{ADVICE[fix['safety']]}:** {text_of(fix['title'])}."
    if fix["reason"]:
        yield text_of(fix["reason"])
    if fix["commands"]:
        yield "\n".join(["```sh", *map(printable, fix["commands"]), "```"])


def _table(rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join(["| | |", "|---|---|", *(f"| {name} | {text} |" for name, text in rows)])


def _value(value: Any) -> str:
    if isinstance(value, dict):  # of a secret only this is known
        return f"{value['kind']} {value['fingerprint']}"
    if isinstance(value, list):
        return ", ".join(map(_value, value)) or "an empty list"
    if value is None:
        return "none"
    return text_of(str(value).lower() if isinstance(value, bool) else str(value))


def text_of(text: str) -> str:
    """Return text from a state for a page."""
    return escaped(printable(text))


def _time(report: Json) -> str:
    return f"{datetime.fromtimestamp(report['meta']['now'] / 1000, UTC):%Y-%m-%d %H:%M} UTC"
