"""What there is to say of a rule, a kind of cause, or of what the last run found, as one value."""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from linter.configuration.unused import OWN_RULES
from linter.engine.errors import near
from linter.engine.pack import Pack
from linter.engine.remedy import writer
from linter.engine.rule_file import RuleFile, load_rule
from linter.engine.rule_under_test import RuleUnderTest
from linter.views.way import Way

Json = dict[str, Any]
"""A part of a report in JSON; `report.schema.json` describes it."""

_DIGITS = re.compile(r"[0-9a-f]{8,32}")
_BRACES = re.compile(r"\{((?:[^{}]|\{[^{}]*\})*)\}")
_COLUMN = re.compile(r"\b[a-z_]\w*\.([A-Za-z_]\w*)")


class NothingToExplainError(Exception):
    """Why there is nothing to say."""


class ExplainedRule(NamedTuple):
    """A rule; `about` is Markdown, `settings` are its params."""

    id: str
    title: str
    severity: str
    layer: str
    symptoms: tuple[str, ...]
    about: str
    ways: tuple[Way, ...]
    settings: dict[str, Any]


class ExplainedKind(NamedTuple):
    """A kind of cause, and the ids of the rules whose findings it is behind."""

    name: str
    title: str
    why: str
    symptom: str
    rules: tuple[str, ...]


class Found(NamedTuple):
    """What the last run found of it in one state, as `authlint lint -f json` tells it.

    `roots` are the folders that places are named from, `now` is when it was, in ms since the epoch.
    """

    causes: tuple[Json, ...]
    findings: tuple[Json, ...]
    roots: dict[str, Any]
    now: int


class Explained(NamedTuple):
    """What is known of a rule or a kind of cause, and what was `found` of it last."""

    subject: str
    rule: ExplainedRule | None
    kind: ExplainedKind | None
    found: tuple[Found, ...]


def explained(subject: str, pack: Pack, last: Sequence[Json]) -> Explained:
    """Return what there is to say of the id of a rule, of a cause by number or kind, or of a fingerprint.

    `last` are the reports of the last run. Raises NothingToExplainError.
    """
    known = {rule.id for rule in pack.rules} | {*OWN_RULES}
    if subject in known:
        found = _found(last, lambda finding: finding["rule"] == subject)
        return Explained(subject, _rule(subject, pack, whole=True), None, found)
    causes = [
        (report, cause)
        for report in last
        for cause in report.get("causes", ())
        if subject in (str(cause["number"]), cause["kind"], f"{cause['kind']}:{cause['key']}")
    ]
    if causes or subject in pack.causes:
        shown = tuple(_of_cause(report, cause) for report, cause in causes)
        return Explained(subject, None, _kind(subject, pack), shown)
    found = _found(last, lambda finding: finding["fingerprint"].startswith(subject))
    several = [finding["fingerprint"] for one in found for finding in one.findings]
    if not _DIGITS.fullmatch(subject) or len(several) != 1:
        raise NothingToExplainError(_why_not(subject, several, known | {*pack.causes}))
    rule = found[0].findings[0]["rule"]
    return Explained(subject, _rule(rule, pack, whole=False) if rule in known else None, None, found)


def _rule(name: str, pack: Pack, *, whole: bool) -> ExplainedRule:
    """Return what there is to say of a rule; if `whole`, with what only its file tells."""
    if name in OWN_RULES:
        return ExplainedRule(name, OWN_RULES[name].title, "warning", "", (), OWN_RULES[name].about, (), {})
    rule = next(rule for rule in pack.rules if rule.id == name)
    found = ExplainedRule(
        rule.id, rule.title, rule.severity, rule.layer, tuple(rule.symptoms), rule.about.strip(), (), {}
    )
    if not whole:
        return found
    file = load_rule(Path(rule.path), pack.vocabulary, pack.params)
    under_test = RuleUnderTest(file.rule, pack.vocabulary, pack.params)
    settings = dict(file.document.value.get("params", {}))
    return found._replace(ways=tuple(ways(file, under_test)), settings=settings)


def ways(file: RuleFile, under_test: RuleUnderTest) -> Iterator[Way]:
    """Yield the fixes of a rule, each as the first of its examples gets it.

    Of one that no example gets, words stand for what a state would fill in.
    """
    made = [
        fix
        for example in file.examples["bad"]
        for finding in under_test.evaluate(example["given"]).findings
        for fix in finding.fixes
    ]
    for raw in file.document.value.get("fixes", []):
        words = re.compile(".*".join(map(re.escape, _BRACES.split(raw["title"])[::2])), re.DOTALL)
        fix = next((it for it in made if it.safety == raw["safety"] and words.fullmatch(it.title)), None)
        yield Way(fix.title, fix.safety, fix.reason, fix.commands) if fix else _way(raw)


def _way(raw: Mapping[str, Any]) -> Way:
    commands = raw.get("command", [])
    lines = [commands] if isinstance(commands, str) else commands
    title, reason, *said = map(_without_expressions, (raw["title"], raw.get("reason", ""), *lines))
    return Way(title, raw["safety"], " ".join(reason.split()), tuple(said))


def _without_expressions(template: str) -> str:
    """Return a template with a word in capitals for each expression."""

    def word(found: re.Match[str]) -> str:
        column = _COLUMN.search(found[1])
        return column[1].upper() if column else "NAME"

    return _BRACES.sub(word, template)


def _kind(subject: str, pack: Pack) -> ExplainedKind | None:
    kind = pack.causes.get(subject)
    if kind is None:
        return None
    named = [rule.id for rule in pack.rules if subject in dict(json.loads(rule.finding)["cause"])]
    title = writer(kind.title)({"key": "…", "count": 2}).replace("2 ", "Several ", 1)
    return ExplainedKind(subject, title, kind.why, kind.symptom, tuple(named))


def _found(last: Sequence[Json], wanted: Callable[[Json], bool]) -> tuple[Found, ...]:
    found = []
    for report in last:
        findings = tuple(one for one in report["findings"] if wanted(one))
        if findings:
            found.append(Found((), findings, report["roots"], report["meta"]["now"]))
    return tuple(found)


def _of_cause(report: Json, cause: Json) -> Found:
    known = {one["fingerprint"]: one for one in report["findings"]}
    findings = tuple(known[name] for name in cause["findings"] if name in known)
    return Found((cause,), findings, report["roots"], report["meta"]["now"])


def _why_not(subject: str, several: Sequence[str], known: Collection[str]) -> str:
    if _DIGITS.fullmatch(subject):
        if several:
            return f"{subject} stands for several findings: {', '.join(several)}"
        return f"the last run found nothing with the fingerprint {subject}"
    if subject.isdigit():
        return f"the last run had no cause {subject}; `authlint lint` numbers them"
    return f"there is no rule {subject}{near(subject, known) or '; `authlint rules` lists them all'}"
