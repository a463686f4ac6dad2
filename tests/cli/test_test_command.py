import pytest

RULE = """\
id: no-pin
title: A session is pinned
layer: session
severity: warning
for: {session: sessions}
require: {that: "!(session.authProfileOverride)"}
at: session.authProfileOverride
message: "{session.key} pins {session.authProfileOverride}"
examples:
  bad:
    - name: any pin
      given: {sessions: [{agent: main, key: k, authProfileOverride: p}]}
      expect: [{at: /sessions/0/authProfileOverride, severity: warning, message: pins p}]
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
        "  - expected error   at /sessions/0/authProfileOverride: …pins q…\n"
        "  + found    warning at /sessions/0/authProfileOverride: k pins p\n"
        "\n"
        "1 rule, 2 examples: 1 failure in 1 rule.\n"
    )


def test_where_a_null_would_fail_is_told_and_is_no_failure(authlint, rule):
    path = rule('"!(session.authProfileOverride)"', '"length(session.authProfileOverride) < `1`"')
    path.write_text(path.read_text().replace("key: k}]", "key: k, authProfileOverride: ''}]"))
    result = authlint("test", path)
    assert result.exit_code == 0
    assert result.stdout.startswith(
        f"{path}:6: may fail\n  `sessions.authProfileOverride` may be null; then "
    )
    assert result.stdout.endswith("\n\n1 rule, 2 examples: all hold.\n")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "{agent: main, key: k}]",
            "{agent: main, key: k, authProfileOverride: q}]",
            "+ found    warning at /sessions/0/authProfileOverride",
        ),
        ("key: k, authProfileOverride: p", "key: k", "- expected warning at /sessions/0/authProfileOverride"),
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


@pytest.fixture
def configured(rule, tmp_path, monkeypatch):
    """Return a function that writes a configuration beside a rule of one's own, in the current directory."""
    monkeypatch.chdir(tmp_path)

    def write(text, old="", new=""):
        rule(old, new)
        (tmp_path / "authlint.yaml").write_text(text)

    return write


@pytest.mark.parametrize("text", ["extends: ./pack\n", "extends: [recommended, ./pack]\n"])
def test_without_a_path_the_packs_of_the_configuration_are_tested(authlint, configured, text):
    configured(text)
    assert authlint("test").stdout == "1 rule, 2 examples: all hold.\n"


def test_the_configuration_can_be_named(authlint, configured, tmp_path, monkeypatch):
    configured("extends: ./pack\n", "message: pins p", "message: pins q")
    monkeypatch.chdir("/")
    result = authlint("test", "--config", tmp_path / "authlint.yaml")
    assert (result.exit_code, result.stdout.endswith("1 failure in 1 rule.\n")) == (1, True)


def test_nothing_else_of_the_configuration_changes_what_examples_mean(authlint, configured):
    configured(
        "extends: ./pack\nparams: {pinned: q}\nrules: {no-pin: {severity: off, params: {pinned: q}}}\n",
        'require: {that: "!(session.authProfileOverride)"}',
        'params: {pinned: p}\nrequire: {that: "session.authProfileOverride != params.pinned"}',
    )
    assert authlint("test").stdout == "1 rule, 2 examples: all hold.\n"


def test_a_tested_file_may_refer_to_the_packs_of_the_configuration(authlint, configured, rule, tmp_path):
    configured("extends: [./pack, ./more]\n")
    (tmp_path / "more").mkdir()
    more = (tmp_path / "pack" / "no-pin.yaml").read_text().replace("id: no-pin", "id: more-pin")
    (tmp_path / "more" / "more-pin.yaml").write_text(more)
    path = rule("severity: warning\n", "severity: warning\nyields_to: [more-pin]\n")
    assert authlint("test", path).exit_code == 0
    assert authlint("test").stdout == "2 rules, 4 examples: all hold.\n"


def test_a_mistake_in_the_configuration_gives_exit_code_2(authlint, configured):
    configured("extends: ./pak\n")
    result = authlint("test")
    assert result.exit_code == 2
    assert "authlint.yaml:1:10: there is no folder ./pak" in result.stderr


def test_a_folder_without_rules_gives_exit_code_2(authlint, tmp_path):
    assert authlint("test", tmp_path).exit_code == 2
