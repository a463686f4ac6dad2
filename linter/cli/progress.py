"""What `--debug` says on stderr while a command works."""

import sys
from time import perf_counter


class Progress:
    """Called with the name of each step when it is done; prints how long it took if asked to."""

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown
        self._since = perf_counter()

    def __call__(self, step: str) -> None:
        """Note that a step is done."""
        now = perf_counter()
        if self._shown:
            print(f"authlint: {step}: {(now - self._since) * 1000:.1f} ms", file=sys.stderr)  # noqa: T201 - its purpose
        self._since = now
