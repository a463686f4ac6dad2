"""What machines share: kept by group, whoever has it and wherever it was seen."""

import random

from linter.snapshot import machines
from linter.snapshot.machines import APART, counted, facts, shared, thinned, together
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import empty_tables, new_row
from linter.sources.documents import Documents

AT = {"source": "store.json", "pointer": "/profiles/a"}


def machine(host, *fingerprints, **meta):
    tables = empty_tables()
    for number, fingerprint in enumerate(fingerprints):
        row = {"at": AT, "fingerprint": fingerprint, "holder": f"h{number}", "live": True}
        tables["grants"].append(new_row("grants", **row))
    return Snapshot({"host": host, "now": 5, "version": None, **meta}, tables, Documents())


def found(*snapshots):
    return [one for number, each in enumerate(snapshots) for one in facts(each, f"s{number}", ())]


def test_only_what_two_machines_have_is_kept():
    rows = shared(found(machine("a", "t1", "t2"), machine("b", "t2", "t3"), machine("c", "t4")))
    assert [(table, row["host"], row["fingerprint"], row["hosts"]) for table, row in rows] == [
        ("fleet_grants", "a", "t2", 2),
        ("fleet_grants", "b", "t2", 2),
    ]


def test_what_one_machine_has_twice_is_not_shared():
    assert shared(found(machine("a", "t1"), machine("a", "t1"))) == []


def test_a_machine_without_a_name_and_a_null_are_compared_with_nothing():
    assert found(machine(None, "t1")) == []
    assert shared(found(machine("a", None), machine("b", None))) == []


def test_a_token_that_is_not_refreshed_where_it_lies_is_no_fact():
    resting = machine("b", "t1")
    resting.tables["grants"][0]["live"] = False
    assert shared(found(machine("a", "t1"), resting)) == []


def test_accounts_and_versions_are_compared_once_a_machine():
    one, two = (machine(host, version=version) for host, version in (("a", "1"), ("b", "2")))
    for each in (one, two):
        for name in ("x", "y"):
            login = {"at": AT, "agent": "main", "id": name, "seat": "acc/user", "email": "a@example.com"}
            each.tables["visible_profiles"].append(new_row("visible_profiles", **login))
        each.tables["files"].append(new_row("files", at=AT))
    rows = shared(found(one, two))
    seats = [(row["host"], row["email"], row["hosts"]) for table, row in rows if table == "fleet_seats"]
    assert seats == [("a", "a@example.com", 2), ("b", "a@example.com", 2)]
    versions = [(row["version"], row["hosts"]) for table, row in rows if table == "fleet_versions"]
    assert versions == [("1", 1), ("2", 1)]


def test_of_many_equal_rows_the_first_are_kept_and_all_machines_counted(monkeypatch):
    monkeypatch.setattr(machines, "MOST", 3)
    given = found(*(machine(f"m{number}", "t") for number in range(9)))
    for some in (given, list(thinned(given))):
        rows = shared(some)
        assert [(row["host"], row["hosts"]) for _, row in rows] == [("m0", 9), ("m1", 9), ("m2", 9)]
    assert [bool(one.row) for one in thinned(given)] == [True] * 3 + [False] * 6


def test_what_counts_goes_on_even_if_no_other_machine_has_it():
    given = [counted("state", "clean", "a"), counted("state", "clean", "b"), counted("state", "error", "c")]
    assert shared(given) == [
        ("state", {"value": "clean", "hosts": 2}),
        ("state", {"value": "error", "hosts": 1}),
    ]


def test_groups_may_be_dealt_out_among_buckets_in_any_way():
    given = found(*(machine(f"m{number}", f"t{number // 3}", "all") for number in range(30)))
    whole = sorted(shared(given), key=str)
    for buckets in (2, 7):
        dealt = [[one for one in given if one.group % buckets == bucket] for bucket in range(buckets)]
        assert sorted((row for some in dealt for row in shared(some)), key=str) == whole


def test_rows_stand_in_one_order_whatever_they_came_in():
    rows = shared(found(*(machine(f"m{number}", "t") for number in range(9))))
    mixed = random.Random(1).sample(rows, len(rows))
    tables = [together(some, lambda _: None).tables["fleet_grants"] for some in (rows, mixed)]
    assert tables[0] == tables[1]
    assert tables[0][0]["at"] == {"source": f"s0{APART}store.json", "pointer": "/profiles/a"}
