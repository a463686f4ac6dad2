"""`linter.lint`: what the command `lint` does."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Literal

from linter.api.arguments import Moment, PathLike, absolute, milliseconds, state_location
from linter.configuration.ruleset import read_ruleset
from linter.engine.finding import Finding
from linter.reports.interface import Options, Report, format_named
from linter.sources.documents import Place
from linter.usecases.exit_code import exit_code
from linter.usecases.lint import lint_states
from linter.usecases.own_folders import cache_dir

FailOn = Literal["error", "warning", "note", "never"]


@dataclass(frozen=True, slots=True)
class LintResult:
    """The outcome of a lint.

    `findings` are those that count, the worst first; texts that look like a token are masked in them.
    `era` names how the state is stored: `J`, `H`, `S` or `unknown`. `exit_code` is the one that
    `authlint lint` would end with. `report` is what the formats are written from.
    """

    findings: tuple[Finding, ...]
    era: str
    exit_code: int
    report: Report

    def place(self, finding: Finding) -> Place:
        """Return where a finding is: path, region with lines and columns, in a database the cell."""
        return self.report.documents.place(finding.location)

    def to(self, name: str) -> str:
        """Return the report in a format of `authlint lint -f`. Raises KeyError for an unknown one."""
        return written(self.report, name)

    def to_text(self) -> str:
        """Return the report for people."""
        return self.to("text")

    def to_json(self) -> str:
        """Return the report as JSON, which linter/reports/report.schema.json describes."""
        return self.to("json")

    def to_sarif(self) -> str:
        """Return the report as SARIF 2.1.0."""
        return self.to("sarif")


def lint(
    state: PathLike | None = None,
    *,
    now: Moment | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    rules: Iterable[PathLike] = (),
    config: PathLike | None = None,
    fail_on: FailOn = "error",
    notes: bool = False,
    profile: str | None = None,
    codex_home: PathLike | None = None,
    workspaces: Iterable[PathLike] = (),
    agents: Iterable[str] = (),
    routers: Iterable[PathLike] = (),
    evidence: Iterable[PathLike] = (),
    since: PathLike | None = None,
    baseline: PathLike | None = None,
) -> LintResult:
    """Lint a state directory; without one that of OpenClaw's environment, as `authlint lint` does.

    `select` and `ignore` are ids of rules or globs; `rules` are folders of further rules; `notes` shows
    notes in text; `since` is an earlier snapshot, in which ids may have stood for other accounts. A
    configuration is read only when it is named. `baseline` is a file with known findings, which do not
    count; without it the one of the configuration. Raises NothingToLint where there is no state, and
    ValueError or an error that names file and line for what was wrong with the call.
    """
    location = state_location(state, profile, codex_home, workspaces, agents, routers)
    setup = read_ruleset(absolute(config), map(Path, rules), [*select], ignore, cache_dir())
    (found,) = lint_states(
        [(setup, [location])],
        milliseconds(now),
        evidence=[*map(Path, evidence)],
        since=absolute(since),
    )
    options = Options(notes=notes, cwd=Path.cwd(), home=Path.home())
    report = found.report(options, absolute(baseline) or setup.baseline, alone=True)
    return LintResult(
        findings=tuple(report.in_order()),
        era=report.meta["era"],
        exit_code=exit_code(report, fail_on),
        report=report,
    )


def written(report: Report, name: str) -> str:
    """Return a report in a format."""
    stream = StringIO()
    format_named(name).write(report, stream)
    return stream.getvalue()
