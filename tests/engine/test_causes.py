"""What is behind a finding: the kinds of a pack, and how a rule names them."""

import pytest

from linter.engine.causes import read_causes
from linter.engine.errors import RuleFileError
from linter.engine.finding import Cause
from linter.engine.load_pack import load_pack
from linter.engine.rules_to_test import rules_to_test

LOST = """
for: {session: sessions}
require: {that: session.pin == `null`}
"""
RULE = """\
id: a
title: t
layer: session
severity: error
for: {session: sessions}
require: {that: session.pin}
cause: {lots: session.pin}
message: m
examples: {}
"""
SESSIONS = [{"key": "one", "pin": "x"}, {"key": "two", "pin": "x"}, {"key": "three"}]


def causes(evaluation):
    return [finding.cause for finding in evaluation.findings]


def test_findings_with_one_key_have_one_cause(pack_of, lint):
    found = lint(pack_of(a=LOST + "cause: {lost: session.pin}"), sessions=SESSIONS)
    assert causes(found) == [Cause("lost", "x"), Cause("lost", "x")]


def test_a_finding_without_a_cause_is_its_own(pack_of, lint):
    found = lint(pack_of(a=LOST), sessions=SESSIONS)
    assert causes(found) == [Cause("a", finding.fingerprint) for finding in found.findings]
    assert len(set(causes(found))) == 2


def test_the_first_kind_that_gives_something_counts(pack_of, lint):
    kind = "{title: t, symptom: broken-entry, remedies: [order]}"
    pack = pack_of(
        causes=f"{{l: {kind}, m: {kind}}}",
        a=LOST + "cause: {l: session.tags, m: 'session.live && session.pin'}",
    )
    rows = [
        {"key": "one", "pin": "x", "tags": ["b", "c"], "live": True},
        {"key": "two", "pin": "y", "live": True},
        {"key": "three", "pin": "z"},
    ]
    assert causes(lint(pack, sessions=rows))[:2] == [Cause("l", "b, c"), Cause("m", "y")]
    assert causes(lint(pack, sessions=rows))[2].kind == "a"


def test_a_cause_changes_no_fingerprint_and_no_values(pack_of, lint):
    plain, caused = (
        lint(pack_of(a=LOST + more), sessions=SESSIONS).findings
        for more in ("", "cause: {lost: session.live || session.key}\neffect: '{session.source}'")
    )
    assert [one.fingerprint for one in plain] == [one.fingerprint for one in caused]
    assert [one.values for one in plain] == [one.values for one in caused]


def test_the_effect_is_the_message_unless_something_else_is_given(pack_of, lint):
    rule = LOST + "message: '{session.key} is bad'\n"
    assert [one.effect for one in lint(pack_of(a=rule), sessions=SESSIONS).findings] == [
        "one is bad",
        "two is bad",
    ]
    rule += """effect: '{session.key}'
adjust:
  - {when: session.key == 'one', message: other}
  - {when: session.live, effect: short}
"""
    sessions = [*SESSIONS, {"key": "four", "pin": "x", "live": True}]
    assert [(one.message, one.effect) for one in lint(pack_of(a=rule), sessions=sessions).findings] == [
        ("other", "other"),
        ("two is bad", "two"),
        ("four is bad", "short"),
    ]


def test_a_kind_that_no_pack_has_is_named_with_its_place(vocabulary, tmp_path):
    (tmp_path / "a.yaml").write_text(RULE)
    (tmp_path / "causes.yaml").write_text("lost: {title: t, symptom: broken-entry, remedies: [order]}")
    for read in (
        lambda: load_pack([tmp_path], vocabulary),
        lambda: rules_to_test([tmp_path / "a.yaml"], [], vocabulary),
    ):
        with pytest.raises(RuleFileError) as caught:
            read()
        (problem,) = caught.value.problems
        assert (problem.line, problem.column) == (7, 9)
        assert problem.message == "there is no kind of cause `lots`; did you mean `lost`?"


def test_an_unknown_column_in_a_cause_is_named_with_its_place(pack_of):
    with pytest.raises(RuleFileError) as caught:
        pack_of(a=LOST + "cause: {lost: session.pni}")
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (10, 23)
    assert problem.message.startswith("unknown name `pni`")


def test_a_later_pack_adds_kinds_and_the_cache_keeps_them(vocabulary, tmp_path):
    for name, kind in (("one", "lost"), ("two", "lots")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "causes.yaml").write_text(
            f"{kind}: {{title: '{{key}}', symptom: broken-entry, remedies: [order], why: w}}"
        )
    (tmp_path / "two" / "a.yaml").write_text(RULE)
    folders = [tmp_path / "one", tmp_path / "two"]
    first = load_pack(folders, vocabulary, tmp_path / "cache")
    assert set(first.causes) == {"lost", "lots"}
    assert load_pack(folders, vocabulary, tmp_path / "cache").causes == first.causes


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("- 1", (1, 1), "a causes file is a mapping of kinds to what is told of them"),
        ("lost: {title: t, symptom: broken-entry}", (1, 7), "`remedies` is missing"),
        ("lost: {title: t, symptom: broken, remedies: [order]}", (1, 27), "`broken` is not one of"),
        ("lost: {title: '{kye}', symptom: broken-entry, remedies: [order]}", (1, 17), "unknown name `kye`"),
        ("lost: {title: t, symptom: broken-entry, remedies: [order], whi: w}", (1, 60), "unknown key `whi`"),
    ],
)
def test_a_mistake_in_a_causes_file_has_its_place(vocabulary, tmp_path, text, place, message):
    with pytest.raises(RuleFileError) as caught:
        read_causes(tmp_path / "causes.yaml", text, vocabulary)
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == place
    assert problem.message.startswith(message)
