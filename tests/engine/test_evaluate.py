import pytest

from linter.engine.settings import Settings

ALWAYS = """
for: {session: sessions}
require: {that: "`false`"}
"""


def pointers(evaluation):
    assert evaluation.problems == ()
    return [finding.location.pointer for finding in evaluation.findings]


def messages(evaluation):
    assert evaluation.problems == ()
    return [finding.message for finding in evaluation.findings]


YIELDING = {
    "a": "for: {session: sessions}\nrequire: {that: \"session.key != '1'\"}",
    "b": "for: {session: sessions}\nrequire: {that: \"session.pin != 'x'\"}\nyields_to: [a]",
    "c": ALWAYS + "yields_to: [b]",
}


def rules_by_row(evaluation):
    assert evaluation.problems == ()
    return sorted((finding.location.pointer, finding.rule) for finding in evaluation.findings)


def test_a_row_has_one_finding_along_a_chain_of_rules_that_yield(pack_of, lint):
    sessions = [{"key": "1", "pin": "x"}, {"key": "2", "pin": "x"}, {"key": "3", "pin": "y"}]
    found = lint(pack_of(**YIELDING), sessions=sessions)
    assert rules_by_row(found) == [("/sessions/0", "a"), ("/sessions/1", "b"), ("/sessions/2", "c")]


def test_a_rule_yields_to_one_that_is_not_selected(pack_of, lint):
    settings = Settings(select={"c"})
    found = lint(pack_of(**YIELDING), settings, sessions=[{"key": "2", "pin": "x"}, {"key": "3", "pin": "y"}])
    assert rules_by_row(found) == [("/sessions/1", "c")]


def test_rows_of_different_tables_at_one_place_do_not_silence_each_other(pack_of, lint):
    pack = pack_of(
        a=ALWAYS,
        b='for: {profile: profiles}\nrequire: {that: "`false`"}\nyields_to: [a]',
    )
    at = {"source": "s", "pointer": "/same"}
    assert len(lint(pack, sessions=[{"at": at}], profiles=[{"at": at}]).findings) == 2


def test_what_an_adjustment_turns_off_silences_nobody(pack_of, lint):
    pack = pack_of(
        a=ALWAYS + 'adjust: [{when: session.live, severity: "off"}]',
        b=ALWAYS + "yields_to: [a]",
    )
    found = lint(pack, sessions=[{"live": True}, {"live": False}])
    assert rules_by_row(found) == [("/sessions/0", "b"), ("/sessions/1", "a")]


FAILING = """
    for: {session: sessions}
    when: length(session.key) == session.updatedAt
    require: {that: "`false`"}
"""


def test_an_expression_that_fails_on_a_row_leaves_the_findings_of_all_others(pack_of, lint):
    pack = pack_of(a=FAILING, b=ALWAYS)
    found = lint(
        pack,
        sessions=[
            {"key": "k", "updatedAt": 1},
            {"agent": "m", "key": 9, "updatedAt": 5},
            {"key": "k-10", "updatedAt": 5},
        ],
    )
    assert [finding.location.pointer for finding in found.findings if finding.rule == "a"] == ["/sessions/0"]
    (problem,) = found.problems
    assert (problem.rule, problem.path, problem.column) == ("a", "rules/a.yaml", 7)
    assert "`length(session.key) == session.updatedAt` failed on agent m session 9" in problem.message
    assert "length() takes" in problem.message


