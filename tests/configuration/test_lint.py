"""What a configuration makes of the findings on a recorded state."""

import json
from pathlib import Path

import pytest
from jsonschema import validate

from fixtures import load

NOW = "2026-11-22T00:00:00Z"
REPOSITORY = Path(__file__).parents[2]
RULE = "session-override-exists"
MAIN, DIRECT = "agent:main:main", "agent:main:telegram:direct:42"  # pinned to profiles that are gone


@pytest.fixture
def state(tmp_path):
    return load.materialise("2026.3.24-pin-missing", tmp_path / "home")


@pytest.fixture
def run(authlint, state, tmp_path, monkeypatch):
    """Return a function that lints the state under a configuration in the current directory."""
    monkeypatch.chdir(tmp_path)

    def lint(text, *options):
        (tmp_path / "authlint.yaml").write_text(text)
        return authlint("lint", state, "--now", NOW, *options)

    return lint


@pytest.fixture
def findings(run):
    """Return a function that gives the findings in JSON."""
    return lambda text, *options: json.loads(run(text, *options, "-f", "json").stdout)["findings"]


@pytest.fixture
def own_rule(tmp_path):
    """Return a function that writes a rule into the folder `mine`."""

    def write(name, body):
        (tmp_path / "mine").mkdir()
        head = f"id: {name}\ntitle: Mine\nlayer: session\nseverity: warning\n"
        path = tmp_path / "mine" / f"{name}.yaml"
        path.write_text(f"{head}{body}\nmessage: mine\nexamples: {{}}\n")
        return path

    return write


def of(findings, rule=RULE):
    return [finding for finding in findings if finding["rule"] == rule]


def suppress(subject, *more):
    return "\n".join(
        ["suppress:", f"  - rule: {RULE}", f"    subject: {subject}", "    reason: known", *more, ""]
    )


def test_severities_change_what_fails(run):
    assert run("").exit_code == 1
    assert run('rules: {"*": note}\n').exit_code == 0
    assert RULE not in run(f"rules: {{{RULE}: off}}\n").stdout


def severities(findings):
    return {finding["subject"][-1]["name"]: finding["severity"] for finding in of(findings)}


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("agent: main", {MAIN: "note", DIRECT: "note"}),
        ("agent: m*, session: 'agent:main:main'", {MAIN: "note", DIRECT: "warning"}),
        ("session: '*:telegram:*'", {MAIN: "error", DIRECT: "note"}),
        ("path: agents/*/sessions.json", {MAIN: "note", DIRECT: "note"}),
        ("path: openclaw.json", {MAIN: "error", DIRECT: "warning"}),
        ("agent: ops", {MAIN: "error", DIRECT: "warning"}),
        ("agent: main, session: other", {MAIN: "error", DIRECT: "warning"}),
        ("profile: '*'", {MAIN: "error", DIRECT: "warning"}),
    ],
)
def test_an_override_is_for_what_matches_only(findings, where, expected):
    before = findings("")
    after = findings(f"overrides: [{{{where}, rules: {{{RULE}: note}}}}]\n")
    assert severities(after) == expected
    assert {finding["fingerprint"] for finding in after} == {finding["fingerprint"] for finding in before}


def test_an_override_is_for_profiles_too(findings, own_rule):
    own_rule("stored", "for: {profile: profiles}\nrequire: {that: \"profile.id == 'nobody'\"}")
    stored = {finding["subject"][-1]["name"] for finding in findings("extends: ./mine\n")}
    text = f"extends: ./mine\noverrides: [{{profile: '{min(stored)}', rules: {{stored: off}}}}]\n"
    assert {finding["subject"][-1]["name"] for finding in findings(text)} == stored - {min(stored)}


def test_an_override_switches_on_what_is_off(findings):
    text = f"rules: {{{RULE}: off}}\noverrides: [{{session: '{MAIN}', rules: {{{RULE}: on}}}}]\n"
    assert severities(findings(text)) == {MAIN: "error"}
    assert findings(text, "--select", "order-*") == findings("", "--select", "order-*")


def test_the_later_of_two_overrides_decides(findings):
    one, other = (f"{{agent: main, rules: {{{RULE}: {severity}}}}}" for severity in ("note", "off"))
    assert severities(findings(f"overrides: [{one}, {other}]\n")) == {}
    assert set(severities(findings(f"overrides: [{other}, {one}]\n")).values()) == {"note"}


def test_an_override_may_set_params(findings, own_rule):
    own_rule(
        "idle",
        "params: {idle: 10000 d}\nfor: {session: sessions}\n"
        "require: {that: 'subtract(meta.now, session.updatedAt) < params.idle'}",
    )
    text = "extends: ./mine\n"
    assert findings(text) == []
    text += f"overrides: [{{session: '{MAIN}', rules: {{idle: {{params: {{idle: 1 s}}}}}}}}]\n"
    assert [finding["subject"][-1]["name"] for finding in findings(text)] == [MAIN]


