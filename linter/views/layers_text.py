"""The layers view for a terminal: a line for each session where that fits, else a block."""

from collections.abc import Iterator, Sequence

from linter.printable import printable
from linter.reports.wording import amount
from linter.reports.wrapping import BOLD, RED, Painter, wrapped
from linter.snapshot.unread import unread_lines
from linter.views.layers import LAYERS, Layers, Opinion, SessionLayers

WITHOUT_PROFILE = {"unknown": "unknown", "native": "the Codex CLI's login"}
"""Who answers, by the outcome of a turn that names no profile."""
_MARK = "≠"


def layers_text(found: Layers, width: int, paint: Painter) -> str:
    """Return a table, or blocks where that is too wide; columns that no session uses are left out."""
    head = [line for text in unread_lines(found.unread) for line in wrapped(printable(text), width, "", "  ")]
    used = [
        index
        for index, _ in enumerate(LAYERS)
        if any(_cell(row.opinions[index], "") for row in found.sessions)
    ]
    table = list(_table(found.sessions, used))
    fits = all(len(line) <= width for line in table)
    lines = [paint(table[0], BOLD), *table[1:]] if fits else list(_blocks(found.sessions, used, width, paint))
    disagreeing = sum(any(opinion.differs for opinion in row.opinions) for row in found.sessions)
    unknown = [row.key for row in found.sessions if _is_unknown(row)]
    said = _summary(len(found.sessions), disagreeing, unknown)
    return "\n".join([*head, *([""] if head else []), *lines, "", *wrapped(printable(said), width)])


def _table(rows: Sequence[SessionLayers], used: Sequence[int]) -> Iterator[str]:
    table = [["session", *(LAYERS[index] for index in used)]]
    table.extend([_name(row), *(_cell(row.opinions[index], "-") for index in used)] for row in rows)
    widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
    for line in table:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()


def _blocks(rows: Sequence[SessionLayers], used: Sequence[int], width: int, paint: Painter) -> Iterator[str]:
    label = max((len(LAYERS[index]) for index in used), default=0)
    for number, row in enumerate(rows):
        if number:
            yield ""
        yield paint(_name(row), BOLD)
        for opinion in row.opinions:
            if opinion.profile or opinion.layer == "next":
                lines = wrapped(
                    _cell(opinion, "nobody"), width, f"  {opinion.layer:{label}}  ", " " * (label + 4)
                )
                yield from (paint(line, RED) if opinion.differs else line for line in lines)


def _name(row: SessionLayers) -> str:
    return printable(row.key if row.live else f"{row.key} (idle)")


def _cell(opinion: Opinion, none: str) -> str:
    if opinion.profile is None:
        return WITHOUT_PROFILE.get(opinion.detail, none)
    known = opinion.account and opinion.account not in opinion.profile
    details = ", ".join(filter(None, [opinion.account if known else "", opinion.detail]))
    mark = f"{_MARK} " if opinion.differs else ""
    return printable(f"{mark}{opinion.profile}{f' ({details})' if details else ''}")


def _is_unknown(row: SessionLayers) -> bool:
    return any(opinion.layer == "next" and opinion.detail == "unknown" for opinion in row.opinions)


def _summary(sessions: int, disagreeing: int, unknown: Sequence[str]) -> str:
    count = amount(sessions, "session")
    if unknown:
        return f"{count}; the next turn of {', '.join(unknown)} is unknown"
    if not disagreeing:
        return f"{count}, all layers agree"
    return f"{count}, {disagreeing} with a layer that names another account ({_MARK})"
