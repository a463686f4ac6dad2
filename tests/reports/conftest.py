"""A report with a bit of everything: files, a database cell, fixes, related places and a rule that failed."""

import json
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest

from linter.baseline.file import Entry
from linter.baseline.marking import BaselineInfo
from linter.engine.finding import Cause, Edit, Finding, Fix, Location, RuleProblem
from linter.reports.interface import Options, Report, RuleInfo, format_named
from linter.sources.documents import Documents
from linter.sources.interface import Cell
from linter.sources.json_document import JsonDocument

HOME = Path("/home/ada")
STATE = HOME / ".openclaw"
OPTIONS = Options(cwd=HOME / "project", home=HOME)
SECRET = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJpbnZlbnRlZCJ9.c2lnbmF0dXJl"

SESSIONS = """{
  "agent:main:main": {
    "sessionId": "1f0c9d1e-5d8b-4a0e-9f5b-0d2f6f6f6f01",
    "authProfileOverride": "openai-codex:gone",
    "authProfileOverrideSource": "auto",
    "updatedAt": 1790000000000
  }
}
"""
STORE = f"""{{
  "version": 1,
  "profiles": {{
    "openai-codex:work": {{ "type": "oauth", "provider": "openai-codex", "access": "{SECRET}" }}
  }}
}}
"""
NODE = '{"authProfileOverride":"openai:gone","updatedAt":1790000000000}'


def document(name, text, kind="json", cell=None):
    source = name if cell is None else f"{name}#{'/'.join(cell)}"
    digest = sha256(text.encode()).hexdigest()
    return JsonDocument(source, STATE / name, name, text, digest, kind, cell)


@pytest.fixture
def documents():
    known = Documents()
    known.add(document("agents/main/sessions/sessions.json", SESSIONS))
    known.add(document("agents/main/agent/auth-profiles.json", STORE))
    known.add(
        document(
            "agents/main/agent/openclaw-agent.sqlite",
            NODE,
            "cell",
            Cell("session_nodes", "agent:main:main", "entry_json"),
        )
    )
    return known


@pytest.fixture
def findings():
    sessions, entry = "agents/main/sessions/sessions.json", "/agent:main:main"
    override, source = (f"{entry}/authProfileOverride{suffix}" for suffix in ("", "Source"))
    cell = "agents/main/agent/openclaw-agent.sqlite#session_nodes/agent:main:main/entry_json"
    store = "agents/main/agent/auth-profiles.json"
    subject = (("agent", "main"), ("session", "agent:main:main"))
    return (
        Finding(
            rule="token-expired",
            severity="note",
            message="openai-codex:work has an expired access token",
            location=Location(store, "/profiles/openai-codex:work/access"),
            related=(),
            subject=(("profile", "openai-codex:work"),),
            fixes=(),
            fingerprint="3333333333333333",
            values={"profile": {"expires": 1780000000000}},
            cause=Cause("token-expired", "3333333333333333"),
            effect="openai-codex:work has an expired access token",
        ),
        Finding(
            rule="session-override-exists",
            severity="warning",
            message="agent:main:main pins openai:gone, which agent main cannot see",
            location=Location(cell, "/authProfileOverride"),
            related=(),
            subject=subject,
            fixes=(
                Fix(
                    "Clear the pin in the chat",
                    "advice",
                    commands=("openclaw models auth order get --provider openai --agent main",),
                    reason="No command of OpenClaw clears a pin.",
                ),
            ),
            fingerprint="2222222222222222",
            values={},
            cause=Cause("missing-profile", "openai:gone"),
            effect="agent:main:main is pinned to it",
        ),
        Finding(
            rule="session-override-exists",
            severity="error",
            message="agent:main:main pins openai-codex:gone, which agent main cannot see",
            location=Location(sessions, override),
            related=(Location(store, "/profiles", "the profiles of agent main"),),
            subject=subject,
            fixes=(
                Fix(
                    "Clear the pin, so that the auth order decides again",
                    "unsafe",
                    edits=(Edit("remove", sessions, override), Edit("remove", sessions, source)),
                ),
            ),
            fingerprint="1111111111111111",
            values={"session": {"agent": "main", "authProfileOverride": "openai-codex:gone"}},
            cause=Cause("missing-profile", "openai-codex:gone"),
            effect="agent:main:main is pinned to it",
        ),
    )


RULES = {
    rule.id: rule
    for rule in (
        RuleInfo(
            "session-override-exists",
            "Session pins a profile that its agent cannot see",
            "session",
            "error",
            ("wrong-account", "status-does-not-follow"),
            (3, 4),
            "The pin names a profile\nthat is not there.\n\nOpenClaw then drops it.",
            ("openclaw#12345",),
        ),
        RuleInfo("token-expired", "Access token has expired", "runtime", "note", ("broken-entry",), (4,)),
    )
}


@pytest.fixture
def report(documents, findings):
    return Report(
        findings=findings,
        documents=documents,
        rules=RULES,
        meta={
            "schema": 1,
            "era": "J",
            "version": "2026.5.7",
            "canonical": "openai-codex",
            "now": 1790000000000,
            "state_dir": "~/.openclaw",
            "host": None,
        },
        roots={"STATEDIR": STATE, "HOME": HOME},
        states=(STATE,),
        problems=(
            RuleProblem("broken-rule", "matches() needs a string", "/etc/rules/broken-rule.yaml", 4, 7),
        ),
        options=OPTIONS,
    )


@pytest.fixture
def compared(report):
    """The report of a run with a baseline: a warning turned into an error, one is known, a note is new."""
    states = ("new", "unchanged", "updated")
    findings = tuple(one._replace(baseline=state) for one, state in zip(report.findings, states, strict=True))
    gone = Entry("order-entry-exists", "error", "order/openai:gone", "4" * 16)
    known = BaselineInfo(OPTIONS.cwd / "authlint-baseline.json", knows=True, absent=(gone,))
    return report._replace(findings=findings, baselines=(known,))


@pytest.fixture
def clean(documents):
    return Report((), documents, RULES, {"era": "S"}, {"STATEDIR": STATE}, (STATE,), options=OPTIONS)


@pytest.fixture
def written():
    """Return a function that writes a report in a format and returns the text."""

    def write(report, name):
        stream = StringIO()
        format_named(name).write(report, stream)
        return stream.getvalue()

    return write


@pytest.fixture
def parsed(written):
    """Return a function that writes a report in a JSON format and returns the value."""
    return lambda report, name: json.loads(written(report, name))
