"""Fixes for a terminal: what would change, and what is left to people."""

from collections.abc import Iterator

from linter.printable import printable, printable_in_place
from linter.reports.interface import Options
from linter.reports.wording import amount, number_of_fixes
from linter.reports.wrapping import BOLD, CYAN, GREEN, RED, Painter, command_lines, cut, wrapped
from linter.views.fixes import Fix, Fixes, Unmade

_COLOURS = {"+": GREEN, "-": RED}


def fixes_text(found: Fixes, options: Options, *, seen: bool = False) -> str:
    """Return the fixes with their changes, unless they were `seen`, what is left, and a line that sums up."""
    shown = () if seen else found.fixes
    blocks = [*(fix_text(one, options) for one in shown), *(_left(one, options) for one in found.left)]
    return "\n\n".join([*blocks, "\n".join(wrapped(summed_up(found), options.width))])


def fix_text(fix: Fix, options: Options) -> str:
    """Return a fix with the changes that make it."""
    paint, width = Painter(colour=options.colour), options.width
    kind = f"{'fix' if fix.safety == 'safe' else 'unsafe fix'}{f' ({fix.options})' if fix.options else ''}"
    lines = [*_head(fix, options), *wrapped(f"{kind}: {printable(fix.title)}", width, "  ", "    ")]
    lines += wrapped(printable(fix.reason), width, "    ")
    for change in fix.changes:
        if change.lines[0].startswith("@@"):
            for mark in ("--- ", "+++ "):
                lines += wrapped(printable(change.path), width, mark, "    ")
            for text in change.lines:
                one = cut(printable_in_place(text), width)
                lines.append(paint(one, _COLOURS[one[0]]) if one[0] in _COLOURS else one)
        else:
            lines += wrapped(printable(f"{change.path}: {change.lines[0]}"), width, "    ", "      ")
    return "\n".join(lines)


def summed_up(found: Fixes) -> str:
    """Sum up what was made, or can be and how."""
    if found.made:
        undo = " `authlint undo` takes back the last change." if found.fixes else ""
        return f"{number_of_fixes(len(found.fixes))} made.{undo}"
    unsafe = [fix.options for fix in found.fixes if fix.safety == "unsafe"]
    safe = len(found.fixes) - len(unsafe)
    said = [f"{number_of_fixes(safe)} can be applied (--apply)"] if safe else []
    if unsafe:
        many = number_of_fixes(len(unsafe), "unsafe ")
        how = f"--apply {max(unsafe, key=len)}"
        said.append(f"{many}{' too' if safe else ''}, if you ask for it ({how})")
    if found.left:
        said.append(f"{amount(len(found.left), 'finding')} left to you")
    return f"{'; '.join(said) or 'Nothing to fix'}."


def _left(unmade: Unmade, options: Options) -> str:
    """Return a finding whose fixes are not made: each with the reason, and commands ready to paste."""
    paint, lines = Painter(colour=options.colour), list(_head(unmade, options))
    for way in unmade.ways:
        lines += wrapped(printable(way.title), options.width, "  ", "    ")
        lines += wrapped(printable(way.reason), options.width, "    ")
        for command in way.commands:
            shown = command_lines(printable(command), options.width, "      ")
            lines += [paint(one, CYAN) for one in shown]
    return "\n".join(lines)


def _head(of: Fix | Unmade, options: Options) -> Iterator[str]:
    paint = Painter(colour=options.colour)
    for one in wrapped(f"{of.rule}: {printable(of.message)}", options.width, "", "  "):
        yield paint(one, BOLD)