@pytest.mark.parametrize(
    "body",
    [
        'for: {session: sessions}\nrequire: {that: "length(session.updatedAt)"}',
        'for: {session: sessions}\nrequire: {agree: ["session.key", "lower(session.updatedAt)"]}',
        'for: {session: sessions}\nrequire: {exists: {in: agents, match: {id: "lower(session.updatedAt)"}}}',
        'for: {session: sessions}\nrequire: {exists: {in: agents, where: "lower(session.updatedAt)"}}',
        'for: {session: sessions}\nrequire: {unique: {by: "lower(session.updatedAt)"}}',
        ALWAYS + 'message: "{lower(session.updatedAt)}"',
        ALWAYS + 'adjust: [{when: "lower(session.updatedAt)", severity: note}]',
        ALWAYS + 'collect: {by: "lower(session.updatedAt)"}',
        ALWAYS + 'fixes: [{title: "{lower(session.updatedAt)}", safety: safe, remove: [session]}]',
        'for: {session: sessions, o: {in: agents, match: {id: "lower(session.pin)"}}}\nrequire: {that: o}',
        'for: {session: sessions, o: {in: agents, where: "lower(session.updatedAt)"}}\nrequire: {that: o.id}',
        'for: {session: sessions, o: {in: agents}}\nwhen: "o.kind || lower(session.pin)"\nrequire: {that: o}',
        'for: {session: sessions}\nwhen: "session.live || lower(meta.now)"\nrequire: {that: session.live}',
        'for: {session: sessions}\nrequire: {that: "max(session.tags) > `1`"}',
    ],
)
def test_every_expression_may_fail_without_harm_or_leak(pack_of, lint, body):
    found = lint(
        pack_of(a=body),
        sessions=[{"agent": "m", "key": "k", "updatedAt": 424242, "pin": 424242, "tags": ["a-secret", 1]}],
        agents=[{"id": "x"}],
    )
    (problem,) = found.problems
    assert found.findings == ()
    assert problem.line > 0
    assert "failed on agent m session k: " in problem.message
    assert "424242" not in problem.message
    assert "a-secret" not in problem.message


SELECTING = [
    ('for: {one: "sessions[?starts_with(pin, \'x\')]"}\nrequire: {that: "`false`"}', ["/sessions/1"]),
    (
        "for: {one: \"[agents, sessions[?starts_with(pin, 'x')]][]\"}\nrequire: {that: '`false`'}",
        ["/agents/0", "/sessions/1"],
    ),
    (
        (
            "for: {one: sessions}\n"
            "require: {exists: {in: \"sessions[?starts_with(pin, 'y')]\", match: {key: one.key}}}"
        ),
        ["/sessions/0", "/sessions/1"],
    ),
]


@pytest.mark.parametrize(("body", "found"), SELECTING)
def test_rows_on_which_a_selection_fails_are_left_out_and_the_others_count(pack_of, lint, body, found):
    sessions = [{"key": "k", "pin": 424242}, {"key": "l", "pin": "xa"}, {"key": "m", "pin": "ya"}]
    pack = pack_of(a=body, b=body.replace("one", "other"))
    result = lint(pack, sessions=sessions, agents=[{"id": "x"}])
    assert [it.location.pointer for it in result.findings if it.rule == "a"] == found
    assert [problem.rule for problem in result.problems] == ["a", "b"]
    assert "starts_with() takes string, not number" in result.problems[0].message
    assert "424242" not in str(result.problems)


def test_a_constant_part_that_fails_but_is_never_reached_does_not_matter(pack_of, lint):
    pack = pack_of(
        a='for: {session: sessions}\nwhen: "session.live || lower(meta.now)"\nrequire: {that: session.pin}'
    )
    assert pointers(lint(pack, sessions=[{"live": True, "pin": False}])) == ["/sessions/0"]


def test_a_rule_is_silent_outside_its_eras(pack_of, lint):
    pack = pack_of(a='eras: [S]\nfor: {session: sessions}\nrequire: {that: "`false`"}')
    assert lint(pack, sessions=[{}], meta={"era": "J"}).findings == ()
    assert len(lint(pack, sessions=[{}], meta={"era": "S"}).findings) == 1
    assert len(lint(pack, sessions=[{}], meta={}).findings) == 1


def test_params_of_the_user_go_before_every_default(pack_of, lint):
    body = """
        params: {limit: 5 min}
        for: {session: sessions}
        require: {that: "`false`"}
        message: "{params.limit} {params.window}"
    """
    pack = pack_of(a=body, params="window: 7 d\nlimit: 1 s")

    def shown(**settings):
        return messages(lint(pack, Settings(**settings), sessions=[{}]))

    assert shown() == ["300000 604800000"]
    assert shown(params={"limit": "2 s", "window": 3}) == ["2000 3"]
    assert shown(params={"limit": "2 s"}, rule_params={"a": {"limit": "4 s"}, "b": {"limit": 1}}) == [
        "4000 604800000"
    ]


