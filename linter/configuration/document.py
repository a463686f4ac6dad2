"""A configuration as a document that findings can point into."""

from linter.engine.yaml_text import YamlText
from linter.sources.lines import Lines
from linter.sources.paths import join
from linter.sources.region import Region
from linter.sources.text_document import TextDocument


class YamlDocument(TextDocument):
    """A YAML text under its absolute path; the region of a value is the rest of the line it begins on."""

    def __init__(self, parsed: YamlText) -> None:
        name = str(parsed.path)
        super().__init__(name, parsed.path, name, "\n".join(parsed.lines), "", kind="yaml")
        self._lengths = [len(line) for line in parsed.lines]
        self._places = {join("", *steps): place for steps, place in parsed.places.items()}

    def region(self, pointer: str) -> Region:
        """Return where the value at a JSON pointer begins; its nearest ancestor if it does not exist."""
        while pointer and pointer not in self._places:
            pointer = pointer.rpartition("/")[0]
        line, column = self._places.get(pointer, (1, 1))
        before = sum(length + 1 for length in self._lengths[: line - 1])
        return Lines(self.text).region(before + column - 1, before + self._lengths[line - 1])
