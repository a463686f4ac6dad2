"""The skill's layout, and the defects of its own reader that ours must not have (named S1 to S9 there)."""

import pytest

from linter.snapshot.comparisons import fill_comparisons

REPO = ".openclaw/codex-oauth-profiles.json"
SLOT = "openai-codex:default"
A, B = "openai-codex:a", "openai-codex:b"


@pytest.fixture
def read(home):
    def run(repo=None, slot=None, preference=None, **store):
        if repo is not None:
            home.write(REPO, {"profiles": repo} if isinstance(repo, dict) else repo)
        if preference is not None:
            home.write(".openclaw/codex_profile_id", preference)
        home.store(**({"openai_codex__default": slot} if slot is not None else {}), **store)
        snapshot = home.read()
        fill_comparisons(snapshot.tables, "agent:main")
        return snapshot

    return run


def selected(snapshot):
    (router,) = snapshot.tables["routers"]
    return router["selected_key"], router["selection_state"]


def verdicts(snapshot, kind="slot-repo"):
    return {row["right_id"]: row["verdict"] for row in snapshot.tables["comparisons"] if row["kind"] == kind}


def test_the_entry_in_the_slot_is_the_selection(read, new_login, oauth):
    snapshot = read({A: oauth(new_login()), B: oauth(new_login("acct-b"))}, oauth(new_login("acct-b")))
    assert selected(snapshot) == (B, "ok")
    assert verdicts(snapshot) == {A: "DIFFERENT", B: "EXACT"}


def test_s1_refresh_tokens_are_compared_in_either_spelling(read, new_login, oauth):
    old, new = new_login(), new_login(generation=2)
    entry = {"type": "oauth", "access": old.access, "refreshToken": old.refresh}
    assert verdicts(read({A: entry}, oauth(old))) == {A: "EXACT"}
    torn = read({A: entry}, oauth(old, refresh=new.refresh))
    assert verdicts(torn) == {A: "MIXED"}


def test_s2_different_static_tokens_are_not_equal(read):
    snapshot = read({A: {"type": "token", "token": "t-1"}}, {"type": "token", "token": "t-2"})
    assert verdicts(snapshot) == {A: "UNKNOWN"}
    assert selected(snapshot) == (None, "none")


def test_s3_an_empty_slot_matches_no_empty_entry(read):
    snapshot = read({A: {}}, {})
    assert verdicts(snapshot) == {A: "UNKNOWN"}
    assert selected(snapshot) == (None, "none")


def test_s4_the_slot_is_no_candidate_for_itself(read, new_login, oauth):
    snapshot = read({SLOT: oauth(new_login()), A: oauth(new_login())}, oauth(new_login()))
    assert selected(snapshot) == (A, "ok")
    assert verdicts(snapshot) == {A: "EXACT"}


def test_s4_without_a_repo_the_store_does_not_stand_in_for_it(read, new_login, oauth):
    snapshot = read(slot=oauth(new_login()), preference="openai-codex:a\n")
    assert snapshot.tables["routers"] == []
    assert snapshot.tables["slots"] == []
    assert snapshot.tables["repo_profiles"] == []


def test_s5_two_entries_that_match_are_ambiguous(read, new_login, oauth):
    snapshot = read({A: oauth(new_login()), B: oauth(new_login())}, oauth(new_login()))
    assert selected(snapshot) == (None, "ambiguous")


def test_s6_entries_without_the_prefix_are_seen(read, new_login, oauth):
    repo = {"codex-oauth-work": oauth(new_login()), "openai:b": oauth(new_login("acct-b"))}
    snapshot = read(repo, oauth(new_login()))
    assert selected(snapshot) == ("codex-oauth-work", "ok")
    prefixed = {row["key"]: row["key_prefixed"] for row in snapshot.tables["repo_profiles"]}
    assert prefixed == {"codex-oauth-work": False, "openai:b": True}


def test_s7_a_token_refresh_leaves_the_selection_as_it_is(read, new_login, oauth):
    repo = {A: oauth(new_login()), B: oauth(new_login("acct-b"))}
    snapshot = read(repo, oauth(new_login(generation=2)))
    assert selected(snapshot) == (A, "ok")
    (row,) = [row for row in snapshot.tables["comparisons"] if row["right_id"] == A]
    assert (row["verdict"], row["fresher"]) == ("STALE_COPY", "left")


def test_s8_the_account_comes_from_the_token_where_it_is_not_stored(read, new_login, oauth):
    (row,) = read({A: oauth(new_login())}).tables["repo_profiles"]
    assert row["accountId"] is None
    assert row["identity"]["account_id"] == "acct-a"


