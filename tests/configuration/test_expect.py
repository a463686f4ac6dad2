"""Who is expected to answer, judged on recorded states: each sentence is true of the state."""

import json

import pytest

from fixtures import load

CLEAN = "2026.9.6-clean"
MAIN, DIRECT, WORK = "agent:main:main", "agent:main:telegram:direct:42", "agent:work:main"
ALICE = "{email: alice@example.com}"


def entry(use, who=""):
    return f"  - {{{who and f'for: {who}, '}use: {use}, reason: So it was agreed}}\n"


@pytest.fixture
def findings(authlint, tmp_path, monkeypatch):
    """Return a function that gives what is said of a recorded state: rule, severity and message by chat."""
    monkeypatch.chdir(tmp_path)

    def lint(name, *entries, options=(), state=None):
        (tmp_path / "authlint.yaml").write_text("expect:\n" + "".join(entries))
        state = state or tmp_path / name / ".openclaw"
        if not state.exists():
            load.materialise(name, state.parent)
        now = str(load.describe(name).now)
        shown = authlint("lint", state, "--now", now, "--select", "expected-*", "-f", "json", *options)
        assert not shown.stderr
        return [
            (found["rule"], found["severity"], found["subject"][-1]["name"], found["message"])
            for found in json.loads(shown.stdout)["findings"]
        ]

    return lint


@pytest.mark.parametrize(
    ("who", "use"),
    [
        ("{session: 'agent:main:telegram:*'}", ALICE),
        ("{channel: telegram}", "{profile: 'openai:alice@*'}"),
        ("{agent: work}", "{email: carol@example.com, kind: subscription}"),
        ("", "{email: example.com, provider: openai, kind: subscription}"),
        ("", "{account: '*', workspace: '*'}"),
        ("{agent: MAIN, channel: Telegram}", "{email: ALICE@Example.com}"),
    ],
)
def test_the_right_account_is_no_finding(findings, who, use):
    assert findings(CLEAN, entry(use, who)) == []


@pytest.mark.parametrize(
    ("name", "chat", "rule", "message"),
    [
        (CLEAN, MAIN, "expected-login-pinned", "is pinned to openai:bob@example.com (bob@example.com)"),
        (CLEAN, WORK, "expected-login-ordered", "order of agent work leads to openai:carol@example.com"),
        (
            "2026.3.24-skill-other-account",
            MAIN,
            "expected-login-in-slot",
            "uses openai-codex:default, into which skill has put bob@example.com; expected is email alice",
        ),
        (
            "2026.3.24-rate-limited",
            DIRECT,
            "expected-login-blocked",
            "(bob@example.com), because openai-codex:alice@example.com is blocked until 2026-11-22 00:00 UTC",
        ),
        (
            "2026.3.24-rate-limited",
            MAIN,
            "expected-login-pinned",
            "is pinned to openai-codex:bob@example.com",
        ),
    ],
)
def test_the_layer_that_leads_to_a_wrong_account_is_named(findings, name, chat, rule, message):
    (found,) = findings(name, entry(ALICE, f"{{session: '{chat}'}}"))
    assert (found[0], found[2]) == (rule, chat)
    assert message in found[3]
    assert found[3].endswith(". So it was agreed")


def test_what_nothing_tells_is_a_note_and_no_wrong_account(findings):
    (found,) = findings("2026.9.6-logged-out", entry(ALICE, f"{{session: '{MAIN}'}}"))
    assert found[:2] == ("expected-login-untold", "note")
    assert "its next turn fails with openai:bob@example.com, so whether" in found[3]


def test_the_last_answer_is_judged_where_the_next_turn_is_as_expected(findings):
    chat, name = f"{{session: '{DIRECT}'}}", "2026.8.2-failed-over"
    (blocked,) = findings(name, entry(ALICE, chat))
    assert blocked[0] == "expected-login-blocked"  # one finding, the nearest cause
    an_hour_later = ("--now", str(load.describe(name).now + 3_600_000))
    (found,) = findings(name, entry(ALICE, chat), options=an_hour_later)
    assert found[0] == "expected-login-answered"
    assert (
        "openai:bob@example.com (bob@example.com) gave the last answer known (2026-11-22 00:00 UTC)"
        in found[3]
    )
    assert "email alice@example.com, which the next turn uses again" in found[3]
    assert findings(name, entry("{profile: 'openai:*'}", chat), options=an_hour_later) == []


