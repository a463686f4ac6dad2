"""A rule file's value compiled: expressions parsed, names checked, templates split, mentions collected."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from linter.engine.durations import milliseconds
from linter.engine.errors import RuleFileProblem, near
from linter.engine.names import ANY, Columns, Misuse, Reading, Shape, list_of, meta_of, root_of, scope_of
from linter.engine.rule import (
    KINDS,
    Adjustment,
    Collection,
    Expression,
    FixPlan,
    Path,
    RelatedPlace,
    Requirement,
    Rule,
    Source,
    Telling,
    Template,
)
from linter.engine.syntax import names, parse
from linter.engine.template import Hole, TemplateError, split
from linter.engine.yaml_text import Steps, YamlText

ERAS = ("J", "H", "S", "unknown")
_NOTHING = ["literal", None]


def compile_rule(
    document: YamlText, columns: Columns, shared_params: Mapping[str, Any]
) -> tuple[Rule, list[RuleFileProblem]]:
    """Compile a rule whose structure is known to be right; return it with every problem found."""
    compiler = _Compiler(document, columns, shared_params)
    return compiler.rule(), compiler.problems


class _Compiler:
    def __init__(self, document: YamlText, columns: Columns, shared_params: Mapping[str, Any]) -> None:
        from linter.engine.library import arities  # noqa: PLC0415 - imports jmespath

        self.problems: list[RuleFileProblem] = []
        self._document = document
        self._value = document.value
        self._columns = columns
        self._arities = arities()
        self._params = {name: milliseconds(value) for name, value in self._value.get("params", {}).items()}
        self._known_params = {*self._params, *shared_params}
        self._mentions: set[tuple[str, ...]] = set()

    def rule(self) -> Rule:
        value = self._value
        scope: dict[str, Shape] = {
            "meta": meta_of(self._columns),
            "params": Shape(what="params", members=dict.fromkeys(self._known_params, ANY)),
        }
        sources = [self._source(name, scope) for name in value["for"]]
        when = self._expressions(("when",), value.get("when", []), scope)
        require = self._requirement(scope)
        adjust_scope = dict(scope)
        collect = self._collection(scope)
        subject = self._subject(sources)
        telling: Telling = {
            "adjust": [
                self._adjustment(index, adjust_scope, scope) for index in range(len(value.get("adjust", [])))
            ],
            "collect": collect,
            "at": self._path(("at",), value.get("at", subject), scope),
            "related": [self._related(label, scope) for label in value.get("related", {})],
            "message": self._template(("message",), value["message"], scope),
            "fixes": [self._fix(index, scope) for index in range(len(value.get("fixes", [])))],
            "mentions": {},
        }
        telling["mentions"] = self._mentioned({"meta", *scope} - {"params"})
        return Rule(
            id=value["id"],
            title=value["title"],
            layer=value["layer"],
            symptoms=value.get("symptoms", []),
            checklist=value.get("checklist", []),
            severity=value["severity"],
            eras=value.get("eras", list(ERAS)),
            params=self._params,
            about=value.get("about", ""),
            references=value.get("references", []),
            path=str(self._document.path),
            sources=sources,
            when=when,
            require=require,
            subject=subject,
            yields_to=value.get("yields_to", []),
            telling=json.dumps(telling, separators=(",", ":")).encode(),
        )

    def _subject(self, sources: Sequence[Source]) -> str:
        name: str = self._value.get("subject", sources[0]["name"])
        possible = [source["name"] for source in sources if not source["optional"]]
        if name not in possible:
            self._complain(
                ("subject",), f"`{name}` is no name of `for` that always has a row{near(name, possible)}"
            )
        return name

    def _source(self, name: str, scope: dict[str, Shape]) -> Source:
        if name in scope:
            self._complain(("for", name), f"`{name}` is already taken; choose another name", key=True)
        source, row = self._rows(("for", name), name, scope)
        scope[name] = row
        where = self._where(("for", name, "where"), scope)
        return {**source, "where": where}

    def _rows(self, steps: Steps, name: str, scope: dict[str, Shape]) -> tuple[Source, Shape]:
        """Compile `in` and `match` of a binding or candidate, and return the shape of its rows."""
        value = self._at(steps)
        described: dict[str, Any] = {"in": value} if isinstance(value, str) else value
        inside = steps if isinstance(value, str) else (*steps, "in")
        rows, shape = self._shaped(inside, described["in"], root_of(self._columns, name))
        row = shape.item or ANY
        if not row.tables:
            self._complain(inside, "this does not give rows of a table")
        match = []
        for column, wanted in described.get("match", {}).items():
            place = (*steps, "match", column)
            left = self._expression(place, column, row, key=True)
            match.append((left, self._expression(place, wanted, scope_of(scope))))
        match.sort(key=lambda pair: pair[0]["text"])
        source: Source = {
            "name": name,
            "rows": rows,
            "tables": list(row.tables),
            "match": match,
            "where": None,
            "optional": described.get("optional", False),
        }
        return source, row

    def _requirement(self, scope: dict[str, Shape]) -> Requirement:
        """Compile `require`; names that the violation binds are added to the scope."""
        require = self._value["require"]
        kind = next(kind for kind in KINDS if kind in require)
        result: Requirement = {
            "kind": kind,
            "candidate": None,
            "expressions": [],
            "where": None,
            "null_violates": require.get("nulls") == "violate",
            "negated": False,
        }
        steps: Steps = ("require", kind)
        if kind in ("exists", "absent"):
            name = require[kind].get("as", "it") if isinstance(require[kind], dict) else "it"
            source, row = self._rows(steps, name, scope)
            with_candidate = {**scope, name: row}
            result["candidate"] = {**source, "where": self._where((*steps, "where"), with_candidate)}
            if kind == "absent":
                scope[name] = row
        elif kind == "unique":
            result["expressions"] = self._expressions((*steps, "by"), require[kind]["by"], scope)
            group = list_of(scope_of(dict(scope)))
            scope.update(others=group, rows=group)
            result["where"] = self._where((*steps, "where"), scope)
        else:
            result["expressions"] = self._expressions(steps, require[kind], scope)
        return result

    def _collection(self, scope: dict[str, Shape]) -> Collection | None:
        """Compile `collect`; the lists that it makes are added to the scope."""
        value = self._value.get("collect")
        if value is None:
            return None
        before = dict(scope)
        gathered = {
            name: self._expression(("collect", "as", name), text, scope_of(before))
            for name, text in value.get("as", {}).items()
        }
        scope.update(dict.fromkeys(gathered, list_of(ANY)))
        return {"by": self._expressions(("collect", "by"), value["by"], before), "as": gathered}

    def _adjustment(self, index: int, before: dict[str, Shape], scope: dict[str, Shape]) -> Adjustment:
        steps: Steps = ("adjust", index)
        value = self._at(steps)
        return {
            "when": self._expression((*steps, "when"), value["when"], scope_of(before)),
            "severity": value.get("severity"),
            "message": self._template((*steps, "message"), value["message"], scope)
            if "message" in value
            else None,
        }

    def _related(self, label: str, scope: dict[str, Shape]) -> RelatedPlace:
        steps: Steps = ("related", label)
        value = self._at(steps)
        if isinstance(value, str):
            return {"label": label, "at": self._path(steps, value, scope), "message": None}
        message = self._template((*steps, "message"), value["message"], scope) if "message" in value else None
        return {"label": label, "at": self._path((*steps, "at"), value["at"], scope), "message": message}

    def _fix(self, index: int, scope: dict[str, Shape]) -> FixPlan:
        steps: Steps = ("fixes", index)
        value = self._at(steps)
        removed, set_, inserted = value.get("remove", []), value.get("set", {}), value.get("insert", {})
        commands = value.get("command", [])
        several = isinstance(commands, list)
        if value["safety"] == "advice" and (removed or set_ or inserted):
            self._complain((*steps, "safety"), "advice applies nothing; give no `remove`, `set` or `insert`")
        if value["safety"] == "advice" and not value.get("reason"):
            self._complain((*steps, "safety"), "advice needs a `reason`: what to do, and why by hand")
        return {
            "title": self._template((*steps, "title"), value["title"], scope),
            "safety": value["safety"],
            "when": self._expression((*steps, "when"), value["when"], scope_of(scope))
            if "when" in value
            else None,
            "remove": [self._path((*steps, "remove", at), path, scope) for at, path in enumerate(removed)],
            "set": [
                (
                    self._path((*steps, "set", path), path, scope, key=True),
                    self._expression((*steps, "set", path), text, scope_of(scope)),
                )
                for path, text in set_.items()
            ],
            "insert": [
                (
                    self._path((*steps, "insert", path), path, scope, key=True),
                    self._expressions((*steps, "insert", path), texts, scope),
                )
                for path, texts in inserted.items()
            ],
            "command": [
                self._template((*steps, "command", at) if several else (*steps, "command"), command, scope)
                for at, command in enumerate(commands if several else [commands])
            ],
            "reason": self._template((*steps, "reason"), value.get("reason", ""), scope),
        }

    def _where(self, steps: Steps, scope: dict[str, Shape]) -> Expression | None:
        text = self._at(steps)
        return None if text is None else self._expression(steps, text, scope_of(scope))

    def _expressions(
        self, steps: Steps, texts: str | Sequence[str], scope: dict[str, Shape]
    ) -> list[Expression]:
        if isinstance(texts, str):
            return [self._expression(steps, texts, scope_of(scope))]
        return [self._expression((*steps, at), text, scope_of(scope)) for at, text in enumerate(texts)]

    def _template(self, steps: Steps, text: str, scope: dict[str, Shape]) -> Template:
        try:
            parts = split(text)
        except TemplateError as error:
            self._complain(steps, str(error), offset=error.offset)
            return []
        return [
            self._shaped(steps, part.text, scope_of(scope), part.offset)[0]
            if isinstance(part, Hole)
            else part
            for part in parts
        ]

    def _path(self, steps: Steps, text: str, scope: dict[str, Shape], *, key: bool = False) -> Path:
        """Check `binding.field`, which names a place and is not computed."""
        path = text.split(".")
        shape = scope_of({name: shape for name, shape in scope.items() if name not in ("meta", "params")})
        way = shape
        for name in path:
            way = way.item or way
            if way.members is not None and name not in way.members:
                hint = near(name, way.members)
                self._complain(
                    steps, f"unknown name `{name}` in {way.what}{hint}", offset=text.find(name), key=key
                )
                break
            way = ANY if way.members is None else way.members[name]
        if len(path) > 1:
            self._mentions.add(tuple(path))
        return path

    def _expression(self, steps: Steps, text: str, scope: Shape, *, key: bool = False) -> Expression:
        return self._shaped(steps, text, scope, key=key)[0]

    def _shaped(
        self, steps: Steps, text: str, scope: Shape, offset: int = 0, *, key: bool = False
    ) -> tuple[Expression, Shape]:
        """Parse an expression, check its names, and return it with the shape of its value."""
        from jmespath.exceptions import JMESPathError, ParseError  # noqa: PLC0415 - rules from the cache are compiled

        line, column = self._document.place(steps)
        result: Expression = {
            "text": text.strip(),
            "ast": _NOTHING,
            "line": line,
            "column": column,
            "names": [],
        }
        try:
            result["ast"] = parse(text)
        except ParseError as error:
            message = f"`{text.strip()}` is not JMESPath: {_reason(error)}"
            self._complain(steps, message, offset=offset + (error.lex_position or 0), key=key)
            return result, ANY
        except JMESPathError:
            self._complain(steps, "an expression is missing here", offset=offset, key=key)
            return result, ANY
        reading = Reading(self._arities)
        shape = reading.shape(result["ast"], scope)
        for misuse in reading.misuses:
            self._complain(
                steps, _hinted(misuse, text), offset=offset + max(text.find(misuse.name), 0), key=key
            )
        self._mentions |= reading.mentions
        result["names"] = sorted(names(result["ast"]))
        return result, shape

    def _mentioned(self, bindings: set[str]) -> dict[str, list[str]]:
        result: dict[str, list[str]] = {}
        for binding, *fields in sorted(self._mentions):
            if binding in bindings:
                result.setdefault(binding, []).append(".".join(fields))
        return result

    def _at(self, steps: Steps) -> Any:
        value = self._value
        for step in steps:
            if isinstance(step, int):
                value = value[step]
            else:
                value = value.get(step) if isinstance(value, dict) else None
        return value

    def _complain(self, steps: Steps, message: str, *, offset: int | None = None, key: bool = False) -> None:
        self.problems.append(self._document.problem(steps, message, offset=offset, key=key))


def _reason(error: Any) -> str:
    from jmespath.exceptions import IncompleteExpressionError, LexerError  # noqa: PLC0415 - rules from the cache are compiled

    if isinstance(error, IncompleteExpressionError):
        return "it ends too early"
    if isinstance(error, LexerError):
        return str(error.message)
    return f"`{error.token_value}` is not expected here"


def _hinted(misuse: Misuse, text: str) -> str:
    if f'"{misuse.name}"' in text:
        return f"{misuse.message} (double quotes make a name; text stands in single quotes: '{misuse.name}')"
    return misuse.message
