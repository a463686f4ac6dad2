import pytest

RULE = """\
id: no-pin
title: A session is pinned
layer: session
severity: warning
for: {session: sessions}
require: {that: "!(session.pin)"}
at: session.pin
message: "{session.key} pins {session.pin}"
examples:
  bad:
    - name: any pin
      given: {sessions: [{agent: main, key: k, pin: p}]}
      expect: [{at: /sessions/0/pin, severity: warning, message: pins p}]
  good:
    - given: {sessions: [{agent: main, key: k}]}
"""


@pytest.fixture
def rule(tmp_path):
    def write(old="", new=""):
        path = tmp_path / "pack" / "no-pin.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(RULE.replace(old, new))
        return path

    return write


def test_a_rule_of_ones_own_that_holds_gives_exit_code_0(authlint, rule):
    result = authlint("test", rule().parent)
    assert (result.exit_code, result.stdout) == (0, "1 rule, 2 examples: all hold.\n")


def test_a_failure_shows_what_was_expected_and_what_was_found(authlint, rule):
    path = rule("severity: warning, message: pins p", "severity: error, message: pins q")
    result = authlint("test", path)
    assert result.exit_code == 1
    assert result.stdout == (
        f"{path}:11: bad example 1, any pin\n"
        "  - expected error   at /sessions/0/pin: …pins q…\n"
        "  + found    warning at /sessions/0/pin: k pins p\n"
        "\n"
        "1 rule, 2 examples: 1 failure in 1 rule.\n"
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{agent: main, key: k}]", "{agent: main, key: k, pin: q}]", "+ found    warning at /sessions/0/pin"),
        ("key: k, pin: p", "key: k", "- expected warning at /sessions/0/pin"),
        ("  good:\n    - given: {sessions: [{agent: main, key: k}]}\n", "", "there is no good example"),
        ("[{agent: main, key: k}]", "[]", "no good example fails when `require` is turned around"),
    ],
)
def test_what_is_wrong_with_a_rule_is_said_at_its_line(authlint, rule, old, new, said):
    result = authlint("test", rule(old, new))
    assert result.exit_code == 1
    assert said in result.stdout


def test_a_broken_rule_file_gives_exit_code_2(authlint, rule):
    result = authlint("test", rule("sessions}", "sesions}"))
    assert result.exit_code == 2
    assert "unknown name `sesions` in the snapshot; did you mean `sessions`?" in result.stderr


def test_a_folder_without_rules_gives_exit_code_2(authlint, tmp_path):
    assert authlint("test", tmp_path).exit_code == 2
