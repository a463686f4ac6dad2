import json
import subprocess
import sys
from pathlib import Path

import pytest

from linter.engine import rule_file
from linter.engine.errors import RuleFileError
from linter.engine.load_pack import load_pack
from linter.engine.pack import packed, unpacked
from linter.engine.rule import Rule

BODY = """\
id: {id}
title: t
layer: session
severity: error
params: {{grace: 5 min}}
for: {{session: "sessions[?pin]"}}
require: {{that: session.live}}
yields_to: [{yields}]
message: "{{session.key}} über {{params.window}}"
examples: {{}}
"""


def write(folder: Path, rule: str, yields: str = "") -> Path:
    path = folder / "session" / f"{rule}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(BODY.format(id=rule, yields=yields), encoding="utf-8")
    (folder / "params.yaml").write_text("window: 7 d", encoding="utf-8")
    return path


def the_cache(directory: Path) -> Path:
    (path,) = directory.iterdir()
    return path


@pytest.fixture
def compiled(monkeypatch):
    """The names of the files that were compiled, not taken from the cache."""
    names: list[str] = []
    read = rule_file.read_rule

    def counted(path, *arguments):
        names.append(path.name)
        return read(path, *arguments)

    monkeypatch.setattr(rule_file, "read_rule", counted)
    return names


def test_rules_and_shared_params_are_found_below_the_folders(vocabulary, tmp_path):
    write(tmp_path / "one", "a")
    write(tmp_path / "two", "b")
    pack = load_pack([tmp_path / "one", tmp_path / "two"], vocabulary)
    assert [rule.id for rule in pack.rules] == ["a", "b"]
    assert pack.params == {"window": 7 * 86_400_000}
    assert pack.rules[0].params == {"grace": 300_000}


def test_a_rule_comes_after_those_it_yields_to(vocabulary, tmp_path):
    write(tmp_path, "a", "b")
    write(tmp_path, "b", "c")
    write(tmp_path, "c")
    assert [rule.id for rule in load_pack([tmp_path], vocabulary).rules] == ["c", "b", "a"]


def test_a_cache_hit_gives_the_same_rules(vocabulary, tmp_path, compiled):
    write(tmp_path / "rules", "a")
    first = load_pack([tmp_path / "rules"], vocabulary, tmp_path / "cache")
    second = load_pack([tmp_path / "rules"], vocabulary, tmp_path / "cache")
    assert json.loads(json.dumps(first.rules)) == json.loads(json.dumps(second.rules))
    assert isinstance(second.rules[0], Rule)
    assert second.params == first.params
    assert compiled == ["a.yaml"]


def test_the_cache_is_one_private_file_in_a_private_folder(vocabulary, tmp_path):
    write(tmp_path / "rules", "a")
    load_pack([tmp_path / "rules"], vocabulary, tmp_path / "cache" / "inner")
    assert the_cache(tmp_path / "cache" / "inner").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "cache" / "inner").stat().st_mode & 0o777 == 0o700


def test_only_a_changed_rule_is_compiled_again(vocabulary, tmp_path, compiled):
    path = write(tmp_path / "rules", "a")
    write(tmp_path / "rules", "b")
    load_pack([tmp_path / "rules"], vocabulary, tmp_path / "cache")
    path.write_text(path.read_text(encoding="utf-8").replace("title: t", "title: other"), encoding="utf-8")
    assert load_pack([tmp_path / "rules"], vocabulary, tmp_path / "cache").rules[0].title == "other"
    assert compiled == ["a.yaml", "b.yaml", "a.yaml"]


def test_a_moved_rule_keeps_what_it_compiled_to_and_tells_its_new_path(vocabulary, tmp_path, compiled):
    write(tmp_path / "rules", "a")
    load_pack([tmp_path / "rules"], vocabulary, tmp_path / "cache")
    (tmp_path / "rules").rename(tmp_path / "moved")
    (rule,) = load_pack([tmp_path / "moved"], vocabulary, tmp_path / "cache").rules
    assert rule.path == str(tmp_path / "moved/session/a.yaml")
    assert compiled == ["a.yaml"]


