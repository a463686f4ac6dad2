"""Rights taken from a file or folder, and given back: of what it holds nothing is touched."""

import os
import stat
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from linter.engine.edits import restricted
from linter.engine.finding import Edit
from linter.fixes.container import Conflict
from linter.fixes.disk import set_mode
from linter.fixes.place import Place, RefusedError
from linter.sources.interface import Document

SUFFIX = "#rights"
"""Behind the name of a source: not what the file holds is meant, but what others may do with it."""

Find = Callable[[str], Place]
"""Tells where a source lies. Raises Conflict for one that fixes would not change."""


class Rights(NamedTuple):
    """The mode of a file or folder before and after, as four octal digits."""

    source: str
    before: str
    after: str


def rights_after(document: Document, edits: Iterable[Edit]) -> Rights | None:
    """Return what edits leave of the rights of a file; None if it has no others. Raises Conflict."""
    try:
        before = after = _mode(document.path.stat())
    except OSError as error:
        raise Conflict(f"{document.shown} cannot be looked at: {error.strerror}") from None
    for edit in edits:
        after = restricted(after, edit.value)
    return Rights(document.id + SUFFIX, before, after) if before != after else None


def restrict(rights: Sequence[Rights], find: Find) -> None:
    """Change modes. Raises RefusedError for one that is not as it was."""
    for one in rights:
        set_mode(find(one.source), one.before, one.after)


_FILE_TAKES, _FOLDER_TAKES = 0o177, 0o3077
"""Bits that a fix can have taken: of a file never those that let it run as its owner or group."""


def rights_to_restore(rights: Sequence[Rights], find: Find) -> list[Rights]:
    """Return what gives back what was taken.

    Raises RefusedError for a mode that was changed since, and for rights that no fix takes: the record lies
    in the state, and whoever made the state may have written it.
    """
    given = []
    for one in rights:
        place = find(one.source)
        facts = os.lstat(place.path)
        mode, before, after = _mode(facts), int(one.before, 8), int(one.after, 8)
        takes = _FOLDER_TAKES if stat.S_ISDIR(facts.st_mode) else _FILE_TAKES
        if after & ~before or before & ~after & ~takes:
            raise RefusedError(f"no fix takes what {place.path} would be given back; set its mode by hand")
        if mode == one.after:
            given.append(Rights(one.source, one.after, one.before))
        elif mode != one.before:
            raise RefusedError(f"{place.path} has got other rights since the fix; it had {one.before}")
    return given


def _mode(facts: os.stat_result) -> str:
    return f"{stat.S_IMODE(facts.st_mode):04o}"
