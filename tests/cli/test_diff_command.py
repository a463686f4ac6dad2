"""`authlint diff`: what has changed, which findings that made, and when there is nothing to compare."""

import json
import re
import sys

import jsonschema
import pytest

from fixtures import goldens, load
from fixtures.recording.people import ALICE, BOB, login
from linter.views.value import schema_of
from tests.cli.test_no_secret_leaves import tokens_below

NOW, BEFORE = "2026-11-22T00:00:00Z", "2026-11-20T00:00:00Z"
LATER = 1_796_500_000_000


@pytest.fixture
def state(tmp_path):
    """Return a function that materialises a recorded state."""
    return lambda name: load.materialise(name, tmp_path / name.rpartition("/")[2])


@pytest.fixture
def diff(authlint, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    return lambda *arguments: authlint("diff", *arguments, "--now", NOW)


@pytest.fixture
def snapshot(authlint, tmp_path):
    """Return a function that saves a snapshot, and gives its path."""

    def save(state, name, *arguments):
        path = tmp_path / f"{name}.json"
        assert authlint("snapshot", state, "--now", BEFORE, "-o", path, *arguments).exit_code == 0
        return path

    return save


def log_in(state, name, person, **fields):
    path = state / "agents/main/agent/auth-profiles.json"
    store = json.loads(path.read_text())
    store["profiles"][name] = login(person, "openai-codex", **fields)
    path.write_text(json.dumps(store, indent=2))


def test_nothing_has_changed(diff, state, snapshot):
    clean = state("2026.3.24-clean")
    result = diff(snapshot(clean, "before"), clean)
    assert result.exit_code == 0
    head, middle, end = result.stdout.rstrip().split("\n\n")
    head = " ".join(head.split())
    assert re.fullmatch(
        r"--- \S*before.json 2026-11-20 00:00 UTC, JSON files .*, last written by 2026.3.24 "
        r"\+\+\+ \S*.openclaw 2026-11-22 00:00 UTC, JSON files .*, last written by 2026.3.24",
        head,
    )
    assert middle.startswith("Unchanged: stored preference, auth order, session override, effective profile,")
    assert end == "No changes. Findings: none appeared, none gone, 2 as before."


def test_changes_and_findings_are_shown(diff, state):
    result = diff(state("2026.3.24-clean"), state("2026.3.24-pin-missing"))
    assert result.exit_code == 1
    ghost = "openai-codex:ghost@example.com"
    pins = f"pin openai-codex:bob@example.com (user) -> {ghost} (user, no such login)"
    assert f"Session override ~ agent:main:main {pins} " in " ".join(result.stdout.split())
    assert "Findings that appeared\n\nerror[session-override-exists]: agent:main:main pins" in result.stdout
    assert '"authProfileOverride": "openai-codex:ghost@example.com",\n   |    ' in result.stdout
    assert result.stdout.endswith(
        "3 changes in 2 layers. Findings: 1 error and 1 warning appeared, 1 note gone, 1 as before. "
        "Notes are\nshown with --notes.\n"
    )


def test_a_finding_that_appeared_can_be_explained(diff, state, authlint):
    clean, broken = state("2026.3.24-clean"), state("2026.3.24-pin-missing")
    appeared = json.loads(diff(clean, broken, "-f", "json").stdout)["appeared"]["findings"]
    (worst,) = [one for one in appeared if one["severity"] == "error"]
    explained = authlint("explain", worst["fingerprint"])
    assert (explained.exit_code, "agent:main:main pins" in explained.stdout) == (0, True)


def test_what_is_gone_is_told_in_a_line_and_does_not_fail(diff, state):
    result = diff(state("2026.3.24-pin-missing"), state("2026.3.24-clean"))
    assert result.exit_code == 0
    _, gone = result.stdout.split("Findings that are gone\n")
    assert gone.startswith("  error[session-override-exists]: agent:main:main pins")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--fail-on", "never"], 0),
        (["--select", "session-override-exists"], 1),
        (["--ignore", "session-override-exists"], 0),
        (["--ignore", "session-override-exists", "--fail-on", "warning"], 0),
        (["--select", "nothing-of-the-kind"], 2),
        (["--fail-on", "fatal"], 2),
        (["-f", "sarif"], 2),
    ],
)
def test_options_of_the_lint_decide_what_counts(diff, state, options, code):
    before, after = state("2026.3.24-clean"), state("2026.3.24-pin-missing")
    assert diff(before, after, *options).exit_code == code


def test_both_sides_are_linted_under_the_configuration_of_the_later(diff, state):
    before, after = state("2026.3.24-clean"), state("2026.3.24-pin-missing")
    (after / "authlint.yaml").write_text("rules:\n  session-override-exists: off\n")
    assert diff(before, after).exit_code == 0


