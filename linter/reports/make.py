"""From an evaluation to the report that every output format writes."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from linter.engine.finding import Evaluation
from linter.engine.pack import Pack
from linter.engine.rule import Rule
from linter.openclaw.location import StateLocation
from linter.reports.interface import Options, Report, RuleInfo
from linter.reports.verdict import verdict
from linter.snapshot.snapshot import Snapshot

if TYPE_CHECKING:  # most runs have no baseline
    from linter.baseline.marking import BaselineInfo


def make_report(
    snapshot: Snapshot,
    pack: Pack,
    evaluation: Evaluation,
    location: StateLocation | None,
    options: Options,
    baseline: "BaselineInfo | None" = None,
    ran: Iterable[str] = (),
) -> Report:
    """Gather what reports need to know of a run; `location` is None for several machines together."""
    roots: dict[str, Path] = {}
    states: tuple[Path, ...] = ()
    if location is not None:
        states = (location.shown,)
        roots = {"STATEDIR": location.state_dir, "CODEXHOME": location.codex_home, "HOME": location.home}
        roots |= {f"WORKSPACE{index or ''}": path for index, path in enumerate(location.workspaces)}
    rules = {rule.id: rule_info(rule) for rule in pack.rules}
    if any(finding.rule not in rules for finding in evaluation.findings):
        from linter.configuration.unused import OWN_RULES  # noqa: PLC0415 - only they have no rule file

        rules |= {
            name: RuleInfo(name, own.title, "", "warning", about=own.about) for name, own in OWN_RULES.items()
        }
    return Report(
        findings=evaluation.findings,
        documents=snapshot.documents,
        rules=rules,
        meta=snapshot.meta,
        states=states,
        roots={name: Path(path).absolute() for name, path in roots.items() if path is not None},
        problems=evaluation.problems,
        options=options,
        repository=_enclosing_repository(options.cwd),
        baselines=(baseline,) if baseline else (),
        kinds=pack.causes,
        verdict=verdict(snapshot.tables) if location is not None else None,
        tables=snapshot.tables,
        ran=frozenset(ran),
    )


def rule_info(rule: Rule) -> RuleInfo:
    """Return what reports say of a rule."""
    return RuleInfo(
        id=rule.id,
        title=rule.title,
        layer=rule.layer,
        severity=rule.severity,
        symptoms=tuple(rule.symptoms),
        checklist=tuple(rule.checklist),
        about=rule.about,
        references=tuple(rule.references),
        help_uri=rule.url or None,
        tags=tuple(rule.tags),
    )


def _enclosing_repository(folder: Path) -> Path | None:
    """Return the working tree of Git that a folder lies in."""
    return next((around for around in (folder, *folder.parents) if (around / ".git").exists()), None)
