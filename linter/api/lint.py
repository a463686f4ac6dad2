"""`linter.lint`: what the command `lint` does."""

from dataclasses import dataclass
from typing import Literal, Unpack

from linter.api.target import PathLike, RuleOptions, absolute, rule_target
from linter.engine.finding import Finding
from linter.reports.interface import Report, written
from linter.sources.documents import Place
from linter.usecases.exit_code import exit_code
from linter.usecases.lint import lint_states

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
    fail_on: FailOn = "error",
    notes: bool = False,
    since: PathLike | None = None,
    baseline: PathLike | None = None,
    **options: Unpack[RuleOptions],
) -> LintResult:
    """Lint a state directory; without one that of OpenClaw's environment, as `authlint lint` does.

    `notes` shows notes in text; `since` is an earlier snapshot, in which ids may have stood for other
    accounts. `baseline` is a file with known findings, which do not count; without it the one of the
    configuration. The other keywords are those of `RuleOptions`. Raises NothingToLint where there is no
    state, and ValueError or an error that names file and line for what was wrong with the call.
    """
    target = rule_target(state, **options)
    (found,) = lint_states(target, since=None if since is None else absolute(since))
    known = absolute(baseline) if baseline is not None else found.ruleset.baseline
    report = found.report(target.options(notes=notes), known)
    return LintResult(
        findings=tuple(report.in_order()),
        era=report.meta["era"],
        exit_code=exit_code(report, fail_on),
        report=report,
    )
