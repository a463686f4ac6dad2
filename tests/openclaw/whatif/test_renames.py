"""Which names the migration to 2026.9.6 gives to logins (recorded migrations: test_upgrade)."""

import pytest

from linter.openclaw.selection.semantics import semantics_in
from linter.openclaw.whatif.renames import renamed_lists, renames
from linter.snapshot.tables import empty_tables, new_row

AFTER = semantics_in((2026, 9, 6))


def login(name, realm="openai-codex", *, scope="agent:main", **columns):
    columns = {"type": "oauth", "accountId": f"account of {name}", **columns}
    return new_row("profiles", scope=scope, id=name, realm=realm, provider=realm, **columns)


def named(*logins, in_files=True, **tables):
    found = empty_tables() | {"profiles": [*logins], **tables}
    return renames(found, AFTER, in_files=in_files)


def test_a_login_takes_its_new_name_and_one_of_its_own_where_that_is_taken():
    found = named(
        login("openai-codex:a"), login("codex:a"), login("openai-codex:b"), login("openai:b", "openai")
    )
    assert found.stored == {
        "codex:a": "openai:a",
        "openai-codex:a": "openai:chatgpt-a",
        "openai-codex:b": "openai:chatgpt-b",
    }
    assert found.named == found.stored


def test_names_that_lists_and_records_hold_are_taken_too():
    taken = new_row("usage_stats", scope="agent:main", id="openai:a")
    again = new_row("orders", layer="config", id="openai:chatgpt-a")
    found = named(login("openai-codex:a"), usage_stats=[taken], orders=[again])
    assert found.stored == {"openai-codex:a": "openai:chatgpt-a-2"}


def test_a_name_of_the_new_provider_stays_where_only_the_provider_is_old():
    assert named(login("openai:a", "openai-codex")).stored == {"openai:a": "openai:a"}


@pytest.mark.parametrize(
    ("row", "providers"),
    [
        (login("openai-codex:a", None), []),
        (login("openai-codex:a", "anthropic"), []),
        (login("openai-codex:a"), ["openai-codex"]),
        (login("openai:a", "openai"), []),
        (login("mine:a", "mine"), []),
    ],
    ids=["no provider", "another provider", "a provider of the user's own", "new already", "not OpenAI's"],
)
def test_a_login_whose_provider_is_not_plain_keeps_its_name(row, providers):
    own = [new_row("model_providers", provider=name, realm=name) for name in providers]
    assert named(row, model_providers=own).stored == {}


def test_one_entry_that_is_not_plain_keeps_the_name_everywhere():
    declared = new_row("config_profiles", id="openai-codex:a", realm="anthropic")
    assert named(login("openai-codex:a"), config_profiles=[declared]).stored == {}


@pytest.mark.parametrize(
    ("other", "lost"),
    [
        (login("openai-codex:b", accountId="account of openai-codex:a"), True),
        (login("openai:b", "openai", accountId="account of openai-codex:a"), True),
        (login("openai-codex:b"), False),
        (login("openai-codex:b", accountId="account of openai-codex:a", scope="agent:ops"), False),
        (
            login("openai-codex:b", accountId="account of openai-codex:a", dropped_reason="invalid_type"),
            False,
        ),
        (login("openai-codex:b", type="api_key", accountId="account of openai-codex:a"), False),
    ],
    ids=["twin", "twin of the new name", "another account", "another store", "not loaded", "a key"],
)
def test_two_logins_of_one_account_in_one_store_cost_all_pins_their_names(other, lost):
    found = named(login("openai-codex:a"), other)
    assert found.stored["openai-codex:a"] == "openai:a"
    assert (found.named == {}) is lost
    assert named(login("openai-codex:a"), other, in_files=False).named


def test_lists_of_the_old_provider_go_first_and_unknown_ids_stay_behind():
    names = {"openai-codex:a": "openai:a"}
    lists = {"openai": ["openai:b", "openai:a"], "openai-codex": ["openai-codex:a", "openai-codex:gone"]}
    assert renamed_lists(lists, names) == {
        "openai": ["openai:a", "openai:b"],
        "openai-codex": ["openai-codex:gone"],
    }


def test_an_empty_list_of_the_new_provider_stays_empty():
    names = {"openai-codex:a": "openai:a"}
    assert renamed_lists({"openai": [], "openai-codex": ["openai-codex:a"]}, names) == {"openai": []}
    assert renamed_lists({"openai-codex": []}, names) == {"openai": []}


def test_a_list_without_any_known_id_stays_whole():
    assert renamed_lists({"openai-codex": ["openai-codex:gone"]}, {}) == {
        "openai-codex": ["openai-codex:gone"]
    }