def test_all_entries_for_a_chat_count(findings):
    found = findings(CLEAN, entry("{email: example.com}"), entry("{kind: key}", "{agent: work}"))
    assert [(rule, chat) for rule, _, chat, _ in found] == [("expected-login-ordered", WORK)]
    assert "(a subscription); expected is an API key" in found[0][3]


def test_it_holds_under_pseudonyms_without_what_a_person_wrote(findings, authlint, tmp_path):
    state = load.materialise(CLEAN, tmp_path / "home")
    told = findings(CLEAN, entry("{email: bob@example.com}", "{channel: telegram}"), state=state)
    saved = tmp_path / "saved.json"
    now = str(load.describe(CLEAN).now)
    authlint("snapshot", state, "--now", now, "--pseudonymise", "--key", tmp_path / "key", "-o", saved)
    assert not {"agreed", "bob@example.com", "email bob"} & {*saved.read_text().split('"')}
    again = findings(CLEAN, entry("{email: bob@example.com}", "{channel: telegram}"), state=saved)
    assert [found[:2] for found in again] == [found[:2] for found in told] != []
    assert "expected is another login" in again[0][3]


def test_an_expectation_that_is_about_no_chat_is_reported_at_its_line(authlint, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "authlint.yaml").write_text("expect:\n" + entry(ALICE, "{agent: nobody}"))
    state = load.materialise(CLEAN, tmp_path / "home")
    shown = authlint("lint", state, "--now", str(load.describe(CLEAN).now), "-f", "github")
    assert "authlint.yaml,line=2" in shown.stdout
    assert "no chat is stored that is meant by the expectation for agent nobody" in shown.stdout
    limited = authlint("lint", state, "--now", str(load.describe(CLEAN).now), "--agent", "work")
    assert "no chat is stored" not in limited.stdout


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("  - {use: {kind: subscriptions}, reason: x}\n", "2:18: `subscriptions` is not one of"),
        ("  - {for: {agnt: main}, use: {kind: key}, reason: x}\n", "did you mean `agent`?"),
        ("  - {reason: x}\n", "`use` is missing"),
    ],
)
def test_a_mistake_is_shown_with_its_line(authlint, tmp_path, text, message):
    path = tmp_path / "authlint.yaml"
    path.write_text("expect:\n" + text)
    state = load.materialise(CLEAN, tmp_path / "home")
    shown = authlint("lint", state, "--config", path)
    assert shown.exit_code == 2
    assert message in shown.stderr


def test_trace_says_of_a_chat_what_is_expected(authlint, tmp_path):
    state = load.materialise(CLEAN, tmp_path / "home")
    path = tmp_path / "authlint.yaml"
    path.write_text("expect:\n" + entry(ALICE) + entry("{profile: 'openai:bob*'}", "{agent: main}"))
    shown = authlint("trace", MAIN, state, "--now", str(load.describe(CLEAN).now), "--config", path)
    told = " ".join(shown.stdout.split())
    assert "Expected: email alice@example.com (So it was agreed); it is not, through the pin." in told
    assert "Expected: profile openai:bob* (So it was agreed); it is." in told


def test_init_drafts_what_is_now_so_that_it_holds_once_it_is_used(authlint, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    state = load.materialise(CLEAN, tmp_path / "home")
    monkeypatch.setenv("OPENCLAW_STATE_DIR", str(state))
    now = load.describe(CLEAN).now
    monkeypatch.setattr("linter.cli.init_command.time", lambda: now / 1000)
    assert authlint("init").exit_code == 0
    path = tmp_path / "authlint.yaml"
    lines = [line.removeprefix("#") for line in path.read_text().splitlines()]
    start = lines.index("expect:")
    drafted = "\n".join(lines[start : lines.index("", start)])
    assert f'for: {{session: "{WORK}"}}\n    use: {{email: "carol@example.com"}}' in drafted
    path.write_text(drafted + "\n")
    assert "expect" not in authlint("lint", state, "--now", str(now), "--notes").stdout
