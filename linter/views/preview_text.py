"""A preview as text for a terminal."""

from collections.abc import Iterator

from linter.printable import printable
from linter.reports.interface import Report
from linter.reports.text_finding import finding_lines
from linter.reports.wording import amount
from linter.reports.wrapping import BOLD, RED, YELLOW, Painter, wrapped
from linter.views.preview import Login, Preview, Switch

_INDENT = "    "


def preview_text(preview: Preview) -> str:
    """Return the steps, which sessions would switch, which findings would come and go, and a last line."""
    return "\n\n".join(_Writer(preview).blocks())


class _Writer:
    def __init__(self, preview: Preview) -> None:
        self._preview = preview
        self._options = preview.diff.appeared.options
        self._paint = Painter(colour=self._options.colour)

    def blocks(self) -> Iterator[str]:
        steps = "; ".join(self._preview.steps) or "nothing done"
        yield self._filled(f"Preview, nothing is changed: {steps}.")
        yield from (self._filled(f"Before you do it: {remark}.") for remark in self._preview.remarks)
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
        width = self._options.width
        yield from wrapped(f"{printable(switch.session)}{idle}", width, "  ")
        yield from wrapped(_told(switch.before), width, f"{_INDENT}   ")
        yield from wrapped(_told(switch.after), width, f"{_INDENT}-> ", f"{_INDENT}   ")
        if switch.billing and switch.after.billing == "key":
            said = wrapped("from a subscription to an API key: each token is billed", width, _INDENT)
            yield from (self._paint(one, RED) for one in said)
        elif switch.billing and switch.before.billing and switch.after.billing:
            yield self._paint(f"{_INDENT}from an API key to a subscription", YELLOW)

    def _findings(self, title: str, report: Report) -> Iterator[str]:
        shown = report.in_order(notes=self._options.notes)
        lines = [one for finding in shown for one in finding_lines(finding, self._options, "  ")]
        if shown:
            yield "\n".join([self._paint(title, BOLD), *lines])

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
        return "\n".join(wrapped(printable(text), self._options.width))


def _told(login: Login) -> str:
    if login.outcome == "unrunnable":
        return printable(f"nothing: it is pinned to {login.profile}, and every turn fails")
    if login.profile is None:
        return "no stored login"
    account = f"{login.account}  " if login.account and login.account not in login.profile else ""
    kind = " (API key)" if login.billing == "key" else ""
    return printable(f"{account}{login.profile}{kind}")
