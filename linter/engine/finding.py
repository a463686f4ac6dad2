"""What the engine hands to reports: findings, their places, and structural fixes."""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

Severity = Literal["error", "warning", "note"]
RANK: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}
"""Severities, the worst first."""

Safety = Literal["safe", "unsafe", "advice"]
BaselineState = Literal["new", "unchanged", "updated"]


class Location(NamedTuple):
    """A place in a source document; `label` says what it shows."""

    source: str
    pointer: str
    label: str = ""


class Edit(NamedTuple):
    """One structural change: `set` a value, `remove` a member or element, `insert` before an index.

    `restrict` takes from the file itself the rights that are not in `value`, a mode of octal digits.
    `copy` sets what stands at `value`, a source and a pointer: so no secret is in the edit.
    """

    action: Literal["set", "remove", "insert", "restrict", "copy"]
    source: str
    pointer: str
    value: Any = None


class Fix(NamedTuple):
    """A way to end a finding.

    `edits` change files and are applied together or not at all; `commands` are shell commands to paste;
    `safety` is `advice` when nothing may be applied by machine, and `reason` then says why.
    """

    title: str
    safety: Safety
    edits: tuple[Edit, ...] = ()
    commands: tuple[str, ...] = ()
    reason: str = ""


class Cause(NamedTuple):
    """What is behind findings: a kind, described in `causes.yaml`, and what it is about, as a profile id."""

    kind: str
    key: str


class Suppression(NamedTuple):
    """Why a finding does not count: who accepted it says why, maybe until when, and `location` is where."""

    reason: str
    until: str | None
    location: Location


class Finding(NamedTuple):
    """One violation of one rule.

    `subject` names what the finding is about as (kind, name) pairs from the outside in, for example
    `(("agent", "main"), ("session", "agent:main:main"))`. `fingerprint` hashes rule id and subject, so
    it survives line moves. `values` are the fields of the bound rows that led to the finding, never a secret.
    `cause` is shared by findings that one remedy ends; `effect` is the message in a few words, to be read
    below the cause.
    `suppression` is set when the finding is accepted: it is kept, but neither counted nor shown to people.
    `baseline` is set in a run with a baseline: an `unchanged` one is known, and treated likewise; `updated`
    is one that has become worse.
    """

    rule: str
    severity: Severity
    message: str
    location: Location
    related: tuple[Location, ...]
    subject: tuple[tuple[str, str], ...]
    fixes: tuple[Fix, ...]
    fingerprint: str
    values: dict[str, Any]
    cause: Cause
    effect: str
    suppression: Suppression | None = None
    baseline: BaselineState | None = None

    @property
    def counts(self) -> bool:
        """Whether it is shown to people and decides about the exit code: neither accepted nor known."""
        return self.suppression is None and self.baseline != "unchanged"


class RuleProblem(NamedTuple):
    """An expression that failed on a row: the rule ends there, and the run ends with exit code 2."""

    rule: str
    message: str
    path: str
    line: int
    column: int


class RuleRun(NamedTuple):
    """What a rule did: how many rows each of its names chose from, and how many results violated or failed.

    They are counted when they are asked for: None where nothing before a name was left to join with.
    `milliseconds` is how long it took, without what was indexed for an earlier rule.
    """

    rule: str
    rows: Callable[[], dict[str, int | None]]
    violations: int
    failures: int
    milliseconds: float


class Evaluation(NamedTuple):
    """The outcome of evaluating a pack; `runs` are those of the rules that ran."""

    findings: tuple[Finding, ...]
    problems: tuple[RuleProblem, ...]
    runs: tuple[RuleRun, ...] = ()
