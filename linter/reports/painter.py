"""ANSI colours for a terminal."""

RED, GREEN, YELLOW, BLUE, CYAN, BOLD, DIM = "1;31", "1;32", "1;33", "1;34", "1;36", "1", "2"
SEVERITIES = {"error": RED, "warning": YELLOW, "note": CYAN}


class Painter:
    """Wraps text in ANSI colours, or leaves it alone."""

    def __init__(self, *, colour: bool) -> None:
        self._on = colour

    def __call__(self, text: str, code: str) -> str:
        """Return the text in a colour."""
        return f"\x1b[{code}m{text}\x1b[0m" if self._on else text
