"""Diffs that people read: the change in its lines, and never a secret."""

import json
from hashlib import sha256
from pathlib import Path

from linter.engine.finding import Edit, Fix
from linter.fixes.diff import diff
from linter.fixes.editable import editable
from linter.fixes.plan import plan
from linter.sources.documents import Documents
from linter.sources.json_document import JsonDocument

SECRET = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJpbnZlbnRlZCJ9.c2lnbmF0dXJl"


def shown(text, *edits):
    documents = Documents()
    documents.add(JsonDocument("s", Path("/state/s"), "s", text, sha256(text.encode()).hexdigest()))
    planned = plan(Fix("t", "unsafe", edits=edits), editable(documents, [Path("/state")]))
    return list(diff(planned.files[0]))


def remove(pointer):
    return Edit("remove", "s", pointer)


def test_changes_have_three_lines_of_context():
    text = json.dumps({f"key{number}": number for number in range(9)}, indent=2)
    assert shown(text, remove("/key4"), Edit("set", "s", "/key5", 50)) == [
        "@@ -3,8 +3,7 @@",
        '   "key1": 1,',
        '   "key2": 2,',
        '   "key3": 3,',
        '-  "key4": 4,',
        '-  "key5": 5,',
        '+  "key5": 50,',
        '   "key6": 6,',
        '   "key7": 7,',
        '   "key8": 8',
    ]


def test_distant_changes_are_hunks_that_count_lines_on_both_sides():
    text = json.dumps({f"key{number}": number for number in range(30)}, indent=2) + "\n"
    lines = shown(text, remove("/key5"), remove("/key20"), Edit("set", "s", "/new", [1]))
    assert [line for line in lines if line.startswith(("@", "-", "+"))] == [
        "@@ -4,7 +4,6 @@",
        '-  "key5": 5,',
        "@@ -19,7 +18,6 @@",
        '-  "key20": 20,',
        "@@ -28,5 +26,8 @@",
        '-  "key29": 29',
        '+  "key29": 29,',
        '+  "new": [',
        "+    1",
        "+  ]",
    ]


def test_secrets_are_masked_on_every_line():
    text = json.dumps({"access": SECRET, "expires": 1, "refresh": SECRET}, indent=2)
    lines = "\n".join(shown(text, Edit("set", "s", "/expires", 2), remove("/refresh")))
    assert SECRET[:12] not in lines
    assert '-  "expires": 1,\n' in lines
    assert '+  "expires": 2\n' in lines


def test_of_a_text_on_one_line_only_the_change_is_shown():
    text = json.dumps({f"key{number}": "x" for number in range(5000)})
    lines = shown(text, Edit("set", "s", "/key2500", "y"))
    assert max(map(len, lines)) < 200
    assert any("key2500" in line and line.startswith("-") for line in lines)
    assert any("key2500" in line and line.startswith("+") for line in lines)
