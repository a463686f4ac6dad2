"""What `linter.lint` returns."""

from dataclasses import dataclass
from io import StringIO

from linter.engine.finding import Finding
from linter.reports.interface import Report, format_named
from linter.sources.documents import Place


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


def written(report: Report, name: str) -> str:
    """Return a report in a format."""
    stream = StringIO()
    format_named(name).write(report, stream)
    return stream.getvalue()
