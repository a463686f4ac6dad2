"""`linter.diff`: what the command `diff` does."""

from typing import Unpack

from linter.api.target import PathLike, RuleOptions, absolute, rule_target
from linter.usecases.diff import compare
from linter.views.diff.compared import Diff


def diff(before: PathLike, after: PathLike | None = None, **options: Unpack[RuleOptions]) -> Diff:
    """Compare an earlier state with a later one, each a snapshot or a directory, as `authlint diff` does.

    The keywords are those of `RuleOptions`; both sides are linted alike. Raises SnapshotError for snapshots
    of different machines or with names replaced under different keys, and what `lint` raises.
    """
    later = rule_target(after, **options)
    return compare(later._replace(states=(absolute(before),)), later, later.options())
