"""A saved snapshot is the same whatever order a database gives its rows in."""

import random

import pytest

from linter.snapshot.arrangement import arranged


def row(number, **columns):
    return {"at": {"source": "a", "pointer": f"/{number}"}, **columns}


def test_rows_come_by_their_names():
    rows = [row(number, agent=agent, key=key) for number, (agent, key) in enumerate(["bz", "ba", "az"])]
    assert [it["key"] for it in arranged("sessions", rows)] == ["z", "a", "z"]
    assert [it["agent"] for it in arranged("sessions", rows)] == ["a", "b", "b"]


@pytest.mark.parametrize("table", ["orders", "effective_orders"])
def test_the_entries_of_an_order_keep_their_order(table):
    rows = [
        row(n, layer="agent", agent="main", provider="openai", pos=n, id=f"id-{99 - n}") for n in range(12)
    ]
    shuffled = random.Random(1).sample(rows, len(rows))
    assert arranged(table, shuffled) == rows


def test_logins_that_an_order_leaves_out_stay_as_they_are_stored():
    rows = [row(n, agent="main", provider="openai", pos=None, id=id_) for n, id_ in enumerate("ba")]
    rows = [{**it, "at": {"source": it["id"], "pointer": ""}} for it in rows]
    assert arranged("effective_orders", rows) == rows


def test_rows_without_a_name_come_last_and_those_of_one_name_by_their_place():
    rows = [row(2, path=None), row(1, path="b"), row(0, path="b"), row(3, path="a")]
    assert [it["at"]["pointer"] for it in arranged("files", rows)] == ["/3", "/0", "/1", "/2"]


def test_logins_stay_as_they_are_stored():
    rows = [row(0, scope="agent:main", id="b"), row(1, scope="agent:main", id="a")]
    assert arranged("profiles", rows) == rows
