"""Pages of recorded states, and what a browser would make of one."""

from html.parser import HTMLParser
from io import StringIO

import pytest

from linter.reports.interface import format_named

VOID = {"meta"}


class Parsed(HTMLParser):
    """The elements of a page with their attributes, all text, and the texts of elements by class or name."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.found, self._open = [], [], []
        self.feed(page)
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append([tag, dict(attrs), ""])

    def handle_data(self, data):
        for one in self._open:
            one[2] += data

    def handle_endtag(self, tag):
        name, attributes, text = self._open.pop()
        assert name == tag
        self.found.append((name, attributes, text))

    def texts(self, wanted):
        """Return the texts of elements of a name, a class or an id."""
        return [
            text
            for name, attributes, text in self.found
            if wanted in (name, attributes.get("id"), *(attributes.get("class") or "").split())
        ]


@pytest.fixture
def page():
    """Return a function that writes the page of a report and parses it."""

    def write(report):
        stream = StringIO()
        format_named("html").write(report, stream)
        return Parsed(stream.getvalue())

    return write
