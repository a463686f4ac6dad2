"""The engine by itself: no word of OpenClaw, and tables of another kind."""

import re
import subprocess
import sys
from ast import literal_eval
from pathlib import Path

import linter.engine.evaluate as engine

BELOW = {"files", "sources"}
FOLDER = Path(engine.__file__).parent
PROGRAM = """
import sys
from pathlib import Path
from linter.engine.cache import Kept
from linter.engine.columns import Column
from linter.engine.compile_pack import compile_pack
from linter.engine.evaluate import evaluate
from linter.engine.pack import Pack
from linter.engine.vocabulary import Vocabulary

text = frozenset({"string"})
tables = {
    "meta": {"generation": Column(text, values=("old", "new"))},
    "hosts": {"at": Column(), "name": Column(text, of="host"), "kind": Column(text, values=("vm", "metal"))},
    "disks": {"at": Column(), "host": Column(text, of="host"), "size": Column(frozenset({"number"}))},
}
words = {"layer": ["storage"], "era": ["old", "new"]}
vocabulary = Vocabulary(lambda: tables, {"hosts": ("name",), "disks": ("host",)}, {}, words, "generation")
rule = '''
id: host-has-disk
title: A host has no disk
layer: storage
severity: error
eras: [new]
for: {host: "hosts[?kind == 'metal']"}
require: {exists: {in: disks, match: {host: host.name}, where: "it.size > `0`"}}
message: "{host.name} has no disk"
examples: {}
'''
files = {Path("host-has-disk.yaml"): rule.encode()}
pack = compile_pack([Path(".")], files, Pack((), {}, vocabulary), Kept(None, ""))
place = {"source": "inventory", "pointer": "/0"}
rows = {"hosts": [{"at": place, "name": "a", "kind": "metal"}, {"at": place, "name": "b", "kind": "vm"}]}
for generation in ("new", "old"):
    found = evaluate(pack, {"meta": {"generation": generation}, "disks": [], **rows})
    print(generation, [finding.message for finding in found.findings], found.problems)
print(sorted({name.split(".")[1] for name in sys.modules if name.startswith("linter.")} - {"version"}))
"""


def test_it_runs_a_pack_over_tables_of_another_kind_and_imports_no_other_room():
    done = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True)
    *told, rooms = done.stdout.splitlines()
    assert told == ["new ['a has no disk'] ()", "old [] ()"]
    assert set(literal_eval(rooms)) - BELOW == {"engine", "printable"}


def test_no_word_of_openclaw_decides_anything_in_it():
    code = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py"))
    without_texts = re.sub(r"\"\"\".*?\"\"\"", "", code, flags=re.DOTALL)
    assert not re.search(r'openclaw|["\'](sessions|profiles|agents|J|H|S)["\']', without_texts)
