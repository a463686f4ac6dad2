"""A saved snapshot says the same as the state, and nothing secret; under other names, too."""

import json
import random
import re
from collections import Counter

import jsonschema
import pytest

from fixtures import load as recorded
from linter.engine.settings import Settings
from linter.openclaw.location import locate
from linter.snapshot.pseudonyms import Pseudonyms
from linter.snapshot.snapshot import SnapshotError
from linter.snapshot.store import arranged, is_snapshot, load, saved
from linter.snapshot.tables import schema
from linter.usecases.lint import lint_snapshot
from linter.usecases.snapshot import take_snapshot
from linter.views.diff.compared import layer_diffs

FOLLOWS = jsonschema.Draft202012Validator(schema())


def take(name, tmp_path):
    home = tmp_path / "home"
    state = recorded.materialise(name, home)
    workspaces = [home / "workspace"] if (home / "workspace").is_dir() else []
    location = locate(state, environ={}, home=home, workspaces=workspaces)
    return take_snapshot(location, recorded.describe(name).now), home


def found(snapshot, pack):
    evaluation = lint_snapshot(snapshot, pack, Settings())
    assert not evaluation.problems
    return Counter((one.rule, one.severity) for one in evaluation.findings), {
        (one.rule, one.fingerprint, one.message, one.location[:2]) for one in evaluation.findings
    }


@pytest.mark.parametrize("name", recorded.names())
def test_every_rule_finds_the_same_in_what_was_saved(name, pack, tmp_path):
    snapshot, home = take(name, tmp_path)
    text, other = saved(snapshot, home), saved(snapshot, home, Pseudonyms(b"k" * 32, snapshot.tables))
    FOLLOWS.validate(json.loads(text))
    FOLLOWS.validate(json.loads(other))
    assert str(home) not in text
    paths = [tmp_path / "plain.json", tmp_path / "other.json"]
    for path, content in zip(paths, (text, other), strict=True):
        path.write_text(content, encoding="utf-8")
    again, under_other_names = (load(path) for path in paths)
    assert saved(again, home) == text
    assert [it.layer for it in layer_diffs(snapshot, again) if it.changes] == []
    counts, exact = found(snapshot, pack)
    assert found(again, pack) == (counts, exact)
    assert found(under_other_names, pack)[0] == counts
    assert not re.search(
        r"(alice|bob|carol|robert)@|\b\d{8}-[a-f]{4}-4|user-(alice|bob|carol)|direct:42", other
    )


def test_a_finding_points_to_its_row(pack, tmp_path):
    snapshot, home = take("2026.9.6-pin-missing", tmp_path)
    path = tmp_path / "s.json"
    path.write_text(saved(snapshot, home), encoding="utf-8")
    again = load(path)
    finding = next(
        one
        for one in lint_snapshot(again, pack, Settings()).findings
        if one.rule == "session-override-exists"
    )
    place = again.documents.place(finding.location)
    text = path.read_text(encoding="utf-8")
    assert (place.path, place.kind) == (path, "snapshot")
    assert text[place.region.start.offset : place.region.end.offset] == '"openai:ghost@example.com"'
    assert f'"key": "{finding.subject[-1][1]}"' in text.splitlines()[place.region.start.line - 1]


