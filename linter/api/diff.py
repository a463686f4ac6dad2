"""`linter.diff`: what the command `diff` does."""

from collections.abc import Iterable
from pathlib import Path

from linter.api.arguments import Moment, PathLike, absolute, milliseconds, state_location
from linter.configuration.ruleset import read_ruleset
from linter.reports.interface import Options
from linter.usecases.diff import compare
from linter.usecases.own_folders import cache_dir
from linter.views.diff.compared import Diff


def diff(
    before: PathLike,
    after: PathLike | None = None,
    *,
    now: Moment | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    rules: Iterable[PathLike] = (),
    config: PathLike | None = None,
    profile: str | None = None,
    codex_home: PathLike | None = None,
    workspaces: Iterable[PathLike] = (),
    agents: Iterable[str] = (),
    routers: Iterable[PathLike] = (),
    evidence: Iterable[PathLike] = (),
) -> Diff:
    """Compare an earlier state with a later one, each a snapshot or a directory, as `authlint diff` does.

    The keywords are those of `lint`; both sides are linted alike. Raises SnapshotError for snapshots of
    different machines or with names replaced under different keys, and what `lint` raises.
    """
    earlier, later = (
        state_location(state, profile, codex_home, workspaces, agents, routers) for state in (before, after)
    )
    setup = read_ruleset(absolute(config), map(Path, rules), [*select], ignore, cache_dir())
    options = Options(cwd=Path.cwd(), home=Path.home())
    return compare((earlier, later), milliseconds(now), setup, options, [*map(Path, evidence)])