def test_s9_an_entry_does_not_shadow_the_profile_of_the_same_id(read, new_login, oauth):
    old, new = new_login(), new_login(generation=2)
    snapshot = read({A: oauth(old)}, oauth(old), openai_codex__a=oauth(new))
    assert verdicts(snapshot, "store-repo") == {A: "STALE_COPY"}
    (row,) = [row for row in snapshot.tables["comparisons"] if row["kind"] == "store-repo"]
    assert row["fresher"] == "left"


def test_two_seats_of_one_workspace_are_not_one_entry(read, new_login, oauth):
    repo = {A: oauth(new_login(user="user-2", email="bob@example.com"))}
    assert verdicts(read(repo, oauth(new_login()))) == {A: "DIFFERENT"}


def test_era_of_the_openai_namespace_uses_its_slot(home, new_login, oauth):
    home.meta.update(era="S", canonical="openai")
    home.write(REPO, {"profiles": {"openai:a": oauth(new_login())}})
    home.store(openai__default=oauth(new_login()))
    (slot,) = home.read().tables["slots"]
    assert (slot["id"], slot["present"]) == ("openai:default", True)


def test_each_agent_with_its_own_slot_has_one(home, new_login, oauth):
    home.write(REPO, {"profiles": {A: oauth(new_login())}})
    home.store(openai_codex__default=oauth(new_login()))
    home.store("ops", openai_codex__default=oauth(new_login("acct-b")))
    home.store("idle")
    snapshot = home.read()
    assert [row["agent"] for row in snapshot.tables["slots"]] == ["main", "ops"]
    assert len({row["mirror"] for row in snapshot.tables["slots"]}) == 1
    assert snapshot.tables["routers"][0]["managed_agents"] == ["main", "ops"]


def test_an_absent_slot_points_to_where_it_would_stand(read, new_login, oauth):
    (slot,) = read({A: oauth(new_login())}).tables["slots"]
    assert (slot["present"], slot["usable"]) == (False, False)
    assert slot["at"]["pointer"] == f"/profiles/{SLOT}"


def test_a_slot_in_a_store_that_does_not_parse_is_not_called_absent(home, new_login, oauth):
    home.write(REPO, {"profiles": {A: oauth(new_login())}})
    home.store()
    home.write(".openclaw/agents/main/agent/auth-profiles.json", '{"profiles": {')
    assert home.read().tables["slots"] == []


@pytest.mark.parametrize(
    ("text", "value", "flags"),
    [
        ("openai-codex:a\n", "openai-codex:a", {}),
        ("openai-codex:a", "openai-codex:a", {}),
        ("\ufeffopenai-codex:a", "openai-codex:a", {"bom": True}),
        ('"openai-codex:a"', "openai-codex:a", {"quoted": True}),
        ("openai-codex:a\nopenai-codex:b\n", "openai-codex:a", {"lines": 2}),
        ("openai-codex:a b", "openai-codex:a b", {"inner_space": True}),
        ("work", "work", {"prefixed": False}),
        ('{"id": "openai-codex:a"}', None, {"json": True, "prefixed": False}),
        ("", None, {"lines": 0, "prefixed": False}),
        (" \n", None, {"lines": 0, "prefixed": False}),
    ],
)
def test_the_preference_is_the_id_that_is_meant_with_what_is_unclean(read, text, value, flags):
    (row,) = read(preference=text).tables["preference"]
    clean = {
        "bom": False, "lines": 1, "quoted": False, "json": False, "prefixed": True, "inner_space": False
    }  # fmt: skip
    assert row["value"] == value
    assert {name: row[name] for name in clean} == clean | flags


def test_a_token_in_the_preference_file_is_masked(read, new_login):
    (row,) = read(preference=new_login().access).tables["preference"]
    assert new_login().access[:20] not in row["value"]


@pytest.mark.parametrize(
    ("repo", "problem"),
    [
        (b"[]", None),
        (b'{"accounts": {}}', "the repo has no `profiles` object"),
        (b'{"profiles": []}', "the repo has no `profiles` object"),
    ],
)
def test_a_repo_that_the_skill_would_ignore_is_a_config_problem(read, repo, problem):
    (router,) = read(repo).tables["routers"]
    assert router["config_problem"] == problem


def test_entries_that_are_no_logins_say_why(read):
    rows = read({"": {"access": "x"}, A: "text", B: {"email": "b@example.com"}}).tables["repo_profiles"]
    assert [row["entry_problem"] for row in rows] == ["blank key", "not an object", "no secret"]


def test_the_places_of_foreign_field_names_are_known(read):
    (row,) = read({A: {"refreshToken": "r-1", "tokens": {"account_id": "acct-a"}}}).tables["repo_profiles"]
    assert row["at"]["fields"]["refresh"]["pointer"] == f"/profiles/{A}/refreshToken"
    assert row["at"]["fields"]["accountId"]["pointer"] == f"/profiles/{A}/tokens/account_id"