def test_names_are_stable_and_need_the_key(tmp_path):
    snapshot, home = take("2026.3.24-clean", tmp_path)

    def text(key):
        return saved(snapshot, home, Pseudonyms(key, snapshot.tables))

    assert text(b"a" * 32) == text(b"a" * 32)
    assert text(b"a" * 32) != text(b"b" * 32)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("agent:main:telegram:direct:42", r"agent:main:telegram:direct:\d+"),
        ("agent:main:telegram:group:-100:topic:7", r"agent:main:telegram:group:-\d+:topic:\d+"),
        ("agent:main:slack:channel:c0ffee", r"agent:main:slack:channel:peer-[0-9a-f]{8}"),
        ("agent:main:main", "agent:main:main"),
        ("/agent:main:direct:42/model", r"/agent:main:direct:\d+/model"),
        ("openai:alice@example.com", r"openai:user-[0-9a-f]{8}@example\.invalid"),
        ("user-alice__11111111-aaaa-4aaa-8aaa-000000000001", r"user-[0-9a-f]{12}__[0-9a-f-]{36}"),
        ("openai:id-dXNlci1hbGljZQ", r"openai:id-[0-9a-f]{12}"),
        ("openai:work", "openai:work"),
        ("gpt-5.4", r"gpt-5\.4"),
    ],
)
def test_other_names_keep_the_shape(old, new):
    row = {"identity": {"account_id": "11111111-aaaa-4aaa-8aaa-000000000001", "user_id": "user-alice"}}
    changed = Pseudonyms(b"k" * 32, {"profiles": [row]})(old)
    assert re.fullmatch(new, changed)
    assert (changed == old) == ("main:main" in old or "work" in old or "gpt" in old)


AT = {"source": "openclaw.json", "pointer": ""}


def meta(**changes):
    return {"schema": 1, "now": 1, "providers": []} | changes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"meta": {"schema": 1,', "line|:1:"),
        ("[]", "no snapshot"),
        ('{"meta": 5}', "no snapshot"),
        (json.dumps({"meta": meta(now="x")}), "no snapshot"),
        (json.dumps({"meta": meta(schema=2)}), "has schema 2"),
        (json.dumps({"meta": meta(), "secrets": []}), "does not know: secrets"),
        (json.dumps({"meta": meta(), "agents": {}}), "agents is no list"),
        (json.dumps({"meta": meta(), "agents": [5]}), "agents is no list"),
        (json.dumps({"meta": meta(), "agents": [{"id": "main"}]}), "agents is no list"),
        (
            json.dumps({"meta": meta(), "agents": [{"at": AT}]}),
            r":1:\d+: `id` of a row of agents must be text",
        ),
        (json.dumps({"meta": meta(), "agents": [{"at": AT, "id": 5}]}), "`id` of a row of agents"),
        (
            json.dumps({"meta": meta(), "profiles": [{"at": AT, "scope": "s", "id": "a", "identity": [1]}]}),
            "`identity` of a row of profiles must be an object",
        ),
    ],
)
def test_what_is_no_snapshot_is_refused(text, said, tmp_path):
    path = tmp_path / "s.json"
    path.write_text(text)
    with pytest.raises(SnapshotError, match=said):
        load(path)


def test_a_snapshot_is_known_by_its_beginning(tmp_path):
    path = tmp_path / "s.json"
    for text, expected in [
        ('{\n "meta": {\n  "schema": 1', True),
        ('{"meta": {"lastTouchedVersion": "2026.9.6"}}', False),
        ("", False),
    ]:
        path.write_text(text)
        assert is_snapshot(path) is expected
    assert not is_snapshot(tmp_path)


def test_a_snapshot_of_an_earlier_version_is_taken_as_one_with_real_names(tmp_path):
    snapshot, home = take("2026.3.24-clean", tmp_path)
    older = json.loads(saved(snapshot, home))
    del older["meta"]["pseudonyms"], older["meta"]["since"], older["meta"]["agents"]
    path = tmp_path / "older.json"
    path.write_text(json.dumps(older))
    assert (load(path).meta["pseudonyms"], load(path).meta["since"]) == (None, None)


def test_a_key_and_what_was_named_before_make_the_mark_of_pseudonyms():
    one, other = (Pseudonyms(key * 32, {}) for key in (b"a", b"b"))
    marks = {one.mark(None), other.mark(None), one.mark(other.mark(None)), other.mark(one.mark(None))}
    assert len(marks) == 4
    assert one.mark(None) == Pseudonyms(b"a" * 32, {}).mark(None)


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
