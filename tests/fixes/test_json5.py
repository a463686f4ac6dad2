"""Edits of JSON5: comments, trailing commas and bare keys stay."""

from hashlib import sha256
from pathlib import Path

import json5
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.engine.finding import Edit
from linter.fixes.edit import apply, replacements
from linter.sources.json5_document import Json5Document

CONFIG = """\
// who may log in
{
  auth: {
    /* tried
       in turn */
    order: {
      'openai-codex': ["a", "b"], // work first
    },
    profiles: {
      // the seat at work
      "a": { mode: "oauth" }, // renewed in May
      // the private one
      "b": { mode: "oauth" }
    },
    note: 'x', // why
    cooldowns: {
      // none yet
    }
  }
}
"""


def document(text):
    return Json5Document("c", Path("/state/c"), "c", text, sha256(text.encode()).hexdigest())


def remove(pointer):
    return Edit("remove", "c", pointer)


def put(pointer, value):
    return Edit("set", "c", pointer, value)


def edited(text, *edits):
    return apply(text, replacements(document(text), edits))


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        pytest.param(
            remove("/auth/profiles/a"),
            '      "a": { mode: "oauth" }, // renewed in May\n',
            "      // renewed in May\n",
            id="comments around a removed member stay",
        ),
        pytest.param(
            remove("/auth/profiles/b"),
            '{ mode: "oauth" }, // renewed in May\n      // the private one\n      "b": { mode: "oauth" }\n',
            '{ mode: "oauth" } // renewed in May\n      // the private one\n',
            id="the last member takes the comma before the comment",
        ),
        pytest.param(
            put("/auth/profiles/c", 1),
            '      "b": { mode: "oauth" }\n',
            '      "b": { mode: "oauth" },\n      "c": 1\n',
            id="a quoted key beside quoted keys",
        ),
        pytest.param(
            put("/auth/order/z", ["a"]),
            '["a", "b"], // work first\n',
            '["a", "b"], // work first\n      "z": [\n        "a"\n      ],\n',
            id="behind the comment of the line, with a trailing comma where there was one",
        ),
        pytest.param(
            put("/auth/cooldowns/hours", 5),
            "      // none yet\n",
            '      // none yet\n      "hours": 5\n',
            id="below a lonely comment",
        ),
        pytest.param(
            put("/auth/enabled", True),
            "      // none yet\n    }\n",
            "      // none yet\n    },\n    enabled: true\n",
            id="a bare key beside bare keys",
        ),
        pytest.param(
            remove("/auth/note"), "    note: 'x', // why\n", "    // why\n", id="a line with a comment"
        ),
    ],
)
def test_an_edit_leaves_comments_alone(edit, old, new):
    assert CONFIG.count(old) == 1
    assert edited(CONFIG, edit) == CONFIG.replace(old, new)


@pytest.mark.parametrize(
    ("before", "edits", "after"),
    [
        ("[1, 2,]", [remove("/1")], "[1,]"),
        ("[1, 2,]", [remove("/0"), remove("/1")], "[]"),
        ("[1,]", [Edit("insert", "c", "/-", 2)], "[1, 2,]"),
        (
            "[1, /* two */ 2, 3 // three\n]",
            [remove("/0"), remove("/1"), remove("/2")],
            "[/* two */ // three\n]",
        ),
        ("[0 ,1,]", [Edit("insert", "c", "/0", 9), Edit("insert", "c", "/2", 9)], "[9,0 ,1,9,]"),
        ("[1 // one\n, 2]", [remove("/1")], "[1 // one\n ]"),
        ("{/* none */}", [put("/a", 1)], '{/* none */"a": 1}'),
        ("{a: 1, b: 2}", [put("/a b", 3)], '{a: 1, b: 2, "a b": 3}'),
    ],
)
def test_commas_come_and_go_with_their_children(before, edits, after):
    assert edited(before, *edits) == after


blanks = st.sampled_from(["", " ", "\n", "\n  ", " // note\n", "/* note */", "\n  // note\n  ", "\r\n\t"])


@st.composite
def arrays(draw):
    """An array of distinct numbers with blanks and comments anywhere, and the numbers."""
    numbers = list(range(draw(st.integers(1, 5))))
    parts = [f"{draw(blanks)}{number}{draw(blanks)}" for number in numbers]
    trailing = "," + draw(blanks) if draw(st.booleans()) else ""
    return f"[{','.join(parts)}{trailing}]", numbers


@given(arrays(), st.data())
def test_any_edit_of_any_layout_parses_and_keeps_every_comment(array, data):
    text, numbers = array
    gone = data.draw(st.sets(st.sampled_from(numbers)))
    places = data.draw(st.sets(st.integers(0, len(numbers)), max_size=2))
    edits = [remove(f"/{index}") for index in gone]
    edits += [Edit("insert", "c", f"/{index}", 100 + index) for index in places]
    after = edited(text, *edits)
    expected = []
    for index in range(len(numbers) + 1):
        expected += [100 + index] if index in places else []
        expected += [index] if index in set(numbers) - gone else []
    assert json5.loads(after) == expected
    assert after.count("note") == text.count("note")
