import base64
import json
import random
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from linter.sources.excerpt import excerpt
from linter.sources.interface import Cell
from linter.sources.json5_document import Json5Document, parse_json5
from linter.sources.json_document import JsonDocument, parse_json
from linter.sources.paths import join
from linter.sources.positions import Lines
from linter.sources.text_document import TextDocument
from linter.sources.toml_document import TomlDocument

CELL = Cell("auth_profile_store", "primary", "store_json")


def document(text, cell=None):
    return JsonDocument("id", Path("/s/a.json"), "a.json", text, "", "", cell, parse_json(text).problem)


def at(doc, pointer):
    """The excerpt of a pointer, and what stands above its carets."""
    shown = excerpt(doc, doc.region(pointer))
    return shown.text, shown.text[shown.caret_start : shown.caret_end]


def test_the_line_of_a_value_is_shown_with_its_number():
    doc = document(json.dumps({"a": {"authProfileOverride": "openai:bob", "n": 1}}, indent=2))
    shown = excerpt(doc, doc.region("/a/authProfileOverride"))
    assert (shown.line_number, shown.text) == (3, '    "authProfileOverride": "openai:bob",')
    assert shown.text[shown.caret_start : shown.caret_end] == '"openai:bob"'


def test_the_caret_stays_under_its_value_when_others_are_masked():
    doc = document('{"access": "invented-0123456789-invented", "type": "oauth", "refresh": "rt_x"}')
    line = '{"access": "***", "type": "oauth", "refresh": "***"}'
    assert at(doc, "/type") == (line, '"oauth"')
    assert at(doc, "/access") == (line, '"***"')
    assert at(doc, "/refresh") == (line, '"***"')
    assert at(doc, "") == (line, line)


def test_a_value_of_several_lines_is_marked_to_the_end_of_its_first():
    doc = document('{\r\n  "order": [\r\n    "a"\r\n  ]\r\n}')
    assert at(doc, "/order") == ('  "order": [', "[")
    assert at(doc, "/order/0") == ('    "a"', '"a"')


def test_a_byte_order_mark_is_not_shown():
    assert at(document('\ufeff{"a": 1}'), "/a") == ('{"a": 1}', "1")


def test_a_cell_shows_the_member_without_a_line_number():
    doc = document(
        '{"version":1,"profiles":{"openai:bob":{"type":"oauth","refresh":"rt_x","expires":1}}}', CELL
    )
    assert excerpt(doc, doc.region("/version")).line_number is None
    assert at(doc, "/profiles/openai:bob/expires") == ('"expires":1', "1")
    assert at(doc, "/profiles/openai:bob/refresh") == ('"refresh":"***"', '"***"')
    assert at(doc, "/profiles/openai:bob") == (
        '"openai:bob":{"type":"oauth","refresh":"***","expires":1}',
        '{"type":"oauth","refresh":"***","expires":1}',
    )


def test_an_element_of_a_cell_stands_alone():
    assert at(document('{"order":{"openai":["openai:a","openai:b"]}}', CELL), "/order/openai/1") == (
        '"openai:b"',
        '"openai:b"',
    )


def test_a_long_line_shows_the_member():
    doc = document(json.dumps([{"n": i, "id": f"openai:{i}"} for i in range(1000)]))
    assert at(doc, "/900/id") == ('"id": "openai:900"', '"openai:900"')


def test_a_long_member_is_cut():
    doc = document(json.dumps({"order": ["openai:alice"] * 100}))
    text, under = at(doc, "/order")
    assert len(text) == 100
    assert text.startswith('"order": ["openai:alice", ')
    assert text.endswith("…")
    assert under == text[9:]


def test_a_token_longer_than_any_line_is_masked():
    doc = document(json.dumps({"access": "ab" * 500}), CELL)
    assert at(doc, "/access") == ('"access": "***', '"***')
    doc = TextDocument("id", Path("/s/a"), "a", "ab" * 500, "")
    assert at(doc, "") == ("***", "***")


def test_a_line_is_cut_around_the_caret():
    doc = document('{"a": "' + "plain-" * 20 + '", "b": 1, "c": "' + "plain-" * 20 + '"}')
    text, under = at(doc, "/b")
    assert (len(text), under) == (100, "1")
    assert text.startswith("…")
    assert text.endswith("…")


def test_a_torn_file_shows_the_place_but_no_token():
    doc = document('{"profiles": {\n"a": {"expires": 1763800000000, "refresh": "rt_invented0invented')
    shown = excerpt(doc, doc.region(""))
    assert shown.line_number == 2
    assert shown.text == '"a": {"expires": 1763800000000, "refresh": "***'
    assert shown.text[shown.caret_start] == '"'


def test_a_problem_at_the_end_of_the_text_has_its_caret_there():
    shown = excerpt(document('{"a": 1'), document('{"a": 1').region(""))
    assert shown == (1, '{"a": 1', 7, 7)
    assert excerpt(document(""), document("").region("")) == (1, "", 0, 0)


def test_characters_that_steer_a_terminal_are_replaced():
    doc = TextDocument("id", Path("/s/a"), "a", "a\x1b[31m\tb\u202e", "")
    assert at(doc, "") == ("a\ufffd[31m b\ufffd", "a\ufffd[31m b\ufffd")


