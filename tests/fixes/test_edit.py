"""Edits of JSON text: what they change, and what they leave alone."""

import json
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.engine.finding import Edit
from linter.fixes.container import Conflict
from linter.fixes.edit import apply, replacements
from linter.sources.json_document import JsonDocument


def document(text):
    return JsonDocument("s", Path("/state/s"), "s", text, sha256(text.encode()).hexdigest())


def remove(pointer):
    return Edit("remove", "s", pointer)


def put(pointer, value):
    return Edit("set", "s", pointer, value)


def insert(pointer, value):
    return Edit("insert", "s", pointer, value)


def edited(text, *edits):
    return apply(text, replacements(document(text), edits))


PRETTY = """{
  "a": 1,
  "b": {
    "c": [],
    "d": ["x", "y"]
  },
  "e": "ü"
}
"""


@pytest.mark.parametrize(
    ("edits", "old", "new"),
    [
        pytest.param([remove("/a")], '  "a": 1,\n', "", id="the first member goes with its line"),
        pytest.param([remove("/b/c")], '    "c": [],\n', "", id="a nested member goes with its line"),
        pytest.param([remove("/e")], ',\n  "e": "ü"', "", id="the last member takes the comma before it"),
        pytest.param([remove("/b/d/0")], '"x", ', "", id="an element on a shared line goes alone"),
        pytest.param(
            [remove("/b/d/1")], ', "y"', "", id="the last element on a line takes the comma before it"
        ),
        pytest.param([remove("/b/d/0"), remove("/b/d/1")], '"x", "y"', "", id="all elements leave brackets"),
        pytest.param([put("/a", 2)], '"a": 1', '"a": 2', id="a value is replaced"),
        pytest.param([put("/b/d", ["y"])], '["x", "y"]', '["y"]', id="a list on one line stays on one line"),
        pytest.param(
            [put("/f", None)], '"ü"\n', '"ü",\n  "f": null\n', id="a member is added on its own line"
        ),
        pytest.param([insert("/b/d/-", "z")], '"y"', '"y", "z"', id="an element is appended"),
        pytest.param([insert("/b/d/0", "z")], '"x"', '"z", "x"', id="an element is put before another"),
        pytest.param(
            [insert("/b/c/-", "z")], "[]", '[\n      "z"\n    ]', id="an empty list opens over several lines"
        ),
        pytest.param(
            [put("/b/d", {"k": [1]})],
            '["x", "y"]',
            '{"k": [1]}',
            id="a new value has the layout of the one it replaces",
        ),
        pytest.param(
            [put("/a", {"k": [1]})],
            '"a": 1',
            '"a": {\n    "k": [\n      1\n    ]\n  }',
            id="a scalar grows into the indentation of the file",
        ),
        pytest.param(
            [remove("/e"), put("/f", 1)], '"e": "ü"', '"f": 1', id="what is added takes a removed place"
        ),
        pytest.param([remove("/b/d/1"), insert("/b/d/-", "z")], '"y"', '"z"', id="an element is exchanged"),
        pytest.param([remove("/a"), remove("/a")], '  "a": 1,\n', "", id="the same removal twice is one"),
        pytest.param([remove("/zzz"), put("/a", 2)], '"a": 1', '"a": 2', id="what is not there need not go"),
    ],
)
def test_an_edit_changes_only_its_place(edits, old, new):
    assert PRETTY.count(old) == 1
    assert edited(PRETTY, *edits) == PRETTY.replace(old, new)


def test_windows_newlines_and_byte_order_mark_stay():
    text = '\ufeff{\r\n\t"a": 1,\r\n\t"b": {}\r\n}\r\n'
    assert edited(text, put("/b/x", [1])) == (
        '\ufeff{\r\n\t"a": 1,\r\n\t"b": {\r\n\t\t"x": [\r\n\t\t\t1\r\n\t\t]\r\n\t}\r\n}\r\n'
    )
    assert edited(text, remove("/a")) == '\ufeff{\r\n\t"b": {}\r\n}\r\n'


def test_text_without_blanks_stays_without_blanks():
    assert edited('{"a":[1,2]}', put("/b", {"c": [1, 2]}), remove("/a/0")) == '{"a":[2],"b":{"c":[1,2]}}'
    assert edited('{"a":[]}', insert("/a/-", [1, 2])) == '{"a":[[1,2]]}'


def test_every_duplicate_of_a_removed_key_goes():
    assert edited('{"a": 1, "b": 2, "a": 3}', remove("/a")) == '{"b": 2}'


