"""Whether a gateway holds a state, by the lock that it keeps while it runs.

OpenClaw 2026.8 on keeps it in `<state>/tmp/openclaw-<uid>/`, earlier ones in the system's folder for
temporary files, `openclaw-<uid>/`, under a name made from the path of the configuration. A gateway in another
container or on another host cannot be seen, nor one started with OPENCLAW_ALLOW_MULTI_GATEWAY=1 (before
2026.8). Other commands of OpenClaw keep no such lock.
"""

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from linter.openclaw.location import StateLocation
from linter.openclaw.process import is_alive, start_time
from linter.sources.reading import read_file


class Gateway(NamedTuple):
    """A gateway that runs, or may: `pid` is None where its lock does not tell the process."""

    pid: int | None
    lock: Path


def running_gateway(location: StateLocation, temp_dirs: Sequence[Path] | None = None) -> Gateway | None:
    """Return the gateway that holds a state, None if none is seen. `temp_dirs`: the system's by default."""
    for lock in (location.state_dir / "tmp").glob("openclaw*/gateway*.lock"):
        gateway = _holder(lock, None)
        if gateway:
            return gateway
    for folder in {Path(tempfile.gettempdir()), Path("/tmp")} if temp_dirs is None else temp_dirs:  # noqa: S108 - where OpenClaw puts it
        for lock in _locks(folder):
            gateway = _holder(lock, location.config_path)
            if gateway:
                return gateway
    return None


def _locks(folder: Path) -> Iterator[Path]:
    try:
        yield from folder.glob("openclaw*/gateway.*.lock")
    except OSError:
        return  # another user's folder says nothing about this state


def _lock_name(config: Path) -> str:
    """Return how OpenClaw names the lock in the system's folder (2026.3.24 to 2026.8.2, gateway-lock)."""
    return f"gateway.{sha256(os.fsencode(config)).hexdigest()[:8]}.lock"


def _holder(lock: Path, config: Path | None) -> Gateway | None:
    """Return the process behind a lock, unless it is gone or the lock is that of another configuration."""
    read = read_file(lock)
    try:
        value: Any = json.loads(read.data)
    except (ValueError, RecursionError):
        value = None
    if read.state == "absent" and not read.symlink:
        return None
    if not isinstance(value, dict) or type(value.get("pid")) is not int or value["pid"] <= 0:
        return Gateway(None, lock) if config is None or lock.name == _lock_name(config) else None
    if config is not None and os.path.realpath(str(value.get("configPath"))) != os.path.realpath(config):
        return None
    pid, started = value["pid"], value.get("startTime")
    if not is_alive(pid) or (started is not None and start_time(pid) not in (None, started)):
        return None  # the id may have gone to another process since
    return Gateway(pid, lock)
