"""Fixes become plans, or values that say why not."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from linter.engine.finding import Edit, Fix
from linter.fixes.editable import editable
from linter.fixes.plan import Plan, SkippedFix, plan
from linter.sources.documents import Documents
from linter.sources.interface import Cell
from linter.sources.json_document import JsonDocument, parse_json


def documents(**texts):
    result = Documents()
    for name, text in texts.items():
        digest = sha256(text.encode()).hexdigest()
        problem = parse_json(text).problem
        result.add(JsonDocument(name, Path("/state") / name, name, text, digest, problem=problem))
    return editable(result, [Path("/state")])


def remove(source, pointer):
    return Edit("remove", source, pointer)


def test_one_fix_may_change_several_files():
    known = documents(store='{"x": 1, "y": 2}', state='{"order": ["x", "y"]}')
    fix = Fix("Drop x", "unsafe", edits=(remove("store", "/x"), remove("state", "/order/0")))
    planned = plan(fix, known)
    assert isinstance(planned, Plan)
    assert [(change.document.id, change.after()) for change in planned.files] == [
        ("store", '{"y": 2}'),
        ("state", '{"order": ["y"]}'),
    ]


def test_a_copy_takes_the_whole_value_and_the_edit_tells_none_of_it():
    known = documents(store='{"profiles": {"a": {"key": 1}}}', backup='{"profiles": {"b": {"key": [2]}}}')
    copies = [Edit("copy", "store", f"/profiles/{name}", ("backup", "/profiles/b")) for name in "ab"]
    for edit, after in zip(copies, ({"a": {"key": [2]}}, {"a": {"key": 1}, "b": {"key": [2]}}), strict=True):
        planned = plan(Fix("t", "unsafe", edits=(edit,)), known)
        assert isinstance(planned, Plan)
        (change,) = planned.files
        assert (change.document.id, json.loads(change.after())) == ("store", {"profiles": after})


def test_a_copy_of_what_is_not_there_is_not_made():
    known = documents(store='{"profiles": {}}', backup="{}")
    edit = Edit("copy", "store", "/profiles/a", ("backup", "/profiles/a"))
    assert plan(Fix("t", "unsafe", edits=(edit,)), known).reason == "backup has no /profiles/a any more"


def test_a_file_that_needs_no_change_is_not_in_the_plan():
    known = documents(store='{"x": 1}', state="{}")
    planned = plan(Fix("t", "safe", edits=(remove("store", "/x"), remove("state", "/x"))), known)
    assert isinstance(planned, Plan)
    assert [change.document.id for change in planned.files] == ["store"]


@pytest.mark.parametrize(
    ("fix", "reason"),
    [
        (Fix("t", "advice", edits=(remove("a", "/x"),), reason="Ask the user first"), "Ask the user first"),
        (Fix("t", "unsafe", commands=("openclaw doctor",)), "it is a command to run"),
        (Fix("t", "safe", edits=(remove("missing", "/x"),)), "missing was not read"),
        (Fix("t", "safe", edits=(remove("torn", "/x"),)), "torn does not parse"),
        (Fix("t", "safe", edits=(remove("a", "/y"),)), "there is nothing left to change"),
        (Fix("t", "safe", edits=(Edit("set", "a", "/y/z", 1),)), "a has no /y any more"),
        (
            Fix("t", "safe", edits=(remove("db#t/k/c", "/x"),)),
            "db is a database, which only OpenClaw writes",
        ),
    ],
)
def test_a_fix_that_is_not_made_says_why(fix, reason):
    known = documents(a='{"x": 1}', torn='{"x": ')
    cell = Cell("t", "k", "c")
    known.documents.add(JsonDocument("db#t/k/c", Path("/state/db"), "db", '{"x": 1}', "", "cell", cell))
    assert plan(fix, known) == SkippedFix(fix, reason)


def test_nothing_is_done_when_one_file_of_a_fix_cannot_be_changed():
    known = documents(a='{"x": 1}', torn='{"x": ')
    fix = Fix("t", "safe", edits=(remove("a", "/x"), remove("torn", "/x")))
    assert isinstance(plan(fix, known), SkippedFix)


def test_a_fix_over_two_databases_is_not_made():
    known, entry = documents(), '{"authProfileOverride": "x"}'
    for name in ("one", "two"):
        cell = Cell("session_nodes", "k", "entry_json")
        digest = sha256(entry.encode()).hexdigest()
        known.documents.add(JsonDocument(name, Path(f"/state/{name}"), name, entry, digest, "cell", cell))
    both = tuple(remove(name, "/authProfileOverride") for name in ("one", "two"))
    assert isinstance(plan(Fix("t", "unsafe", edits=both[:1]), known, sqlite=True), Plan)
    reason = "it changes more than one database, or a database and files"
    assert plan(Fix("t", "unsafe", edits=both), known, sqlite=True).reason == reason
