"""Two paths to one store are one login: openclaw#89048."""

import json

import pytest

from fixtures import load
from linter import lint

NAME = "2026.3.24-copied-to-agent"
COPIED = {"refresh-token-unique", "local-copy-stale", "same-seat-twice", "same-email-kept-separate"}


@pytest.fixture
def state(tmp_path):
    return load.materialise(NAME, tmp_path)


def rules(state):
    found = json.loads(lint(state, now=load.describe(NAME).now).to_json())["findings"]
    return {finding["rule"] for finding in found}


def test_a_copy_is_a_second_holder(state):
    assert "refresh-token-unique" in rules(state)


@pytest.mark.parametrize("linked", ["agents/work/agent/auth-profiles.json", "agents/work/agent"])
def test_a_link_is_none(state, linked):
    path = state / linked
    if path.is_dir():
        for file in path.iterdir():
            file.unlink()
        path.rmdir()
    else:
        path.unlink()
    path.symlink_to(state / linked.replace("work", "main"))
    assert rules(state).isdisjoint(COPIED)
