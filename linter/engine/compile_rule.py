"""A rule file's value compiled: what it joins, what it requires, and how it tells of violations."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from linter.engine.checker import Checker, Names
from linter.engine.compile_finding import compile_finding
from linter.engine.durations import milliseconds, mistake_in_duration
from linter.engine.errors import RuleFileProblem, near
from linter.engine.rule import KINDS, Requirement, Rule, Search, Source
from linter.engine.shape import Shape, absent, list_of, meta_of, param_of, scope_of
from linter.engine.unless_unread import compile_unless_unread
from linter.engine.vocabulary import Vocabulary
from linter.engine.yaml_text import YamlText
from linter.engine.yaml_values import Steps


def compile_rule(
    document: YamlText, vocabulary: Vocabulary, shared_params: Mapping[str, Any]
) -> tuple[Rule, list[RuleFileProblem]]:
    """Compile a rule whose structure is known to be right; return it with every problem found."""
    checker = Checker(document, vocabulary.columns, vocabulary.references)
    value = document.value
    params = {name: milliseconds(given) for name, given in value.get("params", {}).items()}
    for name, given in params.items():
        mistake = mistake_in_duration(given)
        if mistake:
            checker.complain(("params", name), mistake)
    scope: Names = {
        "meta": meta_of(vocabulary.columns()),
        "params": Shape(
            what="params",
            members={name: param_of(value) for name, value in {**shared_params, **params}.items()},
        ),
    }
    sources = [_source(checker, name, scope) for name in value["for"]]
    for name in value.get("let", {}):
        checker.define(("let", name), scope)
    when = checker.conditions(("when",), scope)
    unread = compile_unless_unread(checker, vocabulary, scope)
    require = _requirement(checker, scope)
    subject = _subject(checker, sources)
    finding = compile_finding(checker, scope, subject)
    search: Search = {"sources": sources, "when": when, "unless_unread": unread, "require": require}
    rule = Rule(
        id=value["id"],
        title=value["title"],
        layer=value["layer"],
        symptoms=value.get("symptoms", []),
        checklist=value.get("checklist", []),
        severity=value["severity"],
        eras=value.get("eras", list(vocabulary.words.get("era", ()))),
        params=params,
        about=value.get("about", ""),
        references=value.get("references", []),
        url=value.get("url", ""),
        tags=value.get("tags", []),
        replaces=value.get("replaces", False),
        path=str(document.path),
        tables=sources[0]["tables"],
        lists_in_params=_names_params(sources, require),
        subject=subject,
        yields_to=value.get("yields_to", []),
        search=json.dumps(search, separators=(",", ":")),
        finding=json.dumps(finding, separators=(",", ":")),
    )
    return rule, checker.problems


def _names_params(sources: Sequence[Source], require: Requirement) -> bool:
    candidates = [each["candidate"] for each in (require, *require["parts"])]
    return any("params" in source["rows"]["names"] for source in (*sources, *candidates) if source)


def _source(checker: Checker, name: str, scope: Names) -> Source:
    """Compile a name of `for`, which is then in scope."""
    checker.claim(("for", name), name, scope)
    source, row = _rows(checker, ("for", name), name, scope)
    scope[name] = row
    where = checker.optional_condition(("for", name, "where"), scope)
    if source["optional"]:
        scope[name] = absent(row)
    return {**source, "where": where}


def _rows(checker: Checker, steps: Steps, name: str, scope: Names) -> tuple[Source, Shape]:
    """Compile `in` and `match` of a name or a candidate, and return the shape of its rows."""
    given = checker.at(steps)
    described: dict[str, Any] = {"in": given} if isinstance(given, str) else given
    rows, row = checker.rows(
        steps if isinstance(given, str) else (*steps, "in"), described["in"], name, scope
    )
    match = [
        checker.joined((*steps, "match", column), row, scope) for column in sorted(described.get("match", {}))
    ]
    source: Source = {
        "name": name,
        "rows": rows,
        "tables": list(row.tables),
        "match": match,
        "where": None,
        "optional": described.get("optional", False),
    }
    return source, row


def _requirement(checker: Checker, scope: Names, place: Steps = ("require",)) -> Requirement:
    """Compile `require`, or a part of it; what only a violation binds is then in scope."""
    given = checker.at(place)
    kind = next(kind for kind in KINDS if kind in given)
    steps: Steps = (*place, kind)
    result: Requirement = {
        "kind": kind,
        "candidate": None,
        "least": checker.at((*steps, "at_least")) or 0,
        "most": checker.at((*steps, "at_most")),
        "parts": [],
        "expressions": [],
        "where": None,
        "null_violates": given.get("nulls") == "violate",
        "negated": False,
    }
    if kind in ("any", "all"):
        parts = range(len(given[kind]))
        result["parts"] = [_requirement(checker, dict(scope), (*steps, index)) for index in parts]
    elif kind in ("exists", "absent", "count"):
        name = checker.at((*steps, "as")) or "it"
        checker.claim((*steps, "as"), name, scope, key=False)
        source, row = _rows(checker, steps, name, scope)
        where = checker.optional_condition((*steps, "where"), {**scope, name: row})
        result["candidate"] = {**source, "where": where}
        if kind != "exists":
            scope[name] = list_of(row) if kind == "count" else row
    elif kind == "unique":
        result["expressions"] = checker.expressions((*steps, "by"), scope)
        group = list_of(scope_of({**checker.places(scope), "meta": scope["meta"], "params": scope["params"]}))
        scope.update(others=group, rows=group)
        result["where"] = checker.optional_condition((*steps, "where"), scope)
    elif kind == "agree":
        result["expressions"] = checker.agreeing(steps, scope)
    else:
        null_holds = not result["null_violates"]
        result["expressions"] = [checker.condition(steps, scope, null_holds=null_holds)]
    return result


def _subject(checker: Checker, sources: Sequence[Source]) -> str:
    name: str = checker.at(("subject",)) or sources[0]["name"]
    possible = [
        source["name"]
        for source in sources
        if not source["optional"] and source["rows"]["names"] != ["params"]
    ]
    if name not in possible:
        hint = near(name, possible) or f"; name one of {', '.join(possible)}" if possible else ""
        checker.complain(("subject",), f"`{name}` is no name of `for` that always has a row of a table{hint}")
    return name