def test_a_suppressed_finding_is_kept_but_does_not_count(run, findings):
    text = suppress('"agent:main:*"', "    until: 2026-11-22")
    shown = run(text)
    assert shown.exit_code == 0
    assert RULE not in shown.stdout
    assert "2 findings suppressed." in shown.stdout
    found = of(findings(text))[0]
    assert found["suppression"]["reason"] == "known"
    assert found["suppression"]["until"] == "2026-11-22"
    assert found["suppression"]["location"]["path"].endswith("authlint.yaml")
    assert found["suppression"]["location"]["line"] == 2


@pytest.mark.parametrize(
    ("subject", "accepted"),
    [
        ("agent/main/session/*", {MAIN, DIRECT}),
        ("'*'", {MAIN, DIRECT}),
        (MAIN, {MAIN}),
        ("agent/main/session/agent:main:main", {MAIN}),
        ("main", set()),
    ],
)
def test_a_subject_is_a_name_or_all_that_leads_to_it(findings, subject, accepted):
    found = of(findings(suppress(subject)))
    assert {finding["subject"][-1]["name"] for finding in found if finding["suppression"]} == accepted


@pytest.mark.parametrize(
    ("form", "schema"),
    [("json", "linter/reports/report.schema.json"), ("sarif", "tests/reports/sarif-2.1.0.schema.json")],
)
def test_what_machines_read_keeps_to_its_schema(run, form, schema):
    text = suppress(MAIN, "    until: 2030-01-01") + suppress("nothing").removeprefix("suppress:\n")
    log = json.loads(run(text, "-f", form).stdout)
    assert "suppression-unused" in json.dumps(log)
    validate(log, json.loads((REPOSITORY / schema).read_text(encoding="utf-8")))


def test_sarif_says_who_accepted_it(run):
    results = json.loads(run(suppress(MAIN), "-f", "sarif").stdout)["runs"][0]["results"]
    [suppression] = [one for result in results for one in result.get("suppressions", ())]
    assert (suppression["kind"], suppression["status"], suppression["justification"]) == (
        "external",
        "accepted",
        "known",
    )
    assert suppression["location"]["physicalLocation"]["region"]["startLine"] == 2


@pytest.mark.parametrize("form", ["text", "github", "gitlab", "junit", "markdown"])
def test_formats_for_people_leave_it_out(run, form):
    place = "agents/main/sessions/sessions.json"
    assert place in run("", "-f", form, "--select", RULE).stdout
    assert place not in run(suppress('"*"'), "-f", form, "--select", RULE).stdout


def test_an_unused_suppression_is_reported_at_its_line(run):
    result = run(suppress('"agent:mian:main"'), "--fail-on", "warning")
    assert result.exit_code == 1
    assert "[suppression-unused " in result.stdout
    assert "authlint.yaml:2:5" in result.stdout
    assert "there are some for agent:main:" in result.stdout or "did you mean `agent:main:" in result.stdout


def test_an_expired_suppression_suppresses_nothing(run):
    result = run(suppress('"*"', "    until: 2026-11-21"))
    assert result.exit_code == 1
    assert f"[{RULE} " in result.stdout
    assert "[suppression-expired " in result.stdout
    assert "expired (2026-11-21)" in " ".join(result.stdout.split())
    assert "suppression-unused" not in result.stdout


def test_a_suppression_of_what_did_not_run_is_not_called_unused(run):
    text = suppress('"no such subject"')
    assert "suppression-unused" in run(text).stdout
    assert "suppression-unused" not in run(text, "--select", "order-*").stdout
    assert "suppression-unused" not in run(text, "--agent", "main").stdout


def test_over_several_states_a_suppression_is_unused_only_when_it_is_in_all(run, tmp_path):
    clean = load.materialise("2026.3.24-clean", tmp_path / "other")
    assert "suppression-unused" not in run(suppress('"*"'), clean).stdout
    assert run(suppress("nothing"), clean).stdout.count("[suppression-unused ") == 1


def test_reports_of_every_format_take_a_finding_in_the_configuration(run):
    for form in ("json", "sarif", "github", "gitlab", "junit", "markdown"):
        result = run(suppress("nothing"), "-f", form)
        assert "suppression-unused" in result.stdout
        assert result.stderr == ""


def test_further_rules_and_evidence_are_read(run, own_rule):
    own_rule("no-main", "for: {agent: agents}\nrequire: {that: \"agent.id != 'main'\"}")
    assert "[no-main " in run("extends: [recommended, ./mine]\n").stdout
    result = run("evidence: [absent.json]\n")
    assert result.exit_code == 2
    assert "absent.json" in result.stderr


def test_a_declared_router_is_read(run, state):
    (state / "router.json").write_text('{"active": "openai-codex:gone"}')
    text = "routers: [{tool: mine, files: {state: {path: router.json}}, routers: {kind: pointer}}]\n"
    assert run(text).exit_code == 1
    wrong = run(text.replace("pointer}", "pointer, columns: {active: file.active}}"))
    assert wrong.exit_code == 2
    assert "authlint.yaml:1:" in wrong.stderr
    assert "unknown column `active` of routers" in wrong.stderr


