"""YAML nodes turned into plain values, with the place of each and with what is no plain value."""

from typing import Any, NamedTuple

Steps = tuple[str | int, ...]
"""The way from the root to a value: keys and indexes."""

NESTED = "this is nested too deeply"

_DEEPEST = 50
_MOST = 100_000
_TAG = "tag:yaml.org,2002:"
_MERGE = _TAG + "merge"
_TEXT = frozenset({"!!str", "!!timestamp", "!!value", "!!merge", "!"})


class Mistake(NamedTuple):
    """What is wrong with a value, or with its key."""

    steps: Steps
    message: str
    key: bool = False


class Nodes:
    """Walks a tree of nodes; `places` has the (line, column) of every value, `keys` of every key, from 1."""

    def __init__(self) -> None:
        self.places: dict[Steps, tuple[int, int]] = {}
        self.keys: dict[Steps, tuple[int, int]] = {}
        self.mistakes: list[Mistake] = []

    def value(self, node: Any, steps: Steps) -> Any:
        """Return the value of a node by the core schema, but dates and times as text."""
        self.places[steps] = _start(node)
        if len(steps) > _DEEPEST:  # also what an alias repeats inside of itself
            return self._mistaken(steps, NESTED)
        if len(self.places) > _MOST:  # also what aliases multiply
            return self._mistaken((), "this is too large") if not self.mistakes else None
        kind = str(node.tag).replace(_TAG, "!!")
        if node.id == "sequence" and kind == "!!seq":
            return [self.value(child, (*steps, index)) for index, child in enumerate(node.value)]
        if node.id == "mapping" and kind == "!!map":
            return {name: self.value(child, inner) for name, child, inner in self._members(node, steps)}
        try:
            return _scalar(kind, node.value)
        except ValueError:
            if not kind.startswith("!!"):
                return self._mistaken(steps, "a value that begins with `!` stands in quotes")
            return self._mistaken(steps, f"this is no `{kind}`; write it as plain text or a number")

    def _members(self, node: Any, steps: Steps) -> list[tuple[str, Any, Steps]]:
        members = []
        for key, child in node.value:
            name = str(key.value) if key.id == "scalar" else "?"
            inner = (*steps, name)
            repeated = inner in self.keys
            self.keys[inner] = _start(key)
            if key.id != "scalar":
                self._mistaken(inner, "a key is text, not a list or a mapping", key=True)
            elif key.tag == _MERGE:
                self._mistaken(inner, "`<<` merges nothing here; write the keys out", key=True)
            elif repeated:
                self._mistaken(inner, f"`{name}` stands here twice", key=True)
            members.append((name, child, inner))
        return members

    def _mistaken(self, steps: Steps, message: str, *, key: bool = False) -> None:
        self.mistakes.append(Mistake(steps, message, key))


def _start(node: Any) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _scalar(kind: str, text: Any) -> Any:
    """Return a plain value. Raises ValueError where the tag stands for none, or the text is none."""
    if kind in _TEXT:
        return text
    if kind == "!!null":
        return None
    if kind == "!!bool":
        return text.lower() == "true"
    if kind == "!!int":
        digits = text.replace("_", "")
        return int(digits, 0) if digits.lstrip("+-").startswith(("0x", "0o", "0b")) else int(digits)
    if kind == "!!float":
        return float(text.replace("_", "").lower().replace(".inf", "inf").replace(".nan", "nan"))
    raise ValueError(kind)
