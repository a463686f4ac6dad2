"""Findings as JSON. `report.schema.json` documents every member; a change of meaning raises `version`."""

import json
from pathlib import Path
from typing import Any, TextIO

from linter.engine.finding import Edit, Finding, Fix, Location, Suppression
from linter.printable import json_text
from linter.reports.addresses import Addresses
from linter.reports.causes import ToldCause, causes_of, fix_command
from linter.reports.interface import Report, RuleInfo
from linter.reports.masking import masked_place, masked_value
from linter.sources.paths import path_from_home
from linter.version import __version__

VERSION = 1


def write(report: Report, stream: TextIO) -> None:
    """Write the report, one finding a line, which the standard library encodes much faster than indented."""
    writer = _Writer(report)
    findings = [json_text(writer.finding(one)) for one in report.in_order(uncounted=True)]
    home = report.options.home
    problems = [
        {**problem._asdict(), "path": path_from_home(Path(problem.path), home)} for problem in report.failed()
    ]
    head = {
        "version": VERSION,
        "tool": {"name": "authlint", "version": __version__},
        "meta": dict(report.meta),
        "roots": writer.roots(),
        "counts": report.counts(),
        "verdict": told_verdict(report),
        "causes": [writer.cause(told) for told in causes_of(report)],
        "problems": problems,
        "baselines": [
            {
                "path": path_from_home(baseline.path, home),
                "absent": [entry._asdict() for entry in baseline.absent],
            }
            for baseline in report.baselines
        ],
    }
    members = [f"{json.dumps(name)}: {json_text(value)}" for name, value in head.items()]
    stream.write("{\n  " + ",\n  ".join(members) + ',\n  "findings": [')
    stream.writelines((",\n    " if index else "\n    ") + one for index, one in enumerate(findings))
    stream.write("\n  ]\n}\n" if findings else "]\n}\n")


def told_verdict(report: Report) -> dict[str, Any] | None:
    """Return which chats use the account that they are meant to use."""
    found = report.verdict
    if found is None:
        return None
    return {**found._asdict(), "off": [chat._asdict() for chat in found.off]}


class _Writer:
    """Turns findings into plain values, and remembers which roots they named."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._addresses = Addresses(report.roots)

    def roots(self) -> dict[str, str | None]:
        """Return the roots of the findings so far, with paths as people write them."""
        home = self._report.options.home
        return {
            name: None if path is None else path_from_home(path, home)
            for name, path in sorted(self._addresses.used.items())
        }

    def cause(self, told: ToldCause) -> dict[str, Any]:
        """Return one cause; its findings are named by their fingerprints."""
        return {
            "number": told.number,
            **told.cause._asdict(),
            "title": told.title,
            "why": told.why or None,
            "symptom": told.symptom,
            "counts": told.counts,
            "findings": [finding.fingerprint for finding in told.findings],
            "fix": {
                "command": fix_command(told.made) if told.made else None,
                "titles": list(dict.fromkeys(one.plan.fix.title for one in told.made)),
                "safe": sum(one.plan.fix.safety == "safe" for one in told.made),
                "unsafe": sum(one.plan.fix.safety == "unsafe" for one in told.made),
            },
            "by_hand": [self._fix(fix) for fix in told.by_hand],
        }

    def finding(self, finding: Finding) -> dict[str, Any]:
        """Return one finding."""
        rule = self._report.rules.get(finding.rule) or RuleInfo(finding.rule, "", "", finding.severity)
        return {
            "rule": finding.rule,
            "severity": finding.severity,
            "message": finding.message,
            "layer": rule.layer or None,
            "symptoms": list(rule.symptoms),
            "checklist": list(rule.checklist),
            "location": self._location(finding.location),
            "related": [{**self._location(it), "label": it.label or None} for it in finding.related],
            "subject": [{"kind": kind, "name": name} for kind, name in finding.subject],
            "fixes": [self._fix(fix) for fix in finding.fixes],
            "fingerprint": finding.fingerprint,
            "values": finding.values,
            "cause": finding.cause._asdict(),
            "effect": finding.effect,
            "suppression": self._suppression(finding.suppression),
            "baseline": finding.baseline,
        }

    def _suppression(self, suppression: Suppression | None) -> dict[str, Any] | None:
        if suppression is None:
            return None
        return {
            "reason": suppression.reason,
            "until": suppression.until,
            "location": self._location(suppression.location),
        }

    def _location(self, location: Location) -> dict[str, Any]:
        place = masked_place(self._report.documents.place(location))
        address = self._addresses.of(place.path)
        (start, end), in_text = place.region, place.cell is None and place.kind != "unread"
        return {
            "root": address.root,
            "path": address.path,
            "line": start.line if in_text else None,
            "column": start.column if in_text else None,
            "endLine": end.line if in_text else None,
            "endColumn": end.column if in_text else None,
            "pointer": place.pointer,
            "table": place.cell.table if place.cell else None,
            "key": place.cell.key if place.cell else None,
            "source": place.origin or None,
        }

    def _fix(self, fix: Fix) -> dict[str, Any]:
        return {
            "title": fix.title,
            "safety": fix.safety,
            "edits": [self._edit(edit) for edit in fix.edits],
            "commands": list(fix.commands),
            "reason": fix.reason or None,
        }

    def _edit(self, edit: Edit) -> dict[str, Any]:
        place = masked_place(self._report.documents.place((edit.source, edit.pointer)))
        address = self._addresses.of(place.path)
        return {
            "action": edit.action,
            "root": address.root,
            "path": address.path,
            "table": place.cell.table if place.cell else None,
            "key": place.cell.key if place.cell else None,
            "pointer": "" if edit.action == "restrict" else place.pointer,
            "value": masked_value(edit.value),
        }
