"""Plain text files are set, with the white space around what is set left alone."""

from pathlib import Path

import pytest

from linter.engine.finding import Edit, Fix
from linter.fixes.diff import diff
from linter.fixes.editable import editable
from linter.fixes.plan import Plan, plan
from linter.sources.documents import Documents
from linter.sources.text_document import TextDocument


def planned(text, *edits):
    documents = Documents()
    documents.add(TextDocument("t", Path("/t"), "t", text, ""))
    return plan(Fix("t", "safe", edits=edits), editable(documents, [Path("/")]))


def put(value, pointer="/value"):
    return Edit("set", "t", pointer, value)


@pytest.mark.parametrize(
    ("text", "edit", "after"),
    [
        ("openclaw:a\n", put("openclaw:b"), "openclaw:b\n"),
        ("\ufeff  a\r\n", put("b"), "\ufeff  b\r\n"),
        ("a\nb\n", put("c", "/1"), "a\nc\n"),
        ("", put("b"), "b"),
    ],
)
def test_text_is_set(text, edit, after):
    plan_ = planned(text, edit)
    assert isinstance(plan_, Plan)
    assert plan_.files[0].data() == after.encode()


@pytest.mark.parametrize(
    ("edits", "reason"),
    [
        ([Edit("remove", "t", "/0")], "only be set"),
        ([put(5)], "only be set"),
        ([put("b"), put("c")], "two values"),
        ([put("b"), put("c", "/0")], "two values"),
        ([put("a")], "nothing left"),
    ],
)
def test_what_cannot_be_done_to_text_is_not(edits, reason):
    assert reason in planned("a\n", *edits).reason


def test_the_diff_shows_the_line():
    plan_ = planned("openclaw:one\n", put("openclaw:two"))
    assert list(diff(plan_.files[0])) == [
        "@@ -1,1 +1,1 @@",
        "-openclaw:one",
        "+openclaw:two",
    ]
