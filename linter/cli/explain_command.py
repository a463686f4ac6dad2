"""`authlint explain`: the page of a rule, or of a cause or a finding of the last run."""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from linter.cli.failures import USAGE_ERROR, fail
from linter.cli.options import Config, Rules
from linter.cli.target import looks_at
from linter.configuration.unused import OWN_RULES
from linter.engine.pack import Pack
from linter.engine.rule_file import load_rule
from linter.engine.rule_under_test import RuleUnderTest
from linter.reports.last_run import recall
from linter.usecases.target import Target
from linter.views.cause_page import cause_page, causes_named
from linter.views.finding_page import finding_page, findings_like, found_last
from linter.views.markdown_text import markdown_text
from linter.views.rule_page import rule_page

_DIGITS = re.compile(r"[0-9a-f]{8,32}")

Subject = Annotated[
    str,
    typer.Argument(
        metavar="RULE|CAUSE|FINGERPRINT",
        help="The id of a rule; of the last run a cause, by its number or kind, or a finding, by 8 digits or "
        "more of its fingerprint.",
    ),
]


@looks_at(None, {"rules": Rules, "config": Config})
def command(*, target: Target, subject: Subject) -> None:
    """Explain a rule: what it means, what OpenClaw does, how to mend it. Or tell what led to a cause."""
    folder = target.caller.cache
    last = recall(folder) if folder else []
    if subject in OWN_RULES:
        page = f"# {subject}\n\n**{OWN_RULES[subject].title}.**\n\n{OWN_RULES[subject].about}\n"
    else:
        page = _page(subject, target.ruleset(target.default_location()).pack, last)
    typer.echo(markdown_text(page, width=target.caller.width, colour=target.caller.colour), nl=False)


def _page(subject: str, pack: Pack, last: Sequence[Any]) -> str:
    known = {rule.id: rule for rule in pack.rules}
    if subject in known:
        file = load_rule(Path(known[subject].path), pack.vocabulary, pack.params)
        page = rule_page(file, RuleUnderTest(file.rule, pack.vocabulary, pack.params, None))
        return "\n".join(filter(None, [page, found_last(last, subject)]))
    causes = causes_named(last, subject)
    if causes:
        return "\n".join(cause_page(report, cause) for report, cause in causes)
    if subject.isdigit() and not _DIGITS.fullmatch(subject):
        fail(f"the last run had no cause {subject}; `authlint lint` numbers them", USAGE_ERROR)
    if not _DIGITS.fullmatch(subject):
        _unknown_rule(subject, known)
    found = findings_like(last, subject)
    if not found:
        fail(f"the last run found nothing with the fingerprint {subject}", USAGE_ERROR)
    if len(found) > 1:
        names = ", ".join(finding["fingerprint"] for _, finding in found)
        fail(f"{subject} stands for several findings: {names}", USAGE_ERROR)
    report, finding = found[0]
    rule = known.get(finding["rule"]) or OWN_RULES.get(finding["rule"])
    return finding_page(report, finding, rule.about if rule else "")


def _unknown_rule(name: str, known: Iterable[str]) -> NoReturn:
    near = get_close_matches(name, known, n=1)
    hint = f"; did you mean {near[0]}?" if near else "; `authlint rules` lists them all"
    fail(f"there is no rule {name}{hint}", USAGE_ERROR)
