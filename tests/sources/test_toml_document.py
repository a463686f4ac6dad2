from pathlib import Path

import pytest

from linter.sources.reading import load_toml
from linter.sources.toml_document import TomlDocument, parse_toml

TEXT = '''\ufeff# a comment = 1
model = "gpt-5" # chosen
"quoted.key" = 'a # b'
when = 2026-11-22
a.b = [1, # one
  2]
text = """
fake = 1
[nothing]
"""

[profiles.work]  # a table
cli_auth_credentials_store = "file"

[[servers]]
name = "one"
[[servers]]
name = "two"
'''


def document(text):
    return TomlDocument("c.toml", Path("/s/c.toml"), "c.toml", text, "", problem=parse_toml(text).problem)


def cut(doc, region):
    return doc.text[region.start.offset : region.end.offset]


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [
        ("/model", '"gpt-5"'),
        ("/quoted.key", "'a # b'"),
        ("/profiles/work", "profiles.work"),
        ("/profiles/work/cli_auth_credentials_store", '"file"'),
        ("/servers/1/name", '"two"'),
        ("/when", "2026-11-22"),
    ],
)
def test_values_are_found_where_they_stand(pointer, expected):
    doc = document(TEXT)
    assert cut(doc, doc.region(pointer)) == expected


def test_keys_inside_of_texts_are_no_keys():
    doc = document(TEXT)
    assert "/fake" not in doc._spans
    assert "/nothing" not in doc._spans
    assert cut(doc, doc.region("/text")).endswith('[nothing]\n"""')


def test_what_is_inside_an_array_is_shown_at_the_array():
    doc = document(TEXT)
    assert doc.region("/a/b/1").start == doc.region("/a/b").start
    assert doc.region("/a/b").start.line == 5


def test_what_does_not_exist_is_shown_at_its_nearest_ancestor():
    doc = document(TEXT)
    assert cut(doc, doc.region("/profiles/work/none")) == "profiles.work"
    assert doc.region("/none").start.line == 1


def test_dates_become_texts():
    assert parse_toml(TEXT).value["when"] == "2026-11-22"
    assert parse_toml(TEXT).value["a"] == {"b": [1, 2]}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("a = 1\nb = = 2\n", 2, 5), ("a = [1,\n", 2, 1), ("\ufeffa = rt_invented", 1, 5)],
)
def test_a_text_that_does_not_parse_says_where(text, line, column):
    problem = parse_toml(text).problem
    assert problem[:3] == ("not valid TOML", line, column)
    assert document(text).region("/a").start[:2] == (line, column)
    assert not document(text).members("")


def test_an_empty_file_is_an_empty_table(tmp_path):
    (tmp_path / "config.toml").write_text("\n")
    loaded = load_toml(tmp_path / "config.toml", "config.toml", "config.toml")
    assert (loaded.value, loaded.error, loaded.empty, loaded.document.kind) == ({}, None, True, "toml")
