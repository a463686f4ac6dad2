"""Which fixes are made together."""

from hashlib import sha256
from pathlib import Path

import pytest

from linter.engine.finding import Cause, Edit, Finding, Fix, Location
from linter.fixes.batch import choose
from linter.fixes.editable import editable
from linter.sources.documents import Documents
from linter.sources.json_document import JsonDocument

SESSIONS = '{"a": {"pin": "x", "source": "auto"}, "b": {"pin": "x"}, "order": ["p", "q", "p"], "stats": {}}'


@pytest.fixture
def documents():
    known = Documents()
    known.add(JsonDocument("s", Path("/s"), "s", SESSIONS, sha256(SESSIONS.encode()).hexdigest()))
    return editable(known, [Path("/")])


def remove(*pointers):
    return tuple(Edit("remove", "s", pointer) for pointer in pointers)


def finding(*fixes):
    return Finding("rule", "error", "m", Location("s", ""), (), (), fixes, "f", {}, Cause("rule", "f"), "")


def fix(*pointers, safety="safe"):
    return Fix(" ".join(pointers), safety, edits=remove(*pointers))


def test_fixes_of_different_places_are_made_together(documents):
    batch = choose([finding(fix("/a/pin")), finding(fix("/b/pin"))], documents, unsafe=False)
    assert [one.plan.fix.title for one in batch.made] == ["/a/pin", "/b/pin"]
    assert [change.after() for change in batch.files] == [
        '{"a": {"source": "auto"}, "b": {}, "order": ["p", "q", "p"], "stats": {}}'
    ]


def test_the_first_fix_of_a_finding_that_may_be_made_is(documents):
    advice = Fix("ask", "advice", reason="only you know")
    batch = choose([finding(advice, fix("/a/pin"), fix("/b/pin"))], documents, unsafe=False)
    assert [one.plan.fix.title for one in batch.made] == ["/a/pin"]
    assert [left.reason for left in batch.left] == ["only you know"]


def test_an_unsafe_fix_waits_until_it_is_asked_for(documents):
    findings = [finding(fix("/a/pin", safety="unsafe"))]
    assert choose(findings, documents, unsafe=False).left[0].reason == "unsafe, so only with --unsafe"
    assert len(choose(findings, documents, unsafe=True).made) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["/a/pin"], ["/a/source"]),
        (["/a"], ["/a/source"]),
        (["/a/source"], ["/a"]),
        (["/order/0"], ["/order/2"]),
        (["/order"], ["/order/2"]),
    ],
)
def test_fixes_of_one_thing_wait_for_each_other(documents, first, second):
    batch = choose([finding(fix(*first)), finding(fix(*second))], documents, unsafe=False)
    assert len(batch.made) == 1
    assert [left.reason for left in batch.left] == ["meets another fix; run again for it"]


def test_the_same_fix_twice_is_made_once(documents):
    batch = choose([finding(fix("/a/pin", "/a/source")), finding(fix("/a/pin"))], documents, unsafe=False)
    assert len(batch.made) == 2
    assert '"a": {}' in batch.files[0].after()


def test_what_is_declined_stays(documents):
    batch = choose(
        [finding(fix("/a/pin"), fix("/b/pin"))],
        documents,
        unsafe=False,
        veto=lambda _, planned: "" if planned.fix.title == "/b/pin" else "declined",
    )
    assert [one.plan.fix.title for one in batch.made] == ["/b/pin"]
    assert [left.reason for left in batch.left] == ["declined"]


def test_without_any_fix_nothing_changes(documents):
    assert choose([], documents, unsafe=True) == ((), (), ())
