"""The layers view as a table for a terminal."""

from collections.abc import Sequence

from linter.sources.printable import printable
from linter.views.layers import LAYERS, SessionLayers

_MARK = "≠"


def layers_text(rows: Sequence[SessionLayers]) -> str:
    """Return a table with a line per session; columns that no session uses are left out."""
    used = [
        index
        for index, _ in enumerate(LAYERS)
        if any(row.opinions[index].profile is not None for row in rows)
    ]
    table = [["session", *(LAYERS[index] for index in used)]]
    table.extend([_name(row), *(_cell(row, index) for index in used)] for row in rows)
    widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in table
    ]
    disagreeing = sum(any(opinion.differs for opinion in row.opinions) for row in rows)
    return "\n".join([*map(printable, lines), "", _summary(len(rows), disagreeing)])


def _name(row: SessionLayers) -> str:
    return row.key if row.live else f"{row.key} (idle)"


def _cell(row: SessionLayers, index: int) -> str:
    opinion = row.opinions[index]
    if opinion.profile is None:
        return "-"
    detail = f" ({opinion.detail})" if opinion.detail else ""
    return f"{_MARK + ' ' if opinion.differs else ''}{opinion.profile}{detail}"


def _summary(sessions: int, disagreeing: int) -> str:
    if not disagreeing:
        return f"{sessions} sessions, all layers agree"
    return f"{sessions} sessions, {disagreeing} with a layer that names another account ({_MARK})"
