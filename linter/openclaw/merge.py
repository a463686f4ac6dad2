"""Values put together from several files, each part of which still knows where it stands."""

from typing import Any, NamedTuple

from linter.sources.paths import join

Path = tuple[str | int, ...]

_BLOCKED_KEYS = frozenset({"__proto__", "constructor", "prototype"})
"""Keys that OpenClaw drops when it merges."""


class Origin(NamedTuple):
    """Where a value stands."""

    source: str
    pointer: str


class Part(NamedTuple):
    """A value with its origins by path: its own at `()`, and those of parts that come from elsewhere."""

    value: Any
    origins: dict[Path, Origin]

    def at(self, *path: str | int) -> Origin:
        """Return where the value at a path stands, or would stand."""
        for length in range(len(path), -1, -1):
            origin = self.origins.get(path[:length])
            if origin is not None:
                return Origin(origin.source, join(origin.pointer, *path[length:]))
        raise KeyError(path)

    def child(self, name: str | int) -> "Part":
        """Return a member or element."""
        inner = {path[1:]: origin for path, origin in self.origins.items() if path[:1] == (name,)}
        return Part(self.value[name], {(): self.at(name), **inner})


def whole(value: Any, source: str, pointer: str) -> Part:
    """Return a value that stands in one place."""
    return Part(value, {(): Origin(source, pointer)})


def assemble(value: Any, children: dict[str | int, Part], origin: Origin) -> Part:
    """Return a container of other parts."""
    origins: dict[Path, Origin] = {(): origin}
    for name, part in children.items():
        expected = Origin(origin.source, join(origin.pointer, name))
        origins |= {(name, *path): place for path, place in part.origins.items() if path or place != expected}
    return Part(value, origins)


def deep_merge(base: Part, over: Part) -> Part:
    """Merge as OpenClaw does: objects member by member, arrays one behind the other, else the later value."""
    if isinstance(base.value, list) and isinstance(over.value, list):
        children = [part.child(index) for part in (base, over) for index in range(len(part.value))]
        return assemble(base.value + over.value, dict(enumerate(children)), base.at())
    if isinstance(base.value, dict) and isinstance(over.value, dict):
        members = {name: base.child(name) for name in base.value}
        for name in over.value:
            if name not in _BLOCKED_KEYS:
                mine = over.child(name)
                members[name] = deep_merge(members[name], mine) if name in members else mine
        return assemble({name: part.value for name, part in members.items()}, dict(members), base.at())
    return over