def test_changed_shared_params_are_seen(vocabulary, tmp_path):
    write(tmp_path / "rules", "a")
    load_pack([tmp_path / "rules"], vocabulary, tmp_path / "cache")
    (tmp_path / "rules" / "params.yaml").write_text("window: 1 d", encoding="utf-8")
    assert load_pack([tmp_path / "rules"], vocabulary, tmp_path / "cache").params == {"window": 86_400_000}


def test_a_rule_is_checked_again_when_a_shared_param_is_gone(vocabulary, tmp_path):
    write(tmp_path / "rules", "a")
    load_pack([tmp_path / "rules"], vocabulary, tmp_path / "cache")
    (tmp_path / "rules" / "params.yaml").write_text("other: 1 d", encoding="utf-8")
    with pytest.raises(RuleFileError, match="window"):
        load_pack([tmp_path / "rules"], vocabulary, tmp_path / "cache")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b'"entries"', b'"antries"'),
        lambda content: content.replace(b'"maker":"', b'"maker":"0'),
        lambda _: b"\x80\x04not ours",
        lambda _: b'{"maker": "x", "entries": 7}',
        lambda _: b"[" * 100_000,
    ],
)
def test_a_spoilt_cache_is_ignored_and_replaced(vocabulary, tmp_path, spoil, compiled):
    write(tmp_path / "rules", "a")
    load_pack([tmp_path / "rules"], vocabulary, tmp_path / "cache")
    path = the_cache(tmp_path / "cache")
    whole = path.read_bytes()
    path.write_bytes(spoil(whole))
    (rule,) = load_pack([tmp_path / "rules"], vocabulary, tmp_path / "cache").rules
    assert rule.id == "a"
    assert compiled == ["a.yaml", "a.yaml"]
    assert path.read_bytes() == whole


def test_an_entry_of_another_shape_is_compiled_again(vocabulary, tmp_path, compiled):
    write(tmp_path / "rules", "a")
    load_pack([tmp_path / "rules"], vocabulary, tmp_path / "cache")
    path = the_cache(tmp_path / "cache")
    content = json.loads(path.read_bytes())
    content["entries"] = {
        key: [1] if isinstance(value, list) else value for key, value in content["entries"].items()
    }
    path.write_text(json.dumps(content))
    assert load_pack([tmp_path / "rules"], vocabulary, tmp_path / "cache").rules
    assert compiled == ["a.yaml", "a.yaml"]


def test_a_pack_comes_on_top_of_one_that_is_compiled(vocabulary, tmp_path, compiled):
    write(tmp_path / "one", "a")
    write(tmp_path / "two", "b", "a")
    (tmp_path / "two" / "params.yaml").unlink()
    first = load_pack([tmp_path / "one"], vocabulary)
    base = unpacked(packed(first, tmp_path / "one"), tmp_path / "one", vocabulary)
    assert json.loads(json.dumps(base.rules)) == json.loads(json.dumps(first.rules))
    both = load_pack([tmp_path / "two"], vocabulary, None, base)
    assert [rule.id for rule in both.rules] == ["a", "b"]
    assert both.params == first.params
    assert compiled == ["a.yaml", "b.yaml"]
    write(tmp_path / "three", "a")
    with pytest.raises(RuleFileError, match="has this id already"):
        load_pack([tmp_path / "three"], vocabulary, None, base)


@pytest.mark.parametrize("compiled_before", [True, False])
def test_a_rule_takes_the_place_of_another_on_purpose(vocabulary, tmp_path, compiled_before):
    write(tmp_path / "one", "a")
    write(tmp_path / "one", "b", "a")
    path = write(tmp_path / "two", "a", "c")
    write(tmp_path / "two", "c")
    path.write_text(path.read_text().replace("title: t", "title: mine\nreplaces: true"))
    one, two = tmp_path / "one", tmp_path / "two"
    base = load_pack([one], vocabulary) if compiled_before else None
    pack = load_pack([two] if compiled_before else [one, two], vocabulary, None, base)
    assert [(rule.id, rule.title) for rule in pack.rules] == [("c", "t"), ("a", "mine"), ("b", "t")]


