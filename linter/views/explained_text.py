"""What there is to say of a rule or a cause as Markdown: what it is, what happens next, how to mend it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from linter.configuration.rule_pack import LAYERS, SYMPTOMS
from linter.engine.finding import Fix
from linter.printable import printable
from linter.reports.markup import advice, escaped, fenced, table
from linter.views.explained import Explained, ExplainedKind, ExplainedRule, Found, Json
from linter.views.way import Way

_MOST_LISTED, _MOST_TOLD, _MOST_FOUND = 20, 3, 5
_SHORT = 8  # digits of a fingerprint that tell findings apart for people


def explained_text(found: Explained) -> str:
    """Return a page of Markdown."""
    parts: list[str] = []
    if found.kind is not None and not found.found:
        parts += _kind(found.kind)
    elif found.found and found.found[0].causes:
        parts += (part for one in found.found for part in _cause(one))
    elif found.rule is None or found.rule.id != found.subject:
        parts += _finding(found.found[0], found.rule.about if found.rule else "")
    else:
        parts += _rule(found.rule, found.found)
    return "\n\n".join(part for part in parts if part) + "\n"


def _rule(rule: ExplainedRule, found: Sequence[Found]) -> Iterator[str]:
    yield f"# {rule.id}"
    yield f"**{rule.title}.**"
    yield rule.about
    first = next((finding for one in found for finding in one.findings), None)
    if first and first["fixes"]:
        yield f"## How to mend it, in the case of `{first['fingerprint'][:_SHORT]}`"
        yield from map(_advice, first["fixes"])
    elif rule.ways:
        yield "## How to mend it"
        yield "These names are those of an example."
        yield from map(told, rule.ways)
    facts = {
        "severity": rule.severity,
        "wrong layer": LAYERS.get(rule.layer, ""),
        "explains": "; ".join(SYMPTOMS[name] for name in rule.symptoms),
    }
    yield "## About the rule"
    yield table(facts.items())
    yield from _found_last(found)
    if rule.layer:
        yield f"`authlint explain {rule.id} --all` shows its settings and examples, and where it was seen."


def told(way: Way) -> str:
    """Return a way out in Markdown."""
    return advice(Fix(way.title, way.safety, (), way.commands, way.reason))


def _found_last(found: Iterable[Found]) -> Iterator[str]:
    findings = [(one, finding) for one in found for finding in one.findings]
    if findings:
        lines = [
            f"- `{finding['fingerprint'][:_SHORT]}` {escaped(finding['message'])}"
            for _, finding in findings[:_MOST_FOUND]
        ]
        if len(findings) > _MOST_FOUND:
            lines.append(f"- and {len(findings) - _MOST_FOUND} more")
        yield f"## Found in the last run ({_time(findings[0][0])})"
        yield "\n".join(lines)
        yield "`authlint explain` with such a number tells what led to it."


def _kind(kind: ExplainedKind) -> Iterator[str]:
    yield f"# {kind.title}"
    yield kind.why
    yield f"What people notice: {SYMPTOMS[kind.symptom]}."
    yield "The last run had no such cause. What finds it:"
    yield "\n".join(f"- `{rule}`" for rule in kind.rules)


def _cause(found: Found) -> Iterator[str]:
    (cause,) = found.causes
    yield f"# {cause['number']}. {escaped(cause['title'])}"
    yield escaped(cause["why"] or "")
    yield "\n".join(_effect(found, one) for one in found.findings[:_MOST_LISTED])
    yield "## How to mend it"
    if cause["fix"]["command"]:
        yield f"{'; '.join(map(escaped, cause['fix']['titles']))}:\n\n{fenced([cause['fix']['command']])}"
    yield from map(_advice, cause["by_hand"])
    for one in found.findings[:_MOST_TOLD]:
        if one["values"]:
            yield f"### What led to `{one['fingerprint'][:_SHORT]}` ({one['rule']})"
            yield _led_to(one)
    if found.findings:
        yield f"`authlint explain {found.findings[0]['rule']}` tells more of the rule."


def _effect(found: Found, finding: Json) -> str:
    said = f"{finding['severity']}: {escaped(finding['message'])} ({_place(found, finding['location'])})"
    return f"- `{finding['fingerprint'][:_SHORT]}` {said}"


def _finding(found: Found, about: str) -> Iterator[str]:
    (finding,) = found.findings
    yield f"# {finding['rule']}"
    yield f"**{finding['severity']}:** {escaped(finding['message'])}"
    if finding["fixes"]:
        yield "## How to mend it"
        yield from map(_advice, finding["fixes"])
    if about.strip():
        yield "## What it means"
        yield about.strip()
    if any(finding["values"].values()):
        yield "## What led to it"
        yield _led_to(finding)
    yield "## Where"
    yield table(_facts(found, finding))


def _facts(found: Found, finding: Json) -> Iterator[tuple[str, str]]:
    yield "at", _place(found, finding["location"])
    for related in finding["related"]:
        yield escaped(related["label"] or "and"), _place(found, related)
    for named in finding["subject"]:
        yield escaped(named["kind"]), escaped(named["name"])
    yield "seen", _time(found)
    yield "fingerprint", finding["fingerprint"]


def _led_to(finding: Json) -> str:
    return table(
        (f"{binding}.{column}", _value(value))
        for binding, columns in finding["values"].items()
        for column, value in columns.items()
    )


def _place(found: Found, location: Json) -> str:
    root = found.roots.get(location["root"])
    path = location["path"] if root is None else f"{root}/{location['path']}"
    if location["table"] is not None:
        return escaped(f"{path}  {location['table']}/{location['key']}  {location['pointer']}")
    if location["line"] is None:
        return escaped(f"{path}  {location['pointer']}")
    return escaped(f"{path}:{location['line']}:{location['column']}")


def _advice(fix: Json) -> str:
    return told(Way(fix["title"], fix["safety"], fix["reason"] or "", tuple(fix["commands"])))


def _value(value: Any) -> str:
    if isinstance(value, dict):  # of a secret only this is known
        return f"{value['kind']} {value['fingerprint']}"
    if isinstance(value, list):
        return ", ".join(map(_value, value)) or "an empty list"
    if value is None:
        return "none"
    return escaped(printable(str(value).lower() if isinstance(value, bool) else str(value)))


def _time(found: Found) -> str:
    return f"{datetime.fromtimestamp(found.now / 1000, UTC):%Y-%m-%d %H:%M} UTC"
