"""A rule-based consistency linter for multi-profile OAuth state.

`linter.lint(state)` returns a result with findings; docs/python-api.md shows what else there is.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from linter.version import __version__

__all__ = [
    "LintResult",
    "NothingToLint",
    "RefusedError",
    "__version__",
    "diff",
    "fix",
    "lint",
    "take_snapshot",
    "trace",
    "undo",
]

if TYPE_CHECKING:
    from linter.api.fix import fix, undo
    from linter.api.lint import LintResult, lint
    from linter.api.snapshot import diff, take_snapshot, trace
    from linter.fixes.place import RefusedError
    from linter.openclaw.location import NothingToLint

_HOMES = {
    "LintResult": "linter.api.lint",
    "NothingToLint": "linter.openclaw.location",
    "RefusedError": "linter.fixes.place",
    "diff": "linter.api.snapshot",
    "fix": "linter.api.fix",
    "lint": "linter.api.lint",
    "take_snapshot": "linter.api.snapshot",
    "trace": "linter.api.snapshot",
    "undo": "linter.api.fix",
}


def __getattr__(name: str) -> Any:
    """Import the public functions when they are asked for: `import linter` alone costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
