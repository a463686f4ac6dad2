"""Whatever is changed on the disk, every other byte stays."""

import json
import random
from pathlib import Path

import pytest

from linter.engine.finding import Edit, Fix
from linter.fixes.editable import editable
from linter.fixes.journal import journal_folder
from linter.fixes.plan import Plan, plan
from linter.fixes.transaction import NewFile, make, undo
from linter.sources.documents import Documents
from linter.sources.paths import join
from linter.sources.reading import load_json, load_json5

PLANS = 1000
NAMES = ("pin", "source", "a/b", "~", "é", "😀", "")


def value(chance, depth=3):
    kind = chance.randrange(6 if depth else 3)
    if kind < 3:
        return chance.choice([None, True, -7, 1.5, "x", "é😀", 'q"\\\u2028'])
    if kind < 5:
        return {chance.choice(NAMES): value(chance, depth - 1) for _ in range(chance.randrange(5))}
    return [value(chance, depth - 1) for _ in range(chance.randrange(4))]


def text(chance):
    indent = chance.choice([None, 2, "\t"])
    written = json.dumps({"top": value(chance), "rest": value(chance)}, indent=indent, ensure_ascii=False)
    if chance.random() < 0.3:  # a comment here and there, which only JSON5 has
        written = written.replace(",", ", /* {kept} */", 1)
    mark, end = chance.choice(["", "\ufeff"]), chance.choice(["", "\n"])
    return mark + written.replace("\n", chance.choice(["\n", "\r\n"])) + end


def edits(chance, source, found, pointer=""):
    """Some edits of members and elements, none within another."""
    children = found.items() if isinstance(found, dict) else enumerate(found)
    result = []
    for name, child in children:
        here = join(pointer, name)
        if isinstance(child, dict | list) and child and chance.random() < 0.6:
            result += edits(chance, source, child, here)
        elif chance.random() < 0.3:
            result.append(Edit(chance.choice(["remove", "set"]), source, here, value(chance)))
    return result


@pytest.mark.usefixtures("unsynced")
def test_a_thousand_random_fixes_touch_nothing_else(tmp_path):
    chance, made = random.Random(6), 0
    paths = [tmp_path / name for name in ("one.json", "two.json5")]
    while made < PLANS:
        documents, asked = Documents(), []
        for path in paths:
            path.write_bytes(text(chance).encode())
            loaded = load_json5(path, path.name, path.name)
            documents.add(loaded.document)
            asked += edits(chance, path.name, loaded.value)
        known = editable(documents, [tmp_path])
        planned = plan(Fix("t", "safe", edits=tuple(asked)), known)
        if not isinstance(planned, Plan):
            continue
        made += 1
        before = {path: path.read_bytes() for path in paths}
        targets = [NewFile(one.document.id, one.document.digest, one.data()) for one in planned.files]
        run = make(targets, journal_folder(tmp_path), known.place, ["t"], 0)
        for change in planned.files:
            check_untouched(change, before[change.document.path])
        changed = {change.document.path for change in planned.files}
        assert all(path.read_bytes() == before[path] for path in paths if path not in changed)
        if made % 10 == 0:
            undo(run, known.place)
            assert {path: path.read_bytes() for path in paths} == before


def check_untouched(change, before):
    """Compare, byte by byte, what lies between the places that were to change."""
    path, old, done, moved = change.document.path, before.decode(), 0, 0
    after = path.read_bytes()
    for one in change.replacements:
        start, end = (len(old[:offset].encode()) for offset in (one.start, one.end))
        assert after[done + moved : start + moved] == before[done:start]
        moved += len(one.text.encode()) - (end - start)
        done = end
    assert after[done + moved :] == before[done:]
    assert load_json5(Path(path), "s", "s").error is None


def test_strict_json_stays_strict_json(tmp_path):
    path = tmp_path / "store.json"
    path.write_text('{"a": [1, 2], "b": {"c": 1}}')
    documents = Documents()
    documents.add(load_json(path, "s", "s").document)
    known = editable(documents, [tmp_path])
    planned = plan(Fix("t", "safe", edits=(Edit("set", "s", "/b/d", {"e": []}),)), known)
    change = planned.files[0]
    targets = [NewFile("s", change.document.digest, change.data())]
    make(targets, journal_folder(tmp_path), known.place, ["t"], 0)
    assert json.loads(path.read_bytes()) == {"a": [1, 2], "b": {"c": 1, "d": {"e": []}}}
