import pytest

from linter.engine.errors import RuleFileError
from linter.engine.rules_to_test import rules_to_test

RULE = """\
id: {id}
title: t
layer: session
severity: error
for: {{session: sessions}}
when: session.updatedAt < params.{param}
require: {{that: session.pin}}
yields_to: [{other}]
message: m
examples: {{}}
"""


@pytest.fixture
def folder(tmp_path):
    def write(where, name, other="other-rule", param="window"):
        path = tmp_path / where / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(RULE.format(id=name, other=other, param=param))
        return path

    write("base/session", "other-rule", other="first-rule", param="age")
    write("base/session", "first-rule", other="another-rule", param="age")
    (tmp_path / "base" / "params.yaml").write_text("age: 7 d\n")
    write("mine/session", "own-rule")
    (tmp_path / "mine" / "params.yaml").write_text("window: 1 d\n")
    return write


def ids(found):
    return [file.rule.id for file in found.files]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("path", ["mine", "mine/session", "mine/session/own-rule.yaml"])
def test_a_rule_knows_its_pack_however_it_is_named(tmp_path, vocabulary, path):
    found = rules_to_test([tmp_path / path], [tmp_path / "base"], vocabulary)
    assert ids(found) == ["own-rule"]
    assert found.params == {"age": 604_800_000, "window": 86_400_000}


@pytest.mark.usefixtures("folder")
def test_a_file_is_picked_once(tmp_path, vocabulary):
    twice = [tmp_path / "mine", tmp_path / "mine/session/own-rule.yaml"]
    assert ids(rules_to_test(twice, [tmp_path / "base"], vocabulary)) == ["own-rule"]


def messages(paths, packs, vocabulary):
    with pytest.raises(RuleFileError) as caught:
        rules_to_test(paths, packs, vocabulary)
    return [problem.message for problem in caught.value.problems]


def test_a_rule_that_no_pack_has_cannot_be_yielded_to(folder, tmp_path, vocabulary):
    folder("mine/session", "own-rule", other="othr-rule")
    found = messages([tmp_path / "mine"], [tmp_path / "base"], vocabulary)
    assert found == ["there is no rule `othr-rule`; did you mean `other-rule`?"]


def test_an_id_that_another_pack_has_is_taken(folder, tmp_path, vocabulary):
    path = folder("mine/session", "first-rule", param="age")
    (found,) = messages([path], [tmp_path / "base"], vocabulary)
    assert found.startswith(f"{tmp_path / 'base/session/first-rule.yaml'} has this id already; ")
    path.write_text(path.read_text().replace("title: t", "title: t\nreplaces: true"))
    assert ids(rules_to_test([path], [tmp_path / "base"], vocabulary)) == ["first-rule"]


def test_rules_that_yield_in_a_circle_are_a_mistake(folder, tmp_path, vocabulary):
    folder("mine/session", "own-rule", other="next-rule")
    folder("mine/session", "next-rule", other="own-rule")
    (found,) = messages([tmp_path / "mine"], [tmp_path / "base"], vocabulary)
    assert found.startswith("rules yield in a circle")


def test_the_mistakes_of_all_files_are_reported(folder, tmp_path, vocabulary):
    folder("mine/session", "own-rule", param="windw")
    folder("mine/order", "next-rule", param="windo")
    assert len(messages([tmp_path / "mine"], [tmp_path / "base"], vocabulary)) == 2


def test_a_file_with_a_byte_order_mark_is_read(folder, tmp_path, vocabulary):
    path = folder("mine/session", "own-rule")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    found = rules_to_test([path], [tmp_path / "base"], vocabulary)
    assert ids(found) == ["own-rule"]


def test_problems_are_told_in_the_order_of_their_places(tmp_path, vocabulary):
    for name in ("b", "a"):
        (tmp_path / f"{name}.yaml").write_text(f"id: {name}\nfor: 1\nseverity: x\n")
    with pytest.raises(RuleFileError) as raised:
        rules_to_test([tmp_path / "b.yaml", tmp_path / "a.yaml"], [], vocabulary)
    places = [(problem.path.name, problem.line) for problem in raised.value.problems]
    assert places == sorted(places)
    assert {name for name, _ in places} == {"a.yaml", "b.yaml"}
