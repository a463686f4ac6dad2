"""The state on one page of HTML, without script and without network, to be looked at and sent on."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TextIO

from linter.engine.functions import time
from linter.reports.causes import ToldCause, by_machine, causes_of, worst_of
from linter.reports.interface import Report
from linter.reports.summary import summary
from linter.reports.verdict import told
from linter.reports.wording import amount, path_for_people
from linter.snapshot.unread import unread, unread_lines
from linter.version import __version__
from linter.views.checklist import checklist
from linter.views.layers import all_layers
from linter.views.logins import logins
from linter.views.page.causes import cause_article
from linter.views.page.chats import chats
from linter.views.page.logins import checked, login_cards
from linter.views.page.markup import Html, Inside, Tag, prose, tag_with
from linter.views.page.picture import drawn, picture

_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
"""
_STYLE = Path(__file__).with_name("page.css")


def write(report: Report, stream: TextIO) -> None:
    """Write what is wrong and what to do, who answers in which chat, the checklist, and all logins."""
    parts = [part for part in report.parts or (report,) if part.tables and part.states]
    tag = tag_with(_renaming(report, parts))
    causes = causes_of(report, notes=report.options.notes)
    numbers = {finding.fingerprint: cause.number for cause in causes for finding in cause.findings}
    states = [path_for_people(part.states[0], part.options) for part in parts]
    what: Inside = [cause_article(tag, cause, report) for cause in causes]
    sections = [("What is wrong, and what to do", what)]
    for part, name in zip(parts, states, strict=True):
        which = f" in {name}" if len(parts) > 1 else ""
        sections += [(f"{title}{which}", list(inside)) for title, inside in _state(tag, part, numbers)]
    shown = [(title, f"part-{number}", inside) for number, (title, inside) in enumerate(sections) if inside]
    links = tag("nav", [tag("a", title, href=f"#{name}") for title, name, _ in shown], aria_label="This page")
    main = [tag("section", tag("h2", title), inside, id=name) for title, name, inside in shown]
    header = tag("header", _headline(tag, report, parts, causes), links if shown else None)
    body = tag("body", header, tag("main", main), _footer(tag, report, states))
    title = tag("title", f"authlint: {', '.join(states)}")
    stream.write(f"{_HEAD}{title}<style>\n{_STYLE.read_text('utf-8')}</style></head>\n{body}</html>\n")


def _renaming(report: Report, parts: Sequence[Report]) -> Callable[[str], str]:
    """Return what puts other names in place of people and chats, where that is asked for."""
    key = report.options.pseudonyms
    if key is None:
        return str
    from linter.snapshot.pseudonyms import Pseudonyms  # noqa: PLC0415 - most pages stay at home

    known = [rows for part in parts for rows in part.tables.values()]
    return Pseudonyms(key, {str(number): rows for number, rows in enumerate(known)})


def _headline(
    tag: Tag, report: Report, parts: Sequence[Report], causes: Sequence[ToldCause]
) -> Iterator[Html]:
    """Yield the answer first, then how much there is, and what could not be read."""
    now = report.meta.get("now")
    yield tag(
        "p",
        f"authlint, as of {time(now)}" if now else "authlint",
        class_="when",
    )
    yield tag("h1", (report.verdict and told(report.verdict, worst_of(causes))) or "What authlint has found")
    counts = {level: number for level, number in report.counts().items() if number}
    if not report.options.notes:
        counts.pop("note", None)
    if counts:
        yield tag(
            "ul", [tag("li", amount(counts[level], level), class_=level) for level in counts], class_="counts"
        )
    yield tag("p", prose(tag, summary(report)))
    if made := [one for cause in causes for one in cause.made]:
        yield tag("p", prose(tag, by_machine(made)))
    unknown = [line for part in parts for line in unread_lines(unread(part.tables))]
    unknown += [f"The rule {one.rule} could not be evaluated: {one.message}" for one in report.failed()]
    yield from (tag("p", line, class_="unread") for line in unknown)


def _state(tag: Tag, report: Report, numbers: Mapping[str, int]) -> Iterator[tuple[str, Iterable[Html]]]:
    """Yield what there is on one state; `numbers` are those of causes by the fingerprints of findings."""
    tables, now = report.tables, report.meta["now"]
    rows = [row for row in tables["sessions"] if row["live"]]
    sessions, held = all_layers(tables, rows).sessions, logins(tables)
    yield "Who answers", drawn(tag, picture(held, sessions, now))
    yield "Chat by chat", chats(tag, sessions, len(tables["sessions"]) - len(rows))
    yield "Checklist", [checked(tag, checklist(report).items, numbers)]
    yield "Logins", login_cards(tag, held, now)


def _footer(tag: Tag, report: Report, states: Sequence[str]) -> Html:
    renamed = " --pseudonymise" if report.options.pseudonyms else ""
    command = f"authlint lint {' '.join(states)} -f html=authlint.html{renamed}"
    said = " Names of people and chats are replaced." if renamed else ""
    return tag(
        "footer",
        tag("p", f"Made by authlint {__version__}, which has changed nothing. Again:"),
        tag("pre", tag("code", command)),
        tag("p", f"There is no token in this page.{said}"),
    )
