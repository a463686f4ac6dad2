"""A cause as a block of text: its title, a line for each effect, its places, and what to do."""

from collections.abc import Iterator

from linter.engine.finding import Finding, Fix
from linter.printable import printable
from linter.reports.causes import ToldCause, fix_command
from linter.reports.interface import Options, Report
from linter.reports.wording import amount, command_for_people, counted, spot
from linter.reports.wrapping import (
    BOLD,
    CYAN,
    DIM,
    GREEN,
    SEVERITIES,
    Painter,
    beside,
    command_lines,
    wrapped,
)

_MOST_LINES = 11
"""Lines of effects; a cause that hurts more tells how many more."""
_MOST_WAYS = 3
_INDENT = "   "
_AFTER_WORD = _INDENT + " " * 9
_SHORT = 8  # digits of a fingerprint that tell findings apart for people


def cause_block(told: ToldCause, report: Report) -> str:
    """Return a block without a newline at its end."""
    width, paint = report.options.width, Painter(colour=report.options.colour)
    head = beside(f"{told.number:<3}{printable(told.title)}", counted(told.counts), width)
    head[0] = paint(head[0], BOLD)
    lines = [*head, *wrapped(printable(told.why), width, _INDENT)]
    effects = [_effect(finding, report, paint) for finding in told.findings]
    shown, used = 0, 0
    while shown < len(effects) and (not shown or used + len(effects[shown]) <= _MOST_LINES):
        lines += effects[shown]
        used += len(effects[shown])
        shown += 1
    if shown < len(effects):
        lines.append(f"{_AFTER_WORD}and {len(effects) - shown} more (-f full)")
    return "\n".join([*lines, *_remedy(told, report.options, paint)])


def _effect(finding: Finding, report: Report, paint: Painter) -> list[str]:
    width = report.options.width
    word = f"{finding.severity:<9}"
    name = f"[{finding.rule} {finding.fingerprint[:_SHORT]}]"
    lines = wrapped(f"{printable(finding.effect)} {name}", width, _INDENT + word, _AFTER_WORD)
    lines[0] = lines[0].replace(word, paint(word, SEVERITIES[finding.severity]), 1)
    place = printable(spot(report.documents.place(finding.location), report.options))
    return [*lines, *(paint(line, DIM) for line in wrapped(place, width, _AFTER_WORD, f"{_AFTER_WORD}  "))]


def _remedy(told: ToldCause, options: Options, paint: Painter) -> Iterator[str]:
    """Say what `authlint fix` makes, then what is left to a person: the first way whole, others in short."""
    width = options.width
    label, indent = f"{_INDENT}Do: ", f"{_INDENT}    "
    if told.made:
        titles = list(dict.fromkeys(printable(one.plan.fix.title) for one in told.made))
        more = f", and {amount(len(titles) - 1, 'other fix', 'other fixes')}" if len(titles) > 1 else ""
        yield paint(f"{label}{fix_command(told.made)}", GREEN)
        yield from wrapped(f"({titles[0]}{more})", width, indent)
    ways = told.by_hand[: _MOST_WAYS if not told.made else 1]
    for index, fix in enumerate(ways):
        first = f"{_INDENT}Or: " if index or told.made else label
        yield from _by_hand(fix, first, indent, options, paint, whole=not index)
    rest = len(told.by_hand) - len(ways)
    if rest > 0:
        yield from wrapped(f"authlint explain {told.number} tells {amount(rest, 'more way')}.", width, indent)


def _by_hand(
    fix: Fix, first: str, indent: str, options: Options, paint: Painter, *, whole: bool
) -> Iterator[str]:
    text = f"{printable(fix.title)}."
    if whole and fix.reason:
        text += f" {printable(fix.reason)}"
    yield from wrapped(text, options.width, first, indent)
    for command in fix.commands:
        short = command_for_people(command, options)
        yield from (paint(line, CYAN) for line in command_lines(short, options.width, f"{indent}  "))