def test_keys_that_need_escapes_are_found():
    assert edited('{"a/b": {"~": 1, "k": 2}}', remove("/a~1b/~0")) == '{"a/b": {"k": 2}}'


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param([put("/nowhere/x", 1)], id="the parent is gone"),
        pytest.param([insert("/nowhere/-", 1)], id="the list is gone"),
        pytest.param([insert("/b/d/7", 1)], id="the index is beyond the end"),
        pytest.param([put("/a/x", 1)], id="the parent is a scalar"),
        pytest.param([insert("/b/-", 1)], id="the list is an object"),
        pytest.param([put("/a", 1), put("/a", 2)], id="two values for one place"),
        pytest.param([put("/n", 1), put("/n", 2)], id="two values for one new member"),
        pytest.param([remove("/b"), put("/b/c", 2)], id="an edit within what is removed"),
        pytest.param([remove("")], id="the whole document"),
    ],
)
def test_edits_that_cannot_be_made_are_refused(edits):
    with pytest.raises(Conflict):
        replacements(document(PRETTY), edits)


def test_setting_the_value_that_is_there_changes_nothing():
    assert replacements(document(PRETTY), [put("/a", 1), remove("/zzz")]) == ()


keys = st.text(st.sampled_from('ab/~"\\é😀'), max_size=3)
scalars = st.none() | st.booleans() | st.integers(-99, 99) | st.text(max_size=4).filter(str.isprintable)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4)
)
layouts = st.sampled_from(
    [
        {"indent": 2},
        {"indent": "\t"},
        {"indent": None},
        {"separators": (",", ":")},
        {"indent": 0},
    ]
)


def pointers(value, here=""):
    """Every pointer into a value, with the containers' own value."""
    yield here, value
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for name, child in children:
        yield from pointers(child, f"{here}/{str(name).replace('~', '~0').replace('/', '~1')}")


@st.composite
def scenes(draw):
    value = draw(st.dictionaries(keys, values, min_size=1, max_size=4))
    text = json.dumps(value, ensure_ascii=False, **draw(layouts)).replace(
        "\n", draw(st.sampled_from(["\n", "\r\n"]))
    )
    path, container = draw(st.sampled_from([it for it in pointers(value) if isinstance(it[1], (dict, list))]))
    edits = []
    if isinstance(container, dict):
        for name in draw(st.sets(keys, min_size=1, max_size=3)):
            token = name.replace("~", "~0").replace("/", "~1")
            action = draw(st.sampled_from([remove, lambda it: put(it, draw(values))]))
            edits.append(action(f"{path}/{token}"))
    else:
        for index in draw(st.sets(st.integers(0, len(container)), min_size=1, max_size=3)):
            action = draw(st.sampled_from([remove, lambda it: insert(it, draw(values))]))
            edits.append(action(f"{path}/{index}"))
    return draw(st.sampled_from(["", "\ufeff"])) + text + draw(st.sampled_from(["", "\n"])), path, edits


def changed(container, edits):
    """The container as the edits leave it, by the meaning of the edits and nothing else."""
    tokens = [edit.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~") for edit in edits]
    if isinstance(container, dict):
        result = dict(container)
        for edit, name in zip(edits, tokens, strict=True):
            if edit.action == "set":
                result[name] = edit.value
            else:
                result.pop(name, None)
        return result
    slots = [[item] for item in container] + [[]]
    for edit, name in zip(edits, tokens, strict=True):
        if edit.action == "insert":
            slots[int(name)].insert(0, edit.value)
        elif int(name) < len(container):
            slots[int(name)].pop()
    return [item for slot in slots for item in slot]


def replaced(value, path, new):
    """The value with another one at the path."""
    if not path:
        return new
    head, *rest = (token.replace("~1", "/").replace("~0", "~") for token in path.split("/")[1:])
    tail = "".join("/" + token.replace("~", "~0").replace("/", "~1") for token in rest)
    copy = dict(value) if isinstance(value, dict) else list(value)
    key = head if isinstance(value, dict) else int(head)
    copy[key] = replaced(value[key], tail, new)
    return copy


@given(scenes())
def test_edited_text_parses_to_the_edited_value(scene):
    text, path, edits = scene
    before = json.loads(text.removeprefix("\ufeff"))
    container = dict(pointers(before))[path]
    changes = replacements(document(text), edits)
    after = json.loads(apply(text, changes).removeprefix("\ufeff"))
    assert after == replaced(before, path, changed(container, edits))
    # Outside the container, and in the children that no edit names, every character stays.
    start, end = (position.offset for position in document(text).region(path))
    assert all(start < change.start and change.end < end for change in changes)
    named = {edit.pointer for edit in edits}
    for child in document(text).members(path):
        token = str(child.name).replace("~", "~0").replace("/", "~1")
        if f"{path}/{token}" not in named:
            first, last = (child.key or child.value)[0], child.value[1]
            assert not any(change.start < last and first < change.end for change in changes)


@given(scenes())
def test_replacements_stand_in_order_without_overlap(scene):
    text, _, edits = scene
    changes = replacements(document(text), edits)
    assert all(left.end < right.start for left, right in pairwise(changes))
    assert all(text[change.start : change.end] != change.text for change in changes)
