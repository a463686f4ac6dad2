"""What a report ends with: how much there is, how much is mended by machine, and where to begin."""

from collections.abc import Iterator, Sequence

from linter.fixes.batch import Made
from linter.reports.causes import ToldCause, fix_options
from linter.reports.interface import Report
from linter.reports.summary import summary
from linter.reports.wording import amount, number_of_fixes
from linter.reports.wrapping import wrapped


def ending(report: Report, causes: Sequence[ToldCause]) -> Iterator[str]:
    """Yield the lines."""
    width = report.options.width
    behind = f"{amount(len(causes), 'cause')}. " if len(causes) > 1 else ""
    yield from wrapped(behind + summary(report), width)
    made = [one for cause in causes for one in cause.made]
    if made:
        yield from wrapped(by_machine(made), width)
    if causes:
        begin = "Start with 1. " if len(causes) > 1 else ""
        yield from wrapped(f"{begin}`authlint explain 1` tells what led to it.", width)


def by_machine(made: Sequence[Made]) -> str:
    """Say what `authlint fix` can make, and with which options."""
    safe = sum(one.plan.fix.safety == "safe" for one in made)
    unsafe, how = len(made) - safe, fix_options([one.plan for one in made])
    said = [f"`authlint fix --apply` makes {number_of_fixes(safe)}"] if safe else []
    if unsafe and safe:
        said.append(f"with {how} {unsafe} more")
    elif unsafe:
        said.append(f"`authlint fix --apply {how}` makes {number_of_fixes(unsafe)}")
    return f"{'; '.join(said)} (`authlint fix` shows them first)."
