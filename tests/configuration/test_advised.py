"""Commands as the version of OpenClaw takes them that runs on a state."""

import pytest

from linter.configuration.rule_pack import vocabulary
from linter.engine.expression import evaluator
from linter.engine.syntax import parse

META = {
    "canonical": "openai-codex",
    "auth_owner": "ops",
    "semantics": {"names_login": True, "logs_out": True},
}


@pytest.mark.parametrize(
    ("meta", "expression", "expected"),
    [
        (
            META,
            "sign_in(@, `null`, 'a b', `null`)",
            "openclaw models auth login --provider openai-codex --agent ops --profile-id 'a b'",
        ),
        (
            META,
            "sign_in(@, 'x y', `null`, 'w k')",
            "openclaw models auth login --provider 'x y' --agent 'w k'",
        ),
        ({}, "sign_in(@, `null`, 'a', `null`)", "openclaw models auth --agent main login --provider openai"),
        (META, "sign_out(@, 'a b', `null`)", "openclaw models auth logout 'a b' --agent ops --yes"),
        (META, "sign_out(@, 'a', 'work')", "openclaw models auth logout a --agent work --yes"),
        (META, "sign_out(@, `null`, 'work')", ""),
        ({}, "sign_out(@, 'a', 'work')", ""),
    ],
)
def test_commands_of_the_release_that_runs_on_the_state(meta, expression, expected):
    assert vocabulary()  # whoever has it has the functions
    assert evaluator(parse(expression))(meta) == expected