def test_other_kinds_of_text_are_masked_alike():
    text = 'mode = "chatgpt"\nkey = "plain"\nfree = "0123456789abcdef0123456789abcdef"'
    doc = TomlDocument("id", Path("/s/a"), "a", text, "")
    assert at(doc, "/mode") == ('mode = "chatgpt"', '"chatgpt"')
    assert at(doc, "/key") == ('key = "***"', '"***"')
    assert at(doc, "/free") == ('free = "***"', '"***"')
    doc = TextDocument("id", Path("/s/a"), "a", "openai-codex:bob@example.com\nOPENAI_API_KEY=plain", "")
    assert at(doc, "/0") == ("openai-codex:bob@example.com",) * 2
    assert at(doc, "/1") == ("OPENAI_API_KEY=***",) * 2


def test_a_string_that_goes_on_from_the_line_before_is_masked():
    text = "{a: 'invented\\\nsecretsecret', b: 1}"
    doc = Json5Document("id", Path("/s/a"), "a", text, "", problem=parse_json5(text).problem)
    assert at(doc, "/b") == ("***', b: 1}", "1")


def tokens_of(data):
    text = base64.urlsafe_b64encode(data).decode()
    return [
        text,
        text.rstrip("="),
        base64.b64encode(data).decode(),
        data.hex(),
        f"sk-{text}",
        f"rt_{text}",
        f"eyJhbGciOiJSUzI1NiJ9.eyJ{text}.{data.hex()}",
        f"openclaw-oauth-refresh-fence:v1:{data.hex()}:access:{data.hex()}",
        f"Bearer {text}",
    ]


tokens = st.builds(  # as likely to be any token as any other
    lambda seed, size: random.Random(seed).choice(tokens_of(random.Random(seed).randbytes(size))),
    st.integers(0, 2**64),
    st.integers(15, 60),
)
public = st.sampled_from(
    ["openai:alice@example.com", "agent:main:main", "oauth", "gpt-5.1-codex", 1763800000000, True, None]
)
names = st.sampled_from(
    [
        "refresh",
        "provider",
        "authProfileOverride",
        "openai:alice@example.com",
        "displayName",
        "email",
        "x",
        "path",
    ]
)


def states(token):
    leaf = public | st.just(token) | st.sampled_from([f"{token} x", f"see:{token}", f"C:\\{token}\n"])
    return st.recursive(
        leaf,
        lambda inner: (
            st.lists(inner, min_size=1, max_size=4)
            | st.dictionaries(names | st.just(token), inner, min_size=1, max_size=4)
        ),
        max_leaves=10,
    )


@st.composite
def states_with_token(draw):
    token = draw(tokens)
    value = draw(states(token))
    indent = draw(st.sampled_from([None, 0, 2, "\t"]))
    separators = draw(st.sampled_from([(",", ":"), (", ", ": "), (" ,", " :\n")]))
    return token, value, json.dumps(value, indent=indent, separators=separators)


def pointers(value, pointer=""):
    yield pointer
    children = (
        value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    )
    for name, child in children:
        yield from pointers(child, join(pointer, name))


def assert_hidden(token, shown):
    assert len(shown.text) <= 100
    for word in token.replace("openclaw-oauth-refresh-fence", "").replace(":", " ").split():
        for start in range(len(word) - 7):
            assert word[start : start + 8] not in shown.text


@settings(max_examples=70)
@given(states_with_token(), st.sampled_from([None, CELL]))
def test_no_part_of_a_token_is_shown_wherever_it_stands(state, cell):
    token, value, text = state
    docs = [
        document(text, cell),
        Json5Document("id", Path("/s/a"), "a", text.replace('"provider"', "provider"), "", cell=cell),
    ]
    for doc in docs:
        for pointer in pointers(value):
            assert_hidden(token, excerpt(doc, doc.region(pointer)))
    lines = TextDocument("id", Path("/s/a"), "a", text, "")
    for member in lines.members(""):
        assert_hidden(token, excerpt(lines, lines.region(f"/{member.name}")))


@settings(max_examples=80)
@given(states_with_token(), st.data())
def test_no_part_of_a_token_is_shown_from_a_torn_text(state, data):
    token, _, text = state
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
    torn = data.draw(
        st.sampled_from(
            [text[: cuts[0]], text[cuts[0] :], text[: cuts[0]] + text[cuts[1] :], text[cuts[0] : cuts[1]]]
        )
    )
    doc = document(torn)
    assume(doc.problem is not None)
    assert_hidden(token, excerpt(doc, doc.region("")))
    anywhere = data.draw(st.integers(0, len(torn)))
    assert_hidden(token, excerpt(doc, Lines(torn).region(anywhere, anywhere + 5)))


@given(
    st.dictionaries(names.filter(lambda name: name != "refresh"), public, min_size=1),
    st.sampled_from([None, 2]),
)
def test_public_values_stay_as_they_are_above_their_carets(value, indent):
    doc = document(json.dumps(value, indent=indent))
    for name, part in value.items():
        assert at(doc, join("", name))[1] == json.dumps(part)


@pytest.mark.parametrize("cell", [None, CELL])
def test_an_excerpt_of_a_large_line_looks_at_its_surroundings_only(cell):
    text = json.dumps({f"agent:main:{i}": {"n": "x" * 50} for i in range(10_000)})

    class Watched(str):
        __slots__ = ()

        def __getitem__(self, index):
            part = str.__getitem__(self, index)
            assert len(part) < 2000
            return part

    doc = document(text, cell)
    region = doc.region("/agent:main:9999/n")
    doc.text = Watched(text)
    assert excerpt(doc, region).text == '"n": "***"'
