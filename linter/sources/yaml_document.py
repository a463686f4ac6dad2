"""YAML: values by `ruamel.yaml`, places by the nodes that it composes the text of."""

from typing import Any

from linter.sources.positions import Parsed, problem_at
from linter.sources.tree_document import Span, TreeDocument


class YamlDocument(TreeDocument):
    """A YAML file that holds one document."""

    format = "yaml"

    def _extent(self) -> tuple[int, int]:
        root = _compose(self.text)
        self._nodes = {root.start_mark.index: root}
        return _span(root)

    def _children(self, start: int) -> list[Span]:
        value = self._nodes[start].value
        if not isinstance(value, list):
            return []
        children = []
        for index, item in enumerate(value):
            key, node = item if isinstance(item, tuple) else (None, item)
            self._nodes[node.start_mark.index] = node
            begin, end = _span(key) if key is not None else (0, 0)
            children.append(Span(index if key is None else str(key.value), begin, end, *_span(node)))
        return children


def parse_yaml(text: str) -> Parsed:
    """Parse YAML by the safe schema; the message of a mistake says what the parser expected, no content."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - few files are YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError  # noqa: PLC0415 - as above

    if not text.strip():
        return Parsed(None, problem_at(text, 0, "the file is empty"), empty=True)
    try:
        return Parsed(YAML(typ="safe", pure=True).load(text), None)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return Parsed(None, problem_at(text, min(mark.index if mark else 0, len(text)), "not valid YAML"))
    except (YAMLError, RecursionError, ValueError):
        return Parsed(None, problem_at(text, 0, "not valid YAML"))


def _compose(text: str) -> Any:
    from ruamel.yaml import YAML  # noqa: PLC0415 - as above

    return YAML(typ="safe", pure=True).compose(text)


def _span(node: Any) -> tuple[int, int]:
    return node.start_mark.index, node.end_mark.index