def test_json_follows_its_schema_and_has_notes(diff, state, authlint):
    result = diff(state("2026.3.24-clean"), state("2026.3.24-pin-missing"), "-f", "json")
    found = json.loads(result.stdout)
    jsonschema.Draft202012Validator(json.loads(authlint("schema", "diff").stdout)).validate(found)
    assert [layer["layer"] for layer in found["layers"] if layer["changes"]] == ["session", "runtime"]
    assert found["appeared"]["counts"] == {"error": 1, "warning": 1, "note": 0}
    assert [one["severity"] for one in found["gone"]["findings"]] == ["note"]


def test_an_account_that_changed_under_its_id_is_a_finding_that_appeared(diff, state, snapshot):
    clean = state("2026.3.24-clean")
    log_in(clean, "openai-codex:default", BOB)
    before = snapshot(clean, "before")
    log_in(clean, "openai-codex:default", ALICE)
    result = diff(before, clean)
    assert result.exit_code == 1
    assert "now another account: bob@example.com -> alice@example.com" in result.stdout
    assert "error[profile-identity-changed]" in result.stdout


def test_a_login_again_is_one_line_and_no_finding(diff, state, snapshot):
    clean = state("2026.3.24-clean")
    before = snapshot(clean, "before")
    log_in(clean, "openai-codex:alice@example.com", ALICE, generation=2, expires=LATER)
    result = diff(before, clean)
    assert result.exit_code == 0
    assert (
        "~ openai-codex:alice@example.com (agent main)  new tokens, same seat\n\nUnchanged" in result.stdout
    )
    assert "1 change in 1 layer. Findings: none appeared" in result.stdout


def test_a_repair_is_seen(diff, state, snapshot, authlint):
    pinned = state("2026.3.24-pin-missing")
    before = snapshot(pinned, "before")
    authlint("fix", pinned, "--now", NOW, "--apply", "--unsafe", "--select", "session-override-exists")
    result = diff(before, pinned)
    assert result.exit_code == 0
    assert "  - agent:main:main, agent:main:telegram:direct:42\n" not in result.stdout
    assert "pin openai-codex:ghost@example.com (user, no such login)" in result.stdout
    assert "Findings that are gone\n  error[session-override-exists]" in result.stdout


def test_many_sessions_with_the_same_change_are_one_line(diff, state, tmp_path):
    before, after = state("2026.3.24-clean"), load.materialise("2026.3.24-clean", tmp_path / "after")
    path = after / "agents/main/sessions/sessions.json"
    sessions = json.loads(path.read_text())
    pinned = sessions["agent:main:main"]
    sessions |= {f"agent:main:chat:{number}": {**pinned, "sessionId": f"s-{number}"} for number in range(9)}
    path.write_text(json.dumps(sessions))
    lines = diff(before, after, "--ignore", "session-*").stdout.splitlines()
    names = ", ".join(f"agent:main:chat:{number}" for number in range(3))
    assert f"  + {names}, 6 more" in lines


def test_an_agent_is_looked_at_alone_also_in_a_snapshot(diff, state, snapshot):
    clean = state("2026.3.24-clean")
    before = snapshot(clean, "before")
    sessions = clean / "agents/main/sessions/sessions.json"
    sessions.write_text("{}")
    assert "Session override\n" in diff(before, clean).stdout
    assert "Session override\n" not in diff(before, clean, "--agent", "Work").stdout
    nobody = diff(before, clean, "--agent", "ghost")
    assert nobody.exit_code == 3
    assert "ghost" in nobody.stderr


def test_an_upgrade_is_named(diff, state):
    told = diff(state("2026.3.24-clean"), state("2026.9.6-clean")).stdout.partition("\n\n")[0]
    head = re.split(r"(?= \+\+\+ )|(?<=[\d.]) (?=\()", " ".join(told.split()))
    assert "last written by 2026.3.24" in head[0]
    assert "last written by 2026.9.6" in head[1]
    assert head[2] == "(openai-codex is called openai now; main's store and the shared one count as the same)"


def test_pseudonyms_of_one_key_can_be_compared_and_others_are_refused(diff, state, snapshot, tmp_path):
    clean, pinned = state("2026.3.24-clean"), state("2026.3.24-pin-missing")
    one, other = (["--pseudonymise", "--key", tmp_path / name] for name in ("one", "other"))
    before = snapshot(clean, "before", *one)
    assert "Session override\n" in diff(before, snapshot(pinned, "after", *one)).stdout
    for after in (pinned, snapshot(pinned, "foreign", *other)):
        result = diff(before, after)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "pseudonym" in result.stderr


