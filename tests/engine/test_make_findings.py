from linter.engine.evaluate import evaluate
from linter.engine.finding import Location
from linter.engine.settings import Settings

ALWAYS = """
for: {session: sessions}
require: {that: "`false`"}
"""


ADJUSTED = """
    for: {session: sessions}
    require: {that: "`false`"}
    severity: error
    adjust:
      - {when: session.source == 'auto', severity: warning}
      - {when: session.live == `false`, severity: note, message: "{session.key} is idle"}
      - {when: session.key == 'x', severity: "off"}
    message: "{session.key} is wrong"
"""


def test_the_last_adjustment_that_applies_wins(pack_of, lint):
    found = lint(
        pack_of(a=ADJUSTED),
        sessions=[
            {"key": "1"},
            {"key": "2", "source": "auto"},
            {"key": "3", "source": "auto", "live": False},
            {"key": "x", "source": "auto"},
        ],
    )
    assert [(finding.severity, finding.message) for finding in found.findings] == [
        ("error", "1 is wrong"),
        ("warning", "2 is wrong"),
        ("note", "3 is idle"),
    ]


def test_a_severity_of_the_settings_is_final_except_for_what_is_off(pack_of, lint):
    settings = Settings(severities={"a": "note"})
    found = lint(pack_of(a=ADJUSTED), settings, sessions=[{"key": "1"}, {"key": "x"}])
    assert [finding.severity for finding in found.findings] == ["note"]


COLLECTED = """
    for: {profile: profiles}
    require: {that: "`false`"}
    adjust: [{when: profile.scope == 'b', severity: error}]
    severity: warning
    collect: {by: [profile.owner], as: {agents: profile.scope}}
    at: profile.id
    message: "{profile.owner} for {agents}, {length(agents)} {plural(length(agents), 'agent', 'agents')}"
"""


def test_findings_that_are_equal_become_one(pack_of, lint):
    found = lint(
        pack_of(a=COLLECTED),
        profiles=[
            {"owner": "o", "scope": "c", "id": "1"},
            {"owner": "o", "scope": "b", "id": "2"},
            {"owner": "o", "scope": "b", "id": "3"},
            {"owner": "p", "scope": "a", "id": "4"},
        ],
    )
    first, second = sorted(found.findings, key=lambda finding: finding.message)
    assert (first.severity, first.message) == ("error", "o for b, c, 2 agents")
    assert (second.severity, second.message) == ("warning", "p for a, 1 agent")
    assert {place.pointer for place in (first.location, *first.related)} == {
        f"/profiles/{i}/id" for i in range(3)
    }


def test_a_collected_finding_keeps_its_fingerprint_when_a_member_goes(pack_of, lint):
    both = [{"owner": "o", "scope": "c", "id": "1"}, {"owner": "o", "scope": "a", "id": "2"}]
    pack = pack_of(a=COLLECTED)
    (before,), (after,) = lint(pack, profiles=both).findings, lint(pack, profiles=both[1:]).findings
    assert before.fingerprint == after.fingerprint


def test_the_subject_is_named_from_the_outside_in(pack_of, lint):
    pack = pack_of(
        a="""
        for:
          profile: profiles
          session: {in: sessions, match: {pin: profile.id}}
        subject: session
        require: {that: "`false`"}
    """
    )
    (finding,) = lint(
        pack, profiles=[{"id": "p"}], sessions=[{"agent": "main", "key": "k", "pin": "p"}]
    ).findings
    assert finding.subject == (("agent", "main"), ("session", "k"))
    assert finding.location == Location("s", "/sessions/0")


def test_the_fingerprint_survives_moved_rows_and_names_the_rule(pack_of, lint):
    body = ALWAYS
    rows = [{"agent": "m", "key": "1"}, {"agent": "m", "key": "2"}]
    before = lint(pack_of(a=body), sessions=rows).findings
    after = lint(pack_of(a=body, b=body), sessions=[{"agent": "z", "key": "0"}, *rows]).findings
    found = {finding.fingerprint for finding in before}
    assert found == {f.fingerprint for f in after if f.rule == "a" and f.subject[1][1] != "0"}
    assert len({finding.fingerprint for finding in after}) == 6
    assert all(len(fingerprint) == 32 for fingerprint in found)


ALIKE = """
    for: {profile: profiles}
    require: {unique: {by: [profile.owner]}}
    message: "{profile.id} and {others[*].profile.id}"
"""


def test_of_rows_that_contradict_each_other_the_first_by_name_is_the_subject(pack_of, lint):
    rows = [{"owner": "o", "scope": scope, "id": "p"} for scope in ("b", "a", "c")]
    for order in (rows, rows[::-1], rows[1:] + rows[:1]):
        (finding,) = lint(pack_of(a=ALIKE), profiles=order).findings
        assert finding.subject == (("scope", "a"), ("profile", "p"))
        assert finding.location == Location("s", "/profiles/0")


