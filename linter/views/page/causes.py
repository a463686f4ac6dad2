"""A cause on the page: its title, a line for each effect, and what to do, with commands to copy."""

from collections.abc import Iterator

from linter.engine.finding import Finding, Fix
from linter.reports.causes import ToldCause, fix_command
from linter.reports.interface import Report
from linter.reports.wording import amount, command_for_people, counted, spot
from linter.views.page.markup import Html, Tag, prose

_MOST_OPEN = 6
"""Effects that stand open; more are folded."""
_MOST = 100
"""Effects that are on the page at all."""


def cause_article(tag: Tag, cause: ToldCause, report: Report) -> Html:
    """Return the whole cause."""
    effects = [_effect(tag, finding, report) for finding in cause.findings[:_MOST]]
    rest, left = effects[_MOST_OPEN:], len(cause.findings) - len(effects)
    return tag(
        "article",
        tag("h3", tag("span", str(cause.number), class_="number"), cause.title),
        tag("p", tag("span", counted(cause.counts), class_="count"), " ", cause.why),
        tag("ul", effects[:_MOST_OPEN], class_="effects"),
        folded(tag, amount(len(rest), "more effect"), tag("ul", rest, class_="effects")) if rest else None,
        tag("p", prose(tag, f"And {left} more, which `authlint lint -f full` shows.")) if left else None,
        _ways(tag, cause, report),
        class_=f"cause {cause.findings[0].severity}",
        id=f"cause-{cause.number}",
    )


def folded(tag: Tag, title: str, *inside: Html, unfolded: bool = False) -> Html:
    """Return what is shown when its title is clicked."""
    return tag("details", tag("summary", title), inside, open=unfolded)


def _effect(tag: Tag, finding: Finding, report: Report) -> Html:
    place = spot(report.documents.place(finding.location), report.options)
    return tag(
        "li",
        tag("b", finding.severity, class_=finding.severity),
        f" {finding.effect} ",
        tag("small", tag("code", place), f" {finding.rule}"),
    )


def _ways(tag: Tag, cause: ToldCause, report: Report) -> Iterator[Html]:
    """Yield what `authlint fix` makes and the first way by hand; further ways are folded."""
    if cause.made:
        titles = dict.fromkeys(one.plan.fix.title for one in cause.made)
        yield tag("h4", "Do")
        yield tag("pre", tag("code", fix_command(cause.made)))
        yield tag("p", prose(tag, ". ".join([*titles, "`authlint undo` takes it back."])))
    ways = [_by_hand(tag, fix, report) for fix in cause.by_hand]
    if ways:
        yield tag("h4", "Or by hand" if cause.made else "Do")
        yield ways[0]
    if ways[1:]:
        yield folded(tag, amount(len(ways) - 1, "other way"), *ways[1:])


def _by_hand(tag: Tag, fix: Fix, report: Report) -> Html:
    commands = [command_for_people(command, report.options) for command in fix.commands]
    return tag(
        "div",
        tag("p", prose(tag, f"{fix.title}. {fix.reason}")),
        [tag("pre", tag("code", command)) for command in commands],
    )