def test_selection_and_severities_decide_which_rules_run(pack_of, lint):
    body = ALWAYS + ""
    pack = pack_of(a=body, b=body + 'severity: "off"', c=body)

    def ran(**settings):
        return [finding.rule for finding in lint(pack, Settings(**settings), sessions=[{}]).findings]

    assert ran() == ["a", "c"]
    assert ran(select={"a", "b"}) == ["a"]
    assert ran(ignore={"a"}) == ["c"]
    assert ran(severities={"b": "note", "c": "off"}) == ["a", "b"]


def test_a_rule_that_the_user_turns_off_still_silences(pack_of, lint):
    settings = Settings(severities={"a": "off"})
    found = lint(pack_of(**YIELDING), settings, sessions=[{"key": "1", "pin": "x"}])
    assert found.findings == ()


CROSSED = {
    "joined": "for: {session: sessions, other: sessions}\nrequire: {that: 'session.key != other.pin'}",
    "sought": ("for: {session: sessions}\nrequire: {absent: {in: sessions, where: 'it.key == session.pin'}}"),
    "linear": "for: {session: sessions, other: {in: sessions, match: {key: session.key}}}\n"
    "require: {that: '!(other.pin)'}",
}


def test_a_rule_that_looks_at_too_much_fails_by_name_and_the_others_do_not(pack_of, lint, monkeypatch):
    monkeypatch.setattr("linter.engine.join.MOST_STEPS", 50)
    sessions = [{"key": str(number), "pin": "x"} for number in range(20)]
    found = lint(pack_of(**CROSSED), sessions=sessions)
    assert {problem.rule for problem in found.problems} == {"joined", "sought"}
    assert all("too many combinations of rows; join them by `match`" in it.message for it in found.problems)
    assert len([finding for finding in found.findings if finding.rule == "linear"]) == 20


@pytest.mark.parametrize(
    "require",
    [
        "multiply(session.at, multiply(session.at, session.at)) > session.at",
        "subtract(session.at, multiply(session.at, session.at)) > session.at",
        "length(join(join(session.pin, [session.pin, session.pin]), [session.pin])) > session.at",
    ],
)
def test_numbers_and_texts_have_limits(pack_of, lint, require):
    pack = pack_of(a=f'for: {{session: sessions}}\nrequire: {{that: "{require}"}}')
    found = lint(pack, sessions=[{"key": "1", "pin": "x" * 400_000, "at": 10**9}])
    assert [problem.rule for problem in found.problems] == ["a"]


def test_an_expression_of_all_names_waits_for_the_last_binding(pack_of, lint):
    pack = pack_of(
        a="for: {session: sessions, o: {in: agents, match: {id: session.agent}}}\n"
        'when: "length(values(@)[?kind == \'ops\']) == `1`"\nrequire: {that: "`false`"}'
    )
    sessions = [{"agent": "m", "key": "1"}, {"agent": "n", "key": "2"}]
    agents = [{"id": "m", "kind": "ops"}, {"id": "n", "kind": "other"}]
    assert pointers(lint(pack, sessions=sessions, agents=agents)) == ["/sessions/0"]


def test_findings_come_by_place_then_rule(pack_of, lint):
    pack = pack_of(b=ALWAYS, a=ALWAYS)
    found = lint(pack, sessions=[{"key": "1"}, {"key": "2"}]).findings
    places = [("/sessions/0", "a"), ("/sessions/0", "b"), ("/sessions/1", "a"), ("/sessions/1", "b")]
    assert [(one.location.pointer, one.rule) for one in found] == places


def test_all_names_are_there_with_one_binding_and_the_params(pack_of, lint):
    pack = pack_of(a='for: {session: sessions}\nwhen: "@.session.key == \'1\'"\nrequire: {that: "`false`"}')
    assert pointers(lint(pack, sessions=[{"key": "1"}, {"key": "2"}])) == ["/sessions/0"]
