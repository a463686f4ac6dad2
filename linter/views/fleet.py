"""Many machines at a glance: what they share, and how many of them have what."""

from typing import NamedTuple


class Machine(NamedTuple):
    """A snapshot with the number of its findings; `host` is the pseudonym of its machine, if it has one."""

    host: str | None
    snapshot: str
    errors: int
    warnings: int
    notes: int


class Unread(NamedTuple):
    """A snapshot that could not be read, and why."""

    snapshot: str
    reason: str


class Shared(NamedTuple):
    """A finding between machines; `machines` are those that it names, of so many `of` that it is about."""

    rule: str
    severity: str
    message: str
    fingerprint: str
    machines: tuple[str, ...]
    of: int


class CommonCause(NamedTuple):
    """What is behind errors and warnings on so many machines; `kind` is a rule where a cause has none."""

    kind: str
    title: str
    machines: int


class Count(NamedTuple):
    """How many machines have something."""

    name: str
    machines: int


class States(NamedTuple):
    """How many machines have errors, warnings at worst, notes at worst, nothing, or cannot be read."""

    error: int
    warning: int
    note: int
    clean: int
    unread: int


class Findings(NamedTuple):
    """How many findings there are on single machines."""

    errors: int
    warnings: int
    notes: int


class Fleet(NamedTuple):
    """Many machines at a glance.

    `machines` counts each once, however many snapshots there are of it. `names` is with how many keys names
    were replaced; what has names of different keys cannot be compared. Of the worst machines and of what
    could not be read the first are named. `problems` are rules that could not be evaluated.
    """

    snapshots: int
    machines: int
    states: States
    findings: Findings
    shared: tuple[Shared, ...]
    causes: tuple[CommonCause, ...]
    worst: tuple[Machine, ...]
    versions: tuple[Count, ...]
    names: int
    unread: tuple[Unread, ...]
    problems: tuple[str, ...]