def test_the_subject_of_a_collected_finding_is_the_first_by_name_too(pack_of, lint):
    rows = [{"owner": "o", "scope": scope, "id": "1"} for scope in ("c", "d", "a")]
    for order in (rows, rows[::-1]):
        (finding,) = lint(pack_of(a=COLLECTED), profiles=order).findings
        assert finding.subject == (("scope", "a"), ("profile", "1"))


def test_a_rule_yields_for_the_same_row_in_whatever_order_it_is_read(pack_of, lint):
    other = """
        for: {profile: profiles}
        require: {that: profile.scope != 'a'}
        yields_to: [a]
    """
    rows = [{"owner": "o", "scope": scope, "id": "p"} for scope in ("b", "a")]
    for order in (rows, rows[::-1]):
        assert [it.rule for it in lint(pack_of(a=ALIKE, b=other), profiles=order).findings] == ["a"]


def test_findings_about_one_subject_have_their_own_fingerprints(pack_of, lint):
    pack = pack_of(a=ALWAYS)
    found = lint(pack, sessions=[{"agent": "m", "key": "1"}] * 3).findings
    assert len({finding.fingerprint for finding in found}) == 3


def test_rows_of_several_tables_keep_their_own_identity(pack_of, lint):
    pack = pack_of(a='for: {row: "[profiles, slots][]"}\nrequire: {that: "row.type != \'x\'"}')
    found = lint(
        pack,
        profiles=[{"scope": "m", "id": "p", "type": "x"}],
        slots=[{"router": "r", "id": "s", "type": "x"}, {"id": "t", "type": "y"}],
    )
    assert [finding.subject for finding in found.findings] == [
        (("scope", "m"), ("profile", "p")),
        (("router", "r"), ("slot", "s")),
    ]


def test_a_pointer_is_escaped(pack_of, lint):
    pack = pack_of(a="for: {agent: agents}\nrequire: {that: agent.kind}\nat: agent.kind\n")
    at = {"source": "s", "pointer": "/a~1b"}
    (finding,) = lint(pack, agents=[{"at": at, "kind": False}]).findings
    assert finding.location == Location("s", "/a~1b/kind")


RELATED = """
    for:
      session: sessions
      profile: {in: profiles, match: {id: session.pin}, optional: true}
    require: {that: "`false`"}
    related:
      store: session.agent
      profile: {at: profile.email, message: "{profile.id} is stored here"}
      again: profile.email
"""


def test_a_reference_leads_to_the_row_it_names_and_a_null_name_nowhere(pack_of, lint):
    found = lint(
        pack_of(a=RELATED),
        sessions=[{"agent": "x", "pin": "p"}, {"agent": "nobody"}],
        agents=[{"id": "y"}, {"id": "x"}],
        profiles=[{"id": "p"}],
    )
    first, second = found.findings
    assert first.related == (
        Location("s", "/agents/1", "store"),
        Location("s", "/profiles/0/email", "p is stored here"),
    )
    assert second.related == ()


def test_a_finding_without_any_place_still_counts(pack_of):
    found = evaluate(
        pack_of(a=ALWAYS),
        {"meta": {}, "sessions": [{"agent": "m", "key": "k"}]},
    )
    assert [finding.location for finding in found.findings] == [Location("", "")]


def test_values_show_what_the_rule_reads_and_no_secret(pack_of, lint):
    pack = pack_of(
        a="""
        for:
          session: sessions[?pin]
          profile: {in: profiles, match: {id: session.pin}}
        when: session.secret && session.tags && profile.identity.seat && session.updatedAt < meta.now
        require: {that: "`false`"}
    """
    )
    found = lint(
        pack,
        sessions=[
            {
                "pin": "p",
                "key": "not read",
                "secret": {"fingerprint": "ab", "kind": "jwt", "claims": {"email": "e"}},
                "tags": ["x"],
                "updatedAt": 1,
            }
        ],
        profiles=[{"id": "p", "identity": {"seat": "a/b", "account": "a"}}],
    )
    assert found.findings[0].values == {
        "session": {
            "pin": "p",
            "secret": {"fingerprint": "ab", "kind": "jwt"},
            "tags": ["x"],
            "updatedAt": 1,
        },
        "profile": {"id": "p", "identity.seat": "a/b"},
        "meta": {"now": 1_000_000},
    }


MOVED = """
    for: {session: sessions}
    require: {that: "`false`"}
    at: session.pin
    related: {key: session.key, tags: session.tags}
    message: m
    fixes: [{title: t, safety: safe, remove: [session.pin]}]
"""


def test_a_field_stands_where_its_row_says_else_under_its_own_name(pack_of, lint):
    at = {"source": "a", "pointer": "/s", "fields": {"pin": {"source": "b", "pointer": "/active"}}}
    row = {"key": "1", "pin": "x", "tags": [], "at": at}
    (finding,) = lint(pack_of(a=MOVED), sessions=[row]).findings
    assert finding.location == Location("b", "/active")
    assert [place[:2] for place in finding.related] == [("a", "/s/key"), ("a", "/s/tags")]
    assert [(edit.source, edit.pointer) for edit in finding.fixes[0].edits] == [("b", "/active")]
