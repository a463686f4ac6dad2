"""A preview as text for a terminal."""

from collections.abc import Iterator
from textwrap import wrap

from linter.engine.finding import Finding
from linter.printable import printable
from linter.reports.interface import Report
from linter.reports.painter import BOLD, RED, SEVERITIES, YELLOW, Painter
from linter.reports.wording import amount
from linter.views.preview import Login, Preview, Switch

_INDENT = "    "


def preview_text(preview: Preview, width: int) -> str:
    """Return the steps, which sessions would switch, which findings would come and go, and a last line."""
    return "\n\n".join(_Writer(preview, width).blocks()) + "\n"


class _Writer:
    def __init__(self, preview: Preview, width: int) -> None:
        self._preview = preview
        self._width = width
        self._options = preview.diff.appeared.options
        self._paint = Painter(colour=self._options.colour)

    def blocks(self) -> Iterator[str]:
        steps = "; ".join(self._preview.steps) or "nothing done"
        yield self._filled(f"Preview, nothing is changed: {steps}.")
        yield from self._switches()
        yield from self._findings("Findings that would appear", self._preview.diff.appeared)
        yield from self._findings("Findings that would go", self._preview.diff.gone)
        yield self._filled(self._summary())

    def _switches(self) -> Iterator[str]:
        found = self._preview.switches
        other = [switch for switch in found if switch.account or switch.billing]
        same = [switch for switch in found if switch not in other]
        for title, some in (
            (f"{amount(len(other), 'session')} would use another account", other),
            (f"{amount(len(same), 'session')} would use another login of the same account", same),
        ):
            if some:
                lines = [line for switch in some for line in self._switch(switch)]
                yield "\n".join([self._paint(title, BOLD), *lines])

    def _switch(self, switch: Switch) -> Iterator[str]:
        idle = "" if switch.live else " (idle)"
        yield f"  {printable(switch.session)}{idle}"
        yield f"{_INDENT}   {_told(switch.before)}"
        yield f"{_INDENT}-> {_told(switch.after)}"
        if switch.billing and switch.after.billing == "key":
            yield _INDENT + self._paint("from a subscription to an API key: each token is billed", RED)
        elif switch.billing and switch.before.billing and switch.after.billing:
            yield _INDENT + self._paint("from an API key to a subscription", YELLOW)

    def _findings(self, title: str, report: Report) -> Iterator[str]:
        shown = report.in_order(notes=self._options.notes)
        if shown:
            yield "\n".join([self._paint(title, BOLD), *(self._finding(finding) for finding in shown)])

    def _finding(self, finding: Finding) -> str:
        head = f"{finding.severity}[{finding.rule}]"
        text = f"{head}: {printable(finding.message)}"
        lines = wrap(
            text,
            self._width,
            initial_indent="  ",
            subsequent_indent=_INDENT,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return "\n".join(lines).replace(head, self._paint(head, SEVERITIES[finding.severity]), 1)

    def _summary(self) -> str:
        moved = sum(switch.account or switch.billing for switch in self._preview.switches)
        told = f"{moved or 'None'} of {amount(self._preview.sessions, 'session')} would change account"
        appeared, gone = (
            sum(report.counts().values()) for report in (self._preview.diff.appeared, self._preview.diff.gone)
        )
        return (
            f"{told}. Findings: {appeared} would appear, {gone} would go, {self._preview.diff.stayed} stay."
        )

    def _filled(self, text: str) -> str:
        return "\n".join(wrap(printable(text), self._width, break_long_words=False, break_on_hyphens=False))


def _told(login: Login) -> str:
    if login.outcome == "unrunnable":
        return printable(f"nothing: it is pinned to {login.profile}, and every turn fails")
    if login.profile is None:
        return "no stored login"
    account = f"{login.account}  " if login.account and login.account not in login.profile else ""
    kind = " (API key)" if login.billing == "key" else ""
    return printable(f"{account}{login.profile}{kind}")
