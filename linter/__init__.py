"""A rule-based consistency linter for multi-profile OAuth state.

`linter.lint(state)` returns a result with findings; docs/python-api.md shows what else there is.
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["LintResult", "NothingToLint", "__version__", "diff", "lint", "take_snapshot", "trace"]

if TYPE_CHECKING:
    from linter.api import LintResult, NothingToLint, diff, lint, take_snapshot, trace


def __getattr__(name: str) -> Any:
    """Import the public functions when they are asked for: `import linter` alone costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from linter import api  # noqa: PLC0415 - see above

    return getattr(api, name)
