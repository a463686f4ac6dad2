import json
from pathlib import Path

import json5
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.sources.json5_document import Json5Document, parse_json5
from linter.sources.paths import join
from linter.sources.reading import load_json5


def document(text):
    return Json5Document("a.json", Path("/s/a.json"), "a.json", text, "", problem=parse_json5(text).problem)


def cut(doc, region):
    return doc.text[region.start.offset : region.end.offset]


def walk(value, pointer=""):
    yield pointer, value
    children = (
        value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    )
    for name, child in children:
        yield from walk(child, join(pointer, name))


blank = st.sampled_from(
    ["", "", " ", "\n", "\t", "// it's } \" not\n", "/* ' { \" */", "/**/", "\ufeff", "\u00a0"]
)
letters = st.text("ab/*'\"{}[]:,\\\n é", max_size=5)


def quoted(text, quote):
    body = text.replace("\\", "\\\\").replace(quote, "\\" + quote).replace("\n", "\\n\\\n")
    return quote + body + quote


strings = st.builds(quoted, letters, st.sampled_from("\"'"))
keys = (
    st.sampled_from(['"a"', '"/*"'])
    | strings
    | st.sampled_from(["a", "$b_1", "ünï", "\\u0061b", "null", "Infinity"])
)
plain = st.sampled_from(['"//"', '"/*"', '",]"', "1", "null"])
scalars = (
    plain
    | strings
    | st.sampled_from(["1", "-.5", "+1", "0xFf", "1e3", "5.", "NaN", "-Infinity", "true", "null"])
)


def joined(draw, opening, items, closing):
    text = opening + draw(blank)
    for index, item in enumerate(items):
        text += ("," if index else "") + draw(blank) + item + draw(blank)
    comma = "," if items and draw(st.booleans()) else ""
    return text + comma + draw(blank) + closing


@st.composite
def arrays(draw, inner):
    return joined(draw, "[", draw(st.lists(inner, max_size=3)), "]")


@st.composite
def objects(draw, inner):
    names = draw(st.lists(keys, max_size=3))
    items = [name + draw(blank) + ":" + draw(blank) + draw(inner) for name in names]
    return joined(draw, "{", items, "}")


texts = st.builds(
    "".join,
    st.tuples(
        blank, st.recursive(scalars, lambda inner: arrays(inner) | objects(inner), max_leaves=6), blank
    ),
)


@settings(max_examples=50)
@given(texts)
def test_the_walker_and_the_library_agree(text):
    value = json5.loads(text)
    assert repr(parse_json5(text).value) == repr(value)
    doc = document(text)
    for pointer, part in walk(value):
        assert repr(json5.loads(cut(doc, doc.region(pointer)))) == repr(part)
        children = doc.members(pointer)
        names = (
            list(part) if isinstance(part, dict) else list(range(len(part) if isinstance(part, list) else 0))
        )
        assert list(dict.fromkeys(child.name for child in children)) == names
        for child in children:
            if child.key is not None:
                assert child.name in json5.loads(f"{{{doc.text[slice(*child.key)]}: 0}}")


def test_comments_and_trailing_commas_need_no_library(monkeypatch):
    monkeypatch.setattr(json5, "loads", lambda *_: pytest.fail("not needed"))
    text = '{\n  // it\'s a "comment", \n  "a": ["//", "/* \\" ,]", /* , ] */],\n}'
    assert parse_json5(text).value == {"a": ["//", '/* " ,]']}


@pytest.mark.parametrize(
    "text", ["[,]", "{,}", "[1,,]", "[1,/**/,]", "[/**/,]", "[1,] /", "{'a': \"'//\", b: 1,,}"]
)
def test_misplaced_commas_and_comments_are_problems(text):
    with pytest.raises(ValueError, match="Unexpected"):
        json5.loads(text)
    assert parse_json5(text).problem is not None


def test_plain_json_is_walked_and_needs_no_library(monkeypatch):
    monkeypatch.setattr(json5, "loads", lambda *_: pytest.fail("not needed"))
    text = json.dumps({"auth": {"profiles": {"openai:a@b.c": {"mode": "oauth"}}}}, indent=2)
    doc = document(text)
    assert cut(doc, doc.region("/auth/profiles/openai:a@b.c/mode")) == '"oauth"'
    assert doc.kind == "json5"


def test_of_duplicate_keys_the_last_is_found():
    doc = document("{a: 1, 'a': 2}")
    assert cut(doc, doc.region("/a")) == "2"
    assert [member.name for member in doc.members("")] == ["a", "a"]


def test_what_does_not_exist_is_shown_at_its_nearest_ancestor():
    doc = document("{a: [1, /* two */]}")
    assert cut(doc, doc.region("/a/1")) == "[1, /* two */]"


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ("{a:\n\n  rt_invented}", "unexpected", 3, 3),
        ("{a: 1", "no end", 1, 6),
        ("\ufeff{a: 1} x", "unexpected", 1, 8),
        ("{a: 'rt_invented", "no end", 1, 17),
        ('{a: "x\ny"}', "unexpected", 1, 7),
        ("// nothing", "no end", 1, 11),
        ("[" * 5000 + "a", "deeply", 1, 1),
        ("", "empty", 1, 1),
    ],
)
def test_a_text_that_does_not_parse_says_what_and_where(text, message, line, column):
    problem = parse_json5(text).problem
    assert message in problem.message
    assert "rt_" not in problem.message
    assert (problem.line, problem.column) == (line, column)
    assert document(text).region("/a").start == problem[1:]


def test_lone_surrogates_become_replacement_characters():
    text = "{'\\ud800x': ['\\udc00'], b: '\\uD83D\\uDE00',}"
    assert parse_json5(text).value == {"\ufffdx": ["\ufffd"], "b": "\U0001f600"}
    assert cut(document(text), document(text).region("/\ufffdx/0")) == r"'\udc00'"


def test_json5_is_loaded_with_its_document(tmp_path):
    (tmp_path / "openclaw.json").write_text("{auth: {},} // no profiles")
    loaded = load_json5(tmp_path / "openclaw.json", "openclaw.json", "openclaw.json")
    assert (loaded.value, loaded.error, loaded.document.kind) == ({"auth": {}}, None, "json5")
