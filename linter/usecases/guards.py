"""What keeps others away from a state while it is changed: no gateway beside it, and its locks held."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from linter.fixes.journal import journal_folder, make_journal
from linter.fixes.place import Place, RefusedError, refusing
from linter.openclaw.file_lock import LockHeldError, locked
from linter.openclaw.gateway import Gateway, running_gateway
from linter.openclaw.location import StateLocation


def gateway_beside(location: StateLocation, *, allowed: bool) -> Gateway | None:
    """Return the gateway that holds a state, if one does. Raises RefusedError then, unless `allowed`."""
    gateway = running_gateway(location)
    if gateway is not None and not allowed:
        seen = f"runs on this state (process {gateway.pid}, {gateway.lock})"
        if gateway.pid is None:
            seen = f"may run on this state ({gateway.lock} does not tell its process)"
        raise RefusedError(
            f"a gateway {seen} and may write its own copy back; stop it first, or use --while-running"
        )
    return gateway


@contextmanager
def held(state_dir: Path, files: Iterable[Path]) -> Iterator[Place]:
    """Hold the locks of files and of the journal of a state, which is yielded."""
    journal = journal_folder(state_dir)
    with refusing():
        make_journal(journal)
        try:
            with locked([journal.path, *files]):
                yield journal
        except LockHeldError as error:
            raise RefusedError(str(error)) from None
