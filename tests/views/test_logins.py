"""The logins of a state by account, with what a router has selected and put into its slot."""

import pytest

from fixtures import load
from linter.openclaw.location import locate
from linter.reports.wrapping import Painter
from linter.usecases.snapshot import take_snapshot
from linter.views.logins import logins
from linter.views.logins_text import logins_text

NOW = 1795305600000


@pytest.fixture
def held(tables_of):
    return logins(tables_of("../routers/codex-auth/login-by-hand"))


@pytest.fixture
def tables_of(tmp_path):
    def take(name):
        state = load.materialise(name, tmp_path)
        return take_snapshot(locate(state, environ={}, home=tmp_path), NOW).tables

    return take


def test_a_slot_with_another_account_than_was_selected_says_so(held):
    found = {login.id: login for account in held.accounts for login in account.logins}
    (chosen,) = [login for login in found.values() if login.selected]
    assert chosen.id.endswith("11111111-aaaa-4aaa-8aaa-000000000001")
    assert [name for name, login in found.items() if login.departs] == ["~/.codex"]
    text = " ".join(logins_text(held, NOW, 100, Painter(colour=False)).split())
    assert "selected by codex-auth" in text
    assert "the slot of codex-auth, which has selected another account" in text


def test_two_accounts_of_one_email_are_told_apart_in_words(held):
    alike = [account.alike for account in held.accounts if account.email == "alice@example.com"]
    assert alike == ["same email, another account"] * 2


def test_a_slot_with_what_was_selected_departs_from_nothing(tables_of):
    held = logins(tables_of("../routers/codex-auth/healthy"))
    (chosen,) = [login for account in held.accounts for login in account.logins if login.selected]
    slots = [login for account in held.accounts for login in account.logins if login.slot_of]
    assert (chosen.owner, [slot.departs for slot in slots]) == ("codex-auth", [False])
