"""A configuration as a document that findings can point into."""

from linter.engine.yaml_text import YamlText
from linter.sources.interface import Document
from linter.sources.paths import join


class YamlDocument(Document):
    """A YAML text under its absolute path; the region of a value is the rest of the line it begins on."""

    format = "yaml"

    def __init__(self, parsed: YamlText) -> None:
        name = str(parsed.path)
        super().__init__(name, parsed.path, name, "\n".join(parsed.lines), "")
        self._lengths = [len(line) for line in parsed.lines]
        self._places = {join("", *steps): place for steps, place in parsed.places.items()}

    def _span(self, pointer: str) -> tuple[int, int]:
        while pointer and pointer not in self._places:
            pointer = pointer.rpartition("/")[0]
        line, column = self._places.get(pointer, (1, 1))
        before = sum(length + 1 for length in self._lengths[: line - 1])
        return before + column - 1, before + self._lengths[line - 1]
