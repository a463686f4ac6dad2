import pytest

from linter.configuration.model import ConfigurationError
from linter.configuration.settings import configured
from linter.engine.settings import Settings

RULE = "session-override-exists"
EVERYTHING = Settings()


@pytest.fixture
def settings(configuration, pack):
    """Return a function that gives the settings which a text makes."""
    return lambda text, chosen=EVERYTHING: configured(configuration(text), pack, chosen)


def selected(settings, pack):
    return {rule.id for rule in pack.rules if settings.selects(rule)}


@pytest.fixture
def with_default_off(pack):
    """Return the pack with one rule that is off by itself."""
    return pack._replace(
        rules=tuple(rule._replace(severity="off") if rule.id == RULE else rule for rule in pack.rules)
    )


def test_recommended_is_what_is_on_by_itself(settings, pack):
    assert settings("").severities == {}
    assert selected(settings("extends: recommended\n"), pack) == selected(EVERYTHING, pack)


def test_all_switches_on_what_is_off_by_itself(configuration, with_default_off):
    def severity(text):
        return configured(configuration(text), with_default_off, EVERYTHING).severities.get(RULE)

    assert severity("extends: recommended\n") is None
    assert severity("extends: [recommended, all]\n") == "warning"
    assert severity(f"rules: {{{RULE}: on}}\n") == "warning"
    assert severity(f"extends: all\nrules: {{{RULE}: note}}\n") == "note"


def test_without_a_built_in_set_only_named_rules_of_it_run(settings, pack, tmp_path):
    (tmp_path / "mine").mkdir()
    rules = f"{RULE}: on, token-expired: error, file-parses: {{params: {{skew: 1 s}}}}"
    found = settings(f"extends: ./mine\nrules: {{{rules}}}\n")
    assert selected(found, pack) == {RULE, "token-expired"}
    assert found.severities.get(RULE) is None
    assert found.severities["token-expired"] == "error"


def test_the_last_pattern_that_matches_decides(settings):
    found = settings('rules: {"session-*": off, session-override-exists: on, "*-override-exists": note}\n')
    assert found.severities["session-override-source"] == "off"
    assert found.severities[RULE] == "note"


def test_params_of_patterns_add_up(settings, pack):
    rules = f'"session-*": {{params: {{skew: 2 s}}}}, {RULE}: {{params: {{active_window: 1 d}}}}'
    found = settings(f"params: {{skew: 1 s}}\nrules: {{{rules}}}\n")
    rules = {rule.id: rule for rule in pack.rules}
    assert found.params_of(rules["token-expired"], pack.params)["skew"] == 1_000
    mine = found.params_of(rules[RULE], pack.params)
    assert (mine["skew"], mine["active_window"]) == (2_000, 86_400_000)


def test_the_command_line_still_chooses(settings, pack):
    chosen = Settings(select=frozenset({RULE, "token-expired"}), ignore=frozenset({"token-expired"}))
    assert selected(settings("", chosen), pack) == {RULE}
    assert selected(settings(f"rules: {{{RULE}: off}}\n", chosen), pack) == set()


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("rules:\n  session-override-exist: off\n", 2, 3, "no rule `session-override-exist`; did you mean"),
        ('rules:\n  "no-such-*": off\n', 2, 3, "no rule `no-such-*`"),
        ("overrides:\n  - {agent: a, rules: {tokn-expired: off}}\n", 2, 24, "did you mean `token-expired`?"),
        ("suppress:\n  - {rule: tokn, subject: a, reason: b}\n", 2, 12, "no rule `tokn`"),
        ("params:\n  skw: 1 s\n", 2, 3, "unknown param `skw`; did you mean `skew`?"),
        ("params:\n  skew: 3 days\n", 2, 9, "`skew` must be a number, or a length of time like `7 d`"),
        ("params: {skew: true}\n", 1, 16, "`skew` must be a number"),
        ("rules:\n  token-expired: {params: {skw: 1}}\n", 2, 28, "did you mean `skew`?"),
        (
            "overrides:\n  - {agent: a, rules: {'*': {params: {skew: []}}}}\n",
            2,
            45,
            "`skew` must be a number",
        ),
    ],
)
def test_what_no_rule_knows_is_named_where_it_stands(settings, text, line, column, message):
    with pytest.raises(ConfigurationError) as caught:
        settings(text)
    [problem] = caught.value.problems
    assert (problem.line, problem.column) == (line, column)
    assert message in problem.message
