"""What remedies must say before somebody follows them."""

import re

import pytest
from ruamel.yaml import YAML

from linter.configuration.rule_pack import built_in_rules

SAID = {
    "refreshes logins": r"refresh(es)? (logins|tokens)",
    "needs the network": r"network",
    "what happens offline": r"(offline|without (a|one)\b|without the network)",
    "a copy first": r"([Cc]opy|[Bb]ack up)",
}


def fixes():
    """Yield the fixes of the rules that name doctor at all."""
    for path in sorted(built_in_rules().rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        if "doctor --fix" in text:
            for fix in YAML(typ="safe").load(text.partition("\nexamples:")[0]).get("fixes", ()):
                yield path.stem, fix


def sends_to_doctor(fix):
    commands = fix.get("command", [])
    return "openclaw doctor --fix" in (commands if isinstance(commands, list) else [commands])


SENDING = [(rule, fix) for rule, fix in fixes() if sends_to_doctor(fix)]


def test_some_remedies_are_doctors():
    assert {"login-stored-elsewhere", "api-key-answers-for-login"} <= {rule for rule, _ in SENDING}


@pytest.mark.parametrize(("rule", "fix"), SENDING, ids=[rule for rule, _ in SENDING])
def test_a_remedy_that_is_doctors_says_what_doctor_does_to_logins(rule, fix):
    del rule
    assert [what for what, words in SAID.items() if not re.search(words, fix.get("reason", ""))] == []


def test_a_remedy_that_names_doctor_says_that_it_needs_the_network():
    silent = [
        rule
        for rule, fix in fixes()
        if re.search("doctor --fix`? (then|merges|renames|repairs)", fix.get("reason", ""))
        and not re.search("network", fix["reason"])
    ]
    assert silent == []
