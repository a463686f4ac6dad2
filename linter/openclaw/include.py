"""`$include` in openclaw.json: other files put in its place, in order, with the keys beside it on top."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from linter.openclaw.merge import Origin, Part, assemble, deep_merge, whole

INCLUDE = "$include"
_DEEPEST = 10


class Opened(NamedTuple):
    """A configuration file: its value (None when it has none), and the id of its document."""

    source: str
    value: Any
    path: Path


class Includes(NamedTuple):
    """How files are included: `open` reads one, `report` is told what is wrong where.

    `open` is given the place of the `$include` and returns None for a file that is not there.
    """

    open: Callable[[Path, Origin], Opened | None]
    report: Callable[[Origin, str], None]
    roots: tuple[Path, ...]

    def resolve(self, file: Opened) -> Part:
        """Return the value of a file with everything that it includes."""
        part = whole(file.value, file.source, "")
        try:
            return self._resolve(part, (file,))
        except RecursionError:
            self.report(part.at(), "values are nested too deeply to look for `$include`")
            return part

    def _resolve(self, part: Part, chain: tuple[Opened, ...]) -> Part:
        if isinstance(part.value, list):
            elements = [self._resolve(part.child(index), chain) for index in range(len(part.value))]
            return assemble([element.value for element in elements], dict(enumerate(elements)), part.at())
        if not isinstance(part.value, dict):
            return part
        members = {name: self._resolve(part.child(name), chain) for name in part.value if name != INCLUDE}
        rest = assemble({name: member.value for name, member in members.items()}, dict(members), part.at())
        if INCLUDE not in part.value:
            return rest
        included = self._included(part, chain)
        if included is None:
            return rest
        if members and not isinstance(included.value, dict):
            self.report(part.at(INCLUDE), "`$include` beside other keys leads to something that is no object")
            return rest
        return deep_merge(included, rest) if members else included

    def _included(self, part: Part, chain: tuple[Opened, ...]) -> Part | None:
        wanted = part.value[INCLUDE]
        if isinstance(wanted, str):
            return self._file(wanted, part.at(INCLUDE), chain)
        if not isinstance(wanted, list) or not all(isinstance(name, str) for name in wanted):
            self.report(part.at(INCLUDE), "`$include` is neither a path nor a list of paths")
            return None
        merged = whole({}, *part.at())
        for index, name in enumerate(wanted):
            included = self._file(name, part.at(INCLUDE, index), chain)
            if included is not None:
                merged = deep_merge(merged, included)
        return merged

    def _file(self, name: str, origin: Origin, chain: tuple[Opened, ...]) -> Part | None:
        path = Path(os.path.normpath(chain[-1].path.parent / name.replace("\0", "")))
        problem = self._objection(path, chain)
        if problem:
            self.report(origin, problem)
            return None
        opened = self.open(path, origin)
        if opened is None or opened.value is None:
            return None
        return self._resolve(whole(opened.value, opened.source, ""), (*chain, opened))

    def _objection(self, path: Path, chain: tuple[Opened, ...]) -> str | None:
        """Return why OpenClaw would refuse to include a file."""
        if path in [file.path for file in chain]:
            return "`$include` leads back to a file that includes it"
        if len(chain) > _DEEPEST:
            return f"`$include` is nested more than {_DEEPEST} deep"
        real = Path(os.path.realpath(path))
        allowed = (chain[0].path.parent, *self.roots)
        if not any(path.is_relative_to(root) for root in allowed) or not any(
            real.is_relative_to(os.path.realpath(root)) for root in allowed
        ):
            return "`$include` leads out of the directory of openclaw.json"
        return None