def test_other_providers_are_inspected_on_request(findings):
    assert of(findings("providers: [anthropic]\n")) == []


def test_the_configuration_is_looked_for_in_order(authlint, state, tmp_path, monkeypatch):
    here, workspace = tmp_path / "here", tmp_path / "workspace"
    for folder in (here, workspace):
        folder.mkdir()
    monkeypatch.chdir(here)

    def code(*options):
        return authlint("lint", state, "--now", NOW, *options).exit_code

    assert code() == 1
    (state / "authlint.yaml").write_text(f"rules: {{{RULE}: off}}\n")
    assert code() == 0
    (workspace / "authlint.yaml").write_text("rules: 5\n")
    assert code("--workspace", workspace) == 2
    (here / "authlint.yaml").write_text("")
    assert code("--workspace", workspace) == 1
    assert code("--config", state / "authlint.yaml") == 0
    assert code("--config", here / "absent.yaml") == 2


def test_other_commands_heed_it_too(authlint, state, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "authlint.yaml").write_text(f"rules: {{{RULE}: note}}\n")
    listed = {
        rule["id"]: rule["severity"] for rule in json.loads(authlint("rules", "-f", "json").stdout)["rules"]
    }
    assert listed[RULE] == "note"
    assert "authlint.yaml" in authlint("explain", "suppression-unused").stdout
    (tmp_path / "authlint.yaml").write_text("ruls: {}\n")
    for command in (["rules"], ["explain", RULE], ["trace", state], ["layers", state]):
        result = authlint(*command)
        assert result.exit_code == 2
        assert "unknown key `ruls`; did you mean `rules`?" in result.stderr


def test_a_router_file_can_be_named(authlint, state, tmp_path):
    file = tmp_path / "router-state.json"
    file.write_text('{"version": 1, "accounts": []}')
    for command in ("lint", "layers", "trace"):
        assert authlint(command, state, "--now", NOW, "--router", file).exit_code in {0, 1}
        wrong = authlint(command, state, "--now", NOW, "--router", tmp_path / "other.json")
        assert wrong.exit_code == 2
        assert "is no router file" in wrong.stderr


def test_a_rule_that_is_named_runs_though_it_is_off(findings):
    off = f"rules: {{{RULE}: off}}\n"
    assert of(findings(off)) == []
    assert of(findings(off, "--select", RULE)) == of(findings(""))
    assert of(findings(off, "--select", "session-*")) == []


def test_a_named_rule_that_is_off_by_itself_is_a_warning(findings, own_rule):
    path = own_rule("mine-only", "for: {session: sessions}\nrequire: {that: \"session.agent == 'x'\"}")
    path.write_text(path.read_text().replace("severity: warning", "severity: off"))
    assert {found["severity"] for found in findings("extends: ./mine\n", "--select", "mine-only")} == {
        "warning"
    }


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        (f"rules: {{{RULE}: off}}\n", ["--select", "*-override-exists"], f"{RULE} is off"),
        ("", ["--select", RULE, "--ignore", "session-*"], f"{RULE} is ignored"),
        ('rules: {"*": off}\n', [], "authlint.yaml:1:1: this leaves no rule on"),
        ("extends: [./empty]\n", [], "authlint.yaml:1:1: this leaves no rule on"),
        ("", ["--rules", "/dev/null"], "/dev/null:1:1: holds no rule; name a folder"),
    ],
)
def test_a_run_of_no_rule_is_wrong_use(run, tmp_path, text, options, said):
    (tmp_path / "empty").mkdir()
    result = run(text, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.replace("│", " ").split())


def test_what_is_off_for_all_can_be_on_for_some(findings):
    text = f'rules: {{"*": off}}\noverrides: [{{agent: main, rules: {{{RULE}: on}}}}]\n'
    assert len(of(findings(text))) == len(findings(text)) > 0


def test_a_configuration_may_lie_among_its_rules(findings, own_rule, tmp_path):
    own_rule("mine-only", "for: {session: sessions}\nrequire: {that: \"session.agent == 'x'\"}")
    (tmp_path / "mine" / "authlint.yaml").write_text("extends: [.]\n")
    named = ("--config", tmp_path / "mine" / "authlint.yaml")
    assert {found["rule"] for found in findings("", *named)} == {"mine-only"}


def test_a_pack_may_have_layers_of_its_own(authlint, state, own_rule, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    fix = "fixes: [{title: Ask Bob, safety: advice, reason: He knows.}]"
    path = own_rule("own", f"for: {{session: sessions}}\nrequire: {{that: session.archived}}\n{fix}")
    path.write_text(path.read_text().replace("layer: session", "layer: policy"))
    options = "--rules", tmp_path / "mine"
    found = json.loads(authlint("lint", state, "--now", NOW, "-f", "json", *options).stdout)["findings"]
    assert len(of(found, "own")) == 3
    assert "\npolicy: a layer of your own\n" in authlint("rules", *options).stdout
    assert "policy" in authlint("explain", "own", "--all", *options).stdout
    assert authlint("fix", state, "--now", NOW, *options).exit_code == 0