def test_snapshots_of_two_machines_are_refused(diff, state, snapshot):
    one, other = snapshot(state("2026.3.24-clean"), "one"), snapshot(state("2026.9.6-clean"), "other")
    saved = json.loads(other.read_text())
    saved["meta"]["host"] = "another"
    for row in saved["sessions"]:
        row["sessionId"] += "-of-another"
    other.write_text(json.dumps(saved))
    result = diff(one, other)
    assert result.exit_code == 2
    assert "different machines" in result.stderr


def test_without_a_state_there_is_nothing_to_compare(diff, state, tmp_path):
    assert diff(tmp_path / "nowhere", state("2026.3.24-clean")).exit_code == 3
    assert diff(state("2026.5.7-clean")).exit_code == 3


def test_a_rule_that_fails_is_told_once_and_decides(diff, state, tmp_path):
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "broken.yaml").write_text(
        "{id: broken, title: T, layer: session, severity: error, for: {it: sessions}, message: M,"
        " examples: {}, require: {that: length(it.updatedAt) > `1`}}"
    )
    result = diff(state("2026.3.24-clean"), state("2026.5.7-clean"), "--rules", rules)
    assert result.exit_code == 2
    assert result.stdout.count("rule failed[broken]") == 1
    assert "1 rule could not be evaluated." in " ".join(result.stdout.split())


def test_two_runs_say_the_same(diff, state):
    before, after = state("2026.9.6-clean"), state("2026.9.6-order-set")
    assert diff(before, after).stdout == diff(before, after).stdout


@pytest.mark.parametrize("name", goldens.names()[::5])
def test_no_token_is_shown(diff, state, tmp_path, name):
    before, after = state("2026.3.24-clean"), load.materialise(name, tmp_path / "after")
    shown = "".join(diff(before, after, "--notes", "-f", form).stdout for form in ("text", "json"))
    tokens = tokens_below(tmp_path)
    assert tokens
    for token in tokens:
        assert token[:40] not in shown


SWITCH = """
import json, pathlib, sys
state = pathlib.Path(sys.argv[1])
entry = json.loads((state / "codex-oauth-profiles.json").read_text())["profiles"]["openai-codex:secondary"]
path = state / "agents/main/agent/auth-profiles.json"
store = json.loads(path.read_text())
store["profiles"]["openai-codex:default"] = entry
path.write_text(json.dumps(store, indent=2))
print("switched")
sys.exit(7)
"""


@pytest.fixture
def around(authlint, monkeypatch):
    """Return a function that runs a command between two looks at a state."""
    monkeypatch.setenv("COLUMNS", "100")
    return lambda state, *words: authlint("diff", state, "--now", NOW, *words)


def test_a_command_is_run_and_told_chat_by_chat(around, state, capfd):
    skill = state("2026.3.24-skill-clean")
    result = around(skill, "--", sys.executable, "-c", SWITCH, skill)
    assert result.exit_code == 7
    assert "error[preference-matches-slot]" in result.stdout
    assert result.stdout.endswith(
        "Who followed\n  agent:main:main: to bob@example.com\n    followed  slot, order and next\n"
        "    stayed    preference: openai-codex:personal (alice@example.com)\n"
    )
    assert ("switched" in result.stdout, capfd.readouterr().err) == (False, "switched\n")


def test_a_command_is_told_in_json_by_the_schema(around, state):
    skill = state("2026.3.24-skill-clean")
    value = json.loads(around(skill, "-f", "json", "--", sys.executable, "-c", SWITCH, skill).stdout)
    jsonschema.validate(value, schema_of("around"))
    assert (value["exit_code"], value["chats"][0]["followed"]) == (7, ["slot", "order", "next"])


def test_a_command_that_switches_nobody_says_so(around, state):
    result = around(state("2026.3.24-clean"), "--", sys.executable, "-c", "")
    assert result.exit_code == 0
    assert "No chat is led to another account by what the command changed." in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--", "no-such-helper"], 127, "there is no command no-such-helper"),
        (["OTHER", "--", "true"], 2, "with a command, name one state"),
        ([], 2, "name an earlier snapshot, or a command behind `--`"),
    ],
)
def test_what_cannot_be_run_says_why(authlint, state, arguments, code, said):
    clean = state("2026.3.24-clean")
    given = [str(clean) if one == "OTHER" else one for one in arguments]
    result = authlint("diff", *([clean] if arguments else []), *given)
    assert result.exit_code == code
    assert said in result.stderr


def test_a_command_that_a_signal_ends_has_the_code_of_a_shell(around, state):
    kill = "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"
    assert around(state("2026.3.24-clean"), "--", sys.executable, "-c", kill).exit_code == 143
