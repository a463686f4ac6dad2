"""Whether the process that a lock names still runs."""

import os
from pathlib import Path


def is_alive(pid: int) -> bool:
    """Tell whether there is a process with that id, whoever owns it; yes where that cannot be asked."""
    if os.name != "posix":  # there, asking would interrupt it
        return True
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True  # it belongs to somebody else
    return True


def start_time(pid: int) -> int | None:
    """Return when a process started, in clock ticks since boot; None where the system does not say."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
        return int(stat.rpartition(")")[2].split()[19])
    except (OSError, ValueError, IndexError):
        return None
