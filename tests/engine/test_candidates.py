import pytest

ALIKE = {
    "joined": """
        for:
          session: sessions
          login: {in: profiles, match: {email: session.pin}, where: "login.owner != session.source"}
        require: {that: "!login"}
    """,
    "joined_by_more": """
        for:
          session: sessions
          login:
            in: profiles
            match: {email: session.pin}
            where: "login.owner != session.source && login.id != session.key"
        require: {that: "!login"}
    """,
    "sought": """
        for: {session: sessions}
        require: {absent: {in: profiles, match: {email: session.pin}, where: "it.owner != session.source"}}
    """,
    "of_the_session": """
        for: {session: sessions}
        require: {absent: {in: profiles, match: {email: session.pin}, where: "!(session.source)"}}
    """,
    "counted": """
        for: {session: sessions}
        require:
          count: {in: profiles, match: {email: session.pin}, where: "it.owner != session.source", at_most: 0}
    """,
}


@pytest.mark.parametrize("name", ALIKE)
def test_of_many_rows_that_are_alike_one_is_looked_at(pack_of, lint, monkeypatch, name):
    monkeypatch.setattr("linter.engine.join.MOST_STEPS", 99)
    sessions = [{"key": str(number), "pin": "a@example.com", "source": "x"} for number in range(50)]
    logins = [{"id": str(number), "email": "a@example.com", "owner": "x"} for number in range(50)]
    found = lint(pack_of(**{name: ALIKE[name]}), sessions=sessions, profiles=logins)
    assert (found.findings, found.problems) == ((), ())


@pytest.mark.parametrize("name", ["joined", "sought", "counted"])
def test_of_a_kind_that_fits_every_row_counts_in_its_order(pack_of, lint, name):
    owners = ["x", "y", "x", "z"] * 10
    logins = [{"id": str(n), "email": "a@example.com", "owner": owner} for n, owner in enumerate(owners)]
    told = {"joined": "{login.id}", "sought": "{it.id}", "counted": "{it[].id}"}[name]
    pack = pack_of(**{name: ALIKE[name] + f"    message: '{told}'\n"})
    found = lint(pack, sessions=[{"key": "k", "pin": "a@example.com", "source": "x"}], profiles=logins)
    odd = [str(number) for number in range(1, 40, 2)]
    wanted = {"joined": sorted(odd), "sought": ["1"], "counted": [", ".join(odd)]}[name]
    assert sorted(finding.message for finding in found.findings) == wanted


@pytest.mark.parametrize(
    "where", ["it.owner > `1` && lower(it.id) == 'x'", "@.it.owner == 'y'", "it && it.owner == 'y'"]
)
def test_a_condition_on_the_whole_row_is_asked_of_each(pack_of, lint, where):
    logins = [{"id": "x", "email": "a", "owner": "x"}] * 30 + [{"id": 1, "email": "a", "owner": "y"}]
    pack = pack_of(
        a=f"""
        for: {{session: sessions}}
        require: {{absent: {{in: profiles, match: {{email: session.pin}}, where: "{where}"}}}}
    """
    )
    found = lint(pack, sessions=[{"key": "k", "pin": "a"}], profiles=logins)
    assert len(found.findings) == (">" not in where)
    assert found.problems == ()


def test_a_row_on_which_a_where_fails_is_told_and_the_others_count(pack_of, lint):
    pack = pack_of(
        a="""
        for: {session: sessions}
        require: {absent: {in: profiles, match: {email: session.pin}, where: "lower(it.owner) == 'x'"}}
        message: "{session.key}"
    """
    )
    sessions = [{"agent": "a", "key": "bad", "pin": "b"}, {"agent": "a", "key": "good", "pin": "g"}]
    logins = [{"id": "1", "email": "b", "owner": 1}, {"id": "2", "email": "g", "owner": "X"}]
    found = lint(pack, sessions=sessions, profiles=logins)
    assert [finding.message for finding in found.findings] == ["good"]
    (problem,) = found.problems
    assert "`lower(it.owner) == 'x'` failed on agent a session bad" in problem.message
