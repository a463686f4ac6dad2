"""A compiled rule: plain data that JSON can hold, with everything of the rule file but its examples."""

import json
from functools import cached_property
from typing import Any, Literal, NamedTuple, TypedDict

from linter.engine.syntax import Node

Kind = Literal["exists", "absent", "count", "unique", "agree", "that", "any", "all"]
KINDS: tuple[Kind, ...] = ("exists", "absent", "count", "unique", "agree", "that", "any", "all")

Path = list[str]
"""A binding, followed by the fields from its row to a value."""


class Expression(TypedDict):
    """A JMESPath expression, where it stands in the rule file, and the names that it reads from its scope."""

    text: str
    ast: Node
    line: int
    column: int
    names: list[str]


Template = list[str | Expression]
Match = list[tuple[Expression, Expression]]
"""Pairs of a column of the candidate row and the expression that it must equal, sorted by column."""


class Source(TypedDict):
    """Rows to join: those of `rows` whose `match` columns are equal and for which `where` is true.

    `tables` are the tables that the rows may come from.
    """

    name: str
    rows: Expression
    tables: list[str]
    match: Match
    where: Expression | None
    optional: bool


class Requirement(TypedDict):
    """What must hold. Which fields count depends on `kind`; `negated` turns it around, to test examples.

    `least` and `most` are for `count`, `parts` the requirements of `any` and `all`.
    """

    kind: Kind
    candidate: Source | None
    least: int
    most: int | None
    parts: "list[Requirement]"
    expressions: list[Expression]
    where: Expression | None
    null_violates: bool
    negated: bool


class Adjustment(TypedDict):
    """A change of severity, message or effect under a condition."""

    when: Expression
    severity: str | None
    message: Template | None
    effect: Template | None


Collection = TypedDict("Collection", {"by": list[Expression], "as": dict[str, Expression]})
"""How findings become one: those that are equal in `by`; the names in `as` list their distinct values."""


class RelatedPlace(TypedDict):
    """Another place that a finding shows."""

    label: str
    at: Path
    message: Template | None


class FixPlan(TypedDict):
    """A fix before its templates and expressions are filled."""

    title: Template
    safety: Literal["safe", "unsafe", "advice"]
    when: Expression | None
    remove: list[Path]
    set: list[tuple[Path, Expression]]
    insert: list[tuple[Path, list[Expression]]]
    restrict: list[tuple[Path, Expression]]
    copy: list[tuple[Path, Path]]
    command: list[Template]
    reason: Template


class CauseKind(NamedTuple):
    """A kind of cause; `title` is filled with `key` and `count`, `remedies` are layers, smallest first."""

    title: Template
    symptom: str
    remedies: list[str]
    why: str


class FindingPlan(TypedDict):
    """How violations become findings.

    `cause` are kinds, each with what gives its key; `effect` is empty where the message says it.
    `mentions` are, per binding, the columns that expressions read.
    """

    adjust: list[Adjustment]
    collect: Collection | None
    at: Path
    related: list[RelatedPlace]
    message: Template
    fixes: list[FixPlan]
    mentions: dict[str, list[str]]
    cause: list[tuple[str, Expression]]
    effect: Template


class Search(TypedDict):
    """What a rule looks for; a result of which a row of `unless_unread` tells does not count."""

    sources: list[Source]
    when: list[Expression]
    unless_unread: list[Source]
    require: Requirement


class _Parts(NamedTuple):
    id: str
    title: str
    layer: str
    symptoms: list[str]
    checklist: list[int]
    severity: str
    eras: list[str]
    params: dict[str, Any]
    about: str
    references: list[str]
    url: str
    tags: list[str]
    replaces: bool
    path: str
    tables: list[str]
    lists_in_params: bool
    subject: str
    yields_to: list[str]
    search: str
    finding: str


class Rule(_Parts):
    """A rule. Where none of its `tables` has a row, it finds nothing.

    `search` is the JSON text of its Search, which it needs only where there are such rows. `finding` is that
    of its FindingPlan, which a rule without violations never needs. Where `lists_in_params` is true, params
    are among the rows that it joins.
    """

    @cached_property
    def sought(self) -> Search:
        """What it looks for."""
        found: Search = json.loads(self.search)
        return found

    @property
    def sources(self) -> list[Source]:
        """The names of `for`, in order."""
        return self.sought["sources"]

    @property
    def require(self) -> Requirement:
        """What must hold."""
        return self.sought["require"]

    def seeking(self, **changes: Any) -> "Rule":
        """Return the rule with other parts of its Search."""
        return self._replace(search=json.dumps({**self.sought, **changes}))