def test_there_must_be_a_rule_to_replace(vocabulary, tmp_path):
    path = write(tmp_path, "a")
    path.write_text(path.read_text().replace("title: t", "title: t\nreplaces: true"))
    with pytest.raises(RuleFileError, match="no pack before has a rule of this id"):
        load_pack([tmp_path], vocabulary)


def test_a_cache_that_cannot_be_written_is_no_error(vocabulary, tmp_path):
    write(tmp_path / "rules", "a")
    (tmp_path / "cache").write_text("a file, not a folder")
    assert load_pack([tmp_path / "rules"], vocabulary, tmp_path / "cache").rules


def test_without_a_cache_directory_nothing_is_written(vocabulary, tmp_path):
    write(tmp_path / "rules", "a")
    before = sorted(tmp_path.rglob("*"))
    load_pack([tmp_path / "rules"], vocabulary, None)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_cache_hit_and_an_evaluation_import_no_parser(tmp_path):
    write(tmp_path / "rules", "a")
    program = """
import sys
from pathlib import Path
from linter.engine.columns import Column
from linter.engine.evaluate import evaluate
from linter.engine.load_pack import load_pack
from linter.engine.vocabulary import Vocabulary
columns = {"sessions": dict.fromkeys(["at", "key", "pin", "live"], Column()), "meta": {"now": Column()}}
pack = load_pack([Path("rules")], Vocabulary(lambda: columns, {"sessions": ("key",)}, {}), Path("cache"))
found = evaluate(pack, {"meta": {}, "sessions": [{"key": "k", "pin": "x", "live": False}]})
parsers = ("jmespath", "ruamel.yaml", "jsonschema", "difflib")
print(len(found.findings), *[name for name in parsers if name in sys.modules])
"""
    outputs = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=tmp_path,
            env={"PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for _ in range(2)
    ]
    assert outputs[0][:3] == ["1", "jmespath", "ruamel.yaml"]
    assert outputs[1] == ["1"]


def test_the_problems_of_all_files_are_reported_together(vocabulary, tmp_path):
    write(tmp_path, "a", "nobody")
    write(tmp_path, "b").write_text("id: b", encoding="utf-8")
    write(tmp_path, "c", "b")
    (tmp_path / "params.yaml").write_text("- 1", encoding="utf-8")
    with pytest.raises(RuleFileError) as caught:
        load_pack([tmp_path], vocabulary)
    assert {(problem.path.name, problem.message) for problem in caught.value.problems} >= {
        ("b.yaml", "`title` is missing"),
        ("params.yaml", "a params file is a mapping of names to values"),
        ("b.yaml", "`for` is missing"),
    }


def test_an_unknown_rule_in_yields_to_is_named(vocabulary, tmp_path):
    write(tmp_path, "a", "bb")
    write(tmp_path, "b")
    with pytest.raises(RuleFileError) as caught:
        load_pack([tmp_path], vocabulary)
    (problem,) = caught.value.problems
    assert (problem.line, problem.message) == (8, "there is no rule `bb`; did you mean `b`?")


def test_rules_that_yield_in_a_circle_are_an_error(vocabulary, tmp_path):
    write(tmp_path, "a", "b")
    write(tmp_path, "b", "a")
    with pytest.raises(RuleFileError, match="rules yield in a circle"):
        load_pack([tmp_path], vocabulary)


def test_an_id_may_be_used_once(vocabulary, tmp_path):
    write(tmp_path / "one", "a")
    write(tmp_path / "two", "a")
    with pytest.raises(RuleFileError, match="has this id already"):
        load_pack([tmp_path / "one", tmp_path / "two"], vocabulary)


def test_a_length_of_time_that_is_none_is_a_mistake_in_shared_params(vocabulary, tmp_path):
    write(tmp_path / "rules", "a")
    (tmp_path / "rules" / "params.yaml").write_text("window: 1 d\nage: 5 mins\n")
    with pytest.raises(RuleFileError) as caught:
        load_pack([tmp_path / "rules"], vocabulary)
    (problem,) = (one for one in caught.value.problems if one.path.name == "params.yaml")
    assert (problem.line, problem.column) == (2, 6)
    assert problem.message.startswith("`5 mins` is no length of time")
