"""What is written can be read, reviewed and merged; what is no baseline is refused with its line."""

import json
import os
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.baseline.file import Baseline, BaselineError, Entry, read_baseline, write_baseline
from linter.engine.finding import Severity

SCHEMA = json.loads(Path("linter/baseline/baseline.schema.json").read_text())
ONE = Entry("token-expired", "note", "profile/openai:a", "a" * 32)
TWO = Entry("order-entry-exists", "error", "order/openai:b", "b" * 32)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=9)
entries = st.builds(Entry, texts, st.sampled_from(Severity.__args__), texts, st.text("0123456789abcdef"))
states = st.dictionaries(
    texts, st.lists(entries).map(lambda found: {entry.fingerprint: entry for entry in found}), max_size=3
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "authlint-baseline.json"


def known(*found):
    return {entry.fingerprint: entry for entry in found}


@given(states=states)
def test_what_is_written_is_read_again(states, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "baseline.json"
    write_baseline(Baseline(path, states))
    assert read_baseline(path) == Baseline(path, states)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(path.read_text()))


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_a_finding_takes_a_line_whatever_the_order_it_was_found_in(path):
    write_baseline(Baseline(path, {"b": known(ONE, TWO), "a": {}}))
    first = path.read_text()
    write_baseline(Baseline(path, {"a": {}, "b": known(TWO, ONE)}))
    assert path.read_text() == first
    assert first.splitlines() == [
        "{",
        '  "version": 1,',
        '  "states": {',
        '    "a": [],',
        '    "b": [',
        f"      {json.dumps(TWO._asdict())},",
        f"      {json.dumps(ONE._asdict())}",
        "    ]",
        "  }",
        "}",
    ]


def test_a_name_that_is_no_unicode_is_written_all_the_same(path):
    write_baseline(Baseline(path, {"old\udcff": known(ONE)}))
    assert list(read_baseline(path).states.values()) == [known(ONE)]


def test_a_link_stays_one_and_nothing_is_left_beside_the_file(path, tmp_path):
    path.symlink_to(tmp_path / "real.json")
    write_baseline(Baseline(path, {"a": known(ONE)}))
    assert path.is_symlink()
    assert {it.name for it in tmp_path.iterdir()} == {path.name, "real.json"}


def test_the_old_file_stays_when_the_new_one_cannot_be_written(path, monkeypatch):
    write_baseline(Baseline(path, {"a": known(ONE)}))
    before = path.read_text()

    def full(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_baseline(Baseline(path, {}))
    assert path.read_text() == before
    assert list(path.parent.iterdir()) == [path]


def with_finding(members):
    return f'{{"version": 1, "states": {{"a": [{{{members}}}]}}}}'


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ('{\n  "version": 1,\n  "states": {', "3:14", "property name"),
        ("[]", "1:1", "this is no baseline"),
        ('{"version": 1, "states": {},\n"owner": "me"}', "2:10", "a baseline has no `owner`"),
        ('{"runs": []}', "1:1", "this is no baseline"),
        ('{\n  "version": 2,\n  "states": {}\n}', "2:14", "version 1"),
        ('{\n  "version": 1\n}', "1:1", "`states` is missing"),
        ('{\n  "version": 1,\n  "states": []\n}', "3:13", "`states` is missing, or no object"),
        ('{"version": 1,\n "states": {"a/b": {}}}', "2:20", "no list of findings"),
        ('{"version": 1, "states": {"a": [\n7]}}', "2:1", "no finding"),
        (
            '{"version": 1, "states": {"a": [\n{"rule": "r", "severity": "note", "subject": "s"}]}}',
            "2:1",
            "`fingerprint` is missing or no text",
        ),
        (
            with_finding('"rule": "r", "severity":\n"bad", "subject": "s", "fingerprint": "f"'),
            "2:1",
            "error, warning or note",
        ),
        (
            with_finding('"rule": "r", "severity": "note", "subject": "s", "fingerprint": "f",\n"until": 1'),
            "2:10",
            "a baseline has no `until`",
        ),
    ],
)
def test_what_is_no_baseline_is_refused_with_its_place(path, text, place, message):
    path.write_text(text)
    with pytest.raises(BaselineError) as refused:
        read_baseline(path)
    assert str(refused.value).startswith(f"{path}:{place}: ")
    assert message in str(refused.value)


def test_a_file_that_is_not_there_says_what_writes_it(path):
    with pytest.raises(BaselineError, match="no such file; `authlint baseline` writes it"):
        read_baseline(path)
    with pytest.raises(BaselineError, match="cannot be read"):
        read_baseline(path.parent)
