"""What a report is made from, and the output formats by name."""

from collections.abc import Mapping
from functools import cached_property
from importlib import import_module
from io import StringIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TextIO, cast

from linter.engine.finding import RANK, Finding, RuleProblem, Severity
from linter.engine.rule import CauseKind
from linter.reports.verdict import Verdict
from linter.snapshot.tables import Tables
from linter.sources.documents import Documents

if TYPE_CHECKING:  # most runs have no baseline
    from linter.baseline.marking import BaselineInfo

FORMATS = {
    "text": "linter.reports.text",
    "full": "linter.reports.text_finding",
    "json": "linter.reports.json_report",
    "sarif": "linter.reports.sarif",
    "github": "linter.reports.github",
    "gitlab": "linter.reports.gitlab",
    "junit": "linter.reports.junit",
    "markdown": "linter.reports.markdown",
    "html": "linter.views.page.write",
}
"""Output formats; each is the function `write` of a module that is imported when the format is asked for."""


class RuleInfo(NamedTuple):
    """What reports say about a rule. `about` is Markdown; `references` are like `openclaw#149502`.

    `help_uri` is a page about it, `tags` are words of its pack's own.
    """

    id: str
    title: str
    layer: str
    severity: str
    symptoms: tuple[str, ...] = ()
    checklist: tuple[int, ...] = ()
    about: str = ""
    references: tuple[str, ...] = ()
    help_uri: str | None = None
    tags: tuple[str, ...] = ()


class Options(NamedTuple):
    """How people want to read a report; `cwd` and `home` are the directories from which paths are told.

    `quiet` leaves out what is not wrong; `symptom` tells that only rules which explain it took part.
    `pseudonyms` is the key that other names for people and chats are made with, where they are wanted.
    """

    notes: bool = False
    colour: bool = False
    width: int = 80
    cwd: Path = Path("/")
    home: Path = Path("/")
    quiet: bool = False
    symptom: str | None = None
    pseudonyms: bytes | None = None


_DEFAULTS = Options()
_NO_TABLES: Tables = {}


class _Parts(NamedTuple):
    findings: tuple[Finding, ...]
    documents: Documents
    rules: Mapping[str, RuleInfo]
    meta: Mapping[str, Any]
    roots: Mapping[str, Path]
    states: tuple[Path, ...] = ()
    problems: tuple[RuleProblem, ...] = ()
    options: Options = _DEFAULTS
    repository: Path | None = None
    baselines: "tuple[BaselineInfo, ...]" = ()
    kinds: Mapping[str, CauseKind] = MappingProxyType({})
    verdict: Verdict | None = None
    tables: Tables = _NO_TABLES
    ran: frozenset[str] = frozenset()
    parts: "tuple[Report, ...]" = ()


class Report(_Parts):
    """The outcome of a run.

    `meta` is the snapshot's. `states` are the state directories or snapshot files that it is about; none
    when it is about several machines together. `roots` are the absolute directories that machine-readable
    reports name paths from (`STATEDIR`, `CODEXHOME`, `WORKSPACE`, `HOME`, ...); where they nest, the
    innermost is used. `repository` is the one that authlint runs in: CI services take every path from
    there, whatever else a report says. `baselines` are those that findings were compared with. `kinds` are
    those of causes; `verdict` is None where no chats were looked at. `tables` are those that the rules
    `ran` over; `parts` are the reports that this one was combined from.
    """

    @cached_property
    def _masked(self) -> list[Finding]:
        if not self.findings:
            return []
        from linter.reports.masking import masked  # noqa: PLC0415 - a clean report has nothing to mask

        return list(map(masked, sorted(self.findings, key=self._position)))

    def in_order(self, *, notes: bool = True, uncounted: bool = False) -> list[Finding]:
        """Return the findings, masked, by severity, then path and line; which ones is up to the caller."""
        return [
            finding
            for finding in self._masked
            if (notes or finding.severity != "note") and (uncounted or finding.counts)
        ]

    def failed(self) -> list[RuleProblem]:
        """Return the rules that could not be evaluated, with their messages masked."""
        if not self.problems:
            return []
        from linter.snapshot.redact import scrub  # noqa: PLC0415 - a clean report has nothing to mask

        return [problem._replace(message=scrub(problem.message)) for problem in self.problems]

    def counts(self) -> dict[Severity, int]:
        """Return the number of findings of each severity that are neither suppressed nor known."""
        found = [finding.severity for finding in self.findings if finding.counts]
        return {severity: found.count(severity) for severity in RANK}

    def _position(self, finding: Finding) -> tuple[int, str, int, str]:
        place = self.documents.place((finding.location.source, finding.location.pointer))
        return RANK[finding.severity], place.shown, place.region.start.offset, finding.rule


class Format(Protocol):
    """A module that writes reports in one format."""

    @staticmethod
    def write(report: Report, stream: TextIO) -> None:
        """Write the whole report."""


def format_named(name: str) -> Format:
    """Return the module of an output format; `KeyError` if there is none of that name."""
    return cast("Format", import_module(FORMATS[name]))


def written(report: Report, name: str) -> str:
    """Return a report in a format. Raises KeyError for an unknown one."""
    stream = StringIO()
    format_named(name).write(report, stream)
    return stream.getvalue()
