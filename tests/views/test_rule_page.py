from pathlib import Path

import pytest

from linter.configuration.rule_pack import vocabulary
from linter.engine.rule_file import read_rule
from linter.engine.rule_under_test import RuleUnderTest
from linter.views.rule_page import rule_page

RULE = """\
id: pin-stored
title: A pin names nothing
layer: session
symptoms: [wrong-account]
checklist: [3]
severity: error
eras: [J]
params: {window: 7 d}
for: {session: "sessions[?authProfileOverride && updatedAt < `9`]"}
require: {exists: {in: profiles, match: {id: session.authProfileOverride}}}
adjust: [{when: session.live, severity: note}]
at: session.authProfileOverride
message: "{session.key} pins {session.authProfileOverride}"
references: [openclaw#1, acme/kit#2, kit#3]
about: What it *means*.
fixes:
  - title: Clear the pin
    safety: unsafe
    when: session.live
    reason: Ask first.
    remove: [session.authProfileOverride]
  - {title: Log in, safety: advice, reason: Only you can., command: "openclaw login {quote(session.agent)}"}
examples:
  bad:
    - name: a dangling pin
      given: {sessions: [{agent: main, key: k_1, live: true, authProfileOverride: p, updatedAt: 1}]}
      expect: [{at: /sessions/0/authProfileOverride}]
  good:
    - given: {sessions: [{agent: main, key: k, authProfileOverride: p, updatedAt: 1}], profiles: [{id: p}]}
"""


@pytest.fixture
def page():
    file = read_rule(Path("pin-stored.yaml"), RULE, vocabulary(), {})
    return rule_page(file, RuleUnderTest(file.rule, vocabulary(), {}))


@pytest.mark.parametrize(
    "part",
    [
        "# pin-stored\n\n**A pin names nothing.**",
        "| severity | error, in some cases note |",
        "| eras | JSON files (to 2026.5) |",
        "[openclaw#1](https://github.com/openclaw/openclaw/issues/1)",
        "[acme/kit#2](https://github.com/acme/kit/issues/2), kit#3",
        "What it *means*.",
        "- `window`: `7 d`",
        "**Fix (unsafe):** Clear the pin\n\nAsk first.",
        "**Advice:** Log in\n\nOnly you can.\n\n```sh\nopenclaw login main\n```",
        "## Reported\n\n### a dangling pin",
        "authProfileOverride: p  # <-",
        "**note:** k\\_1 pins p",
        "After the fix:\n\n```yaml\nsessions:\n  - {agent: main, key: k_1, live: true, updatedAt: 1}\n```",
        "## Not reported\n\n### example 1",
    ],
)
def test_a_page_tells_everything_about_a_rule(page, part):
    assert part in page


def test_what_a_rule_does_not_have_is_left_out(page):
    assert "yields to" not in page
