"""Typical mistakes in a rule file, each refused at its place and in words that say what to write instead."""

from pathlib import Path

import pytest

from linter.configuration.rule_pack import vocabulary
from linter.engine.errors import RuleFileError
from linter.engine.rule_file import read_rule

RULE = """\
id: pin-visible
title: A session pins a login that its agent cannot use
layer: session
severity: error
params: {window: 7 d}
for:
  session: sessions[?live && pin]
  agent: {in: agents, match: {id: session.agent}, optional: true}
when: session.override_source == 'user'
require:
  exists:
    in: visible_profiles
    match: {agent: session.agent, id: session.pin}
    where: it.credential_state == 'ok'
adjust:
  - {when: "session.kind == 'cron'", severity: note}
at: session.authProfileOverride
related: {the agent: agent}
message: "{session.key} pins {session.pin}"
fixes:
  - {title: Drop the pin, safety: unsafe, remove: [session.authProfileOverride]}
examples:
  bad:
    - given:
        meta: {era: J, now: 1795305600000}
        sessions: [{agent: main, key: "agent:main:main", live: true, pin: "openai:b", override_source: user}]
      expect: [{at: /sessions/0/authProfileOverride}]
  good:
    - given:
        sessions: [{agent: main, key: "agent:main:main", live: true, pin: "openai:b", override_source: user}]
        visible_profiles: [{agent: main, id: "openai:b", credential_state: ok}]
"""
WHEN = "session.override_source == 'user'"
MATCH = "{agent: session.agent, id: session.pin}"
EXISTS = RULE[RULE.index("  exists:") : RULE.index("\nadjust:")]
ROW = 'sessions: [{agent: main, key: "agent:main:main", live: true'

MISTAKES = [
    # A comparison that can never be true.
    (WHEN, "session.override_source == 'usr'", "did you mean `user`?"),
    (WHEN, "session.live == 'true'", "did you mean `true`?"),
    (WHEN, "session.live == '1'", "true or false"),
    (WHEN, "session.live == `1`", "true or false"),
    (WHEN, "session.live != 'no'", "true or false"),
    (WHEN, "session.live == `null`", "never null"),
    (WHEN, "session.key == `5`", "`session.key` is text"),
    (WHEN, "session.key == `null`", "never null"),
    (WHEN, "session.session_provider == 'OpenAI'", "did you mean 'openai'?"),
    (WHEN, "\"'Main' == session.agent\"", "in lower case"),
    (WHEN, "session.kind == 'subagents'", "did you mean `subagent`?"),
    (WHEN, "session.kind == 'dm'", "it is one of main, direct"),
    (WHEN, "session.kind == session.live", "never equal"),
    (WHEN, "session.pin == session.key", "never equal"),
    (WHEN, "session.pin == session.agent", "never equal"),
    (WHEN, "meta.era == '2026.9'", "it is one of J, H, S"),
    (WHEN, "meta.era == 'j'", "never 'j'"),
    (WHEN, "meta.era == S", "unknown name `S`"),
    (WHEN, "meta.now > '2026-11-22'", "write date('2026-11-22')"),
    (WHEN, "session.live > `0`", "no order"),
    (WHEN, "session.pin > `5`", "no order"),
    (WHEN, "params.window == '7 d'", "never equal"),
    (WHEN, "agent.runtime == 'Codex'", "did you mean `codex`?"),
    (WHEN, "meta.semantics.fences == 'yes'", "true or false"),
    (WHEN, "lower(session.key) == 'Agent:main:main'", "in lower case"),
    (WHEN, "length(session.key) == '5'", "`length()` is a number"),
    (WHEN, "contains(['user', `5`], session.pin)", "`session.pin` is text"),
    (WHEN, "contains(['main', 'dirct'], session.kind)", "did you mean `direct`?"),
    (WHEN, "contains(['OpenAI'], session.pin_realm)", "did you mean 'openai'?"),
    (WHEN, "contains(meta.providers, `1`)", "is text"),
    (WHEN, "contains(meta.providers, 'OpenAI')", "did you mean 'openai'?"),
    (WHEN, "contains(meta.agents, session.pin)", "names of another kind"),
    (WHEN, "starts_with(session.kind, 'agent')", "never true here"),
    (WHEN, "matches(session.kind, '^sub_')", "never true here"),
    (WHEN, "\"'session.live'\"", "the same for every row"),
    (WHEN, "'`true`'", "the same for every row"),
    ("sessions[?live && pin]", "sessions[?live && 'pin' == 'x']", "never"),
    ("sessions[?live && pin]", "sessions[?kind == 'grup']", "did you mean `group`?"),
    ("it.credential_state == 'ok'", "it.credential_state == 'okay'", "did you mean `ok`?"),
    ("it.credential_state == 'ok'", "it.type == 'api-key'", "did you mean `api_key`?"),
    ("session.kind == 'cron'", "session.kind == 'corn'", "did you mean `cron`?"),
    # A join that never matches.
    (MATCH, "{scope: session.agent, id: session.pin}", "is a scope"),
    (MATCH, "{agent: session.pin, id: session.pin}", "never equal"),
    (MATCH, "{agent: session.agent, id: session.key}", "never equal"),
    (MATCH, "{agent: session.agent, id: meta.now}", "never equal"),
    (MATCH, "{agent: session.agent, dead: session.pin}", "never equal"),
    (MATCH, "{agent: session.agent, origin: \"'Own'\"}", "did you mean `own`?"),
    ("{id: session.agent}", "{id: session.live}", "never equal"),
    ("{id: session.agent}", "{id: session.session_provider}", "never equal"),
    # A name that does not exist.
    (WHEN, "session.lives", "did you mean `live`?"),
    (WHEN, "sessions.live", "unknown name `sessions`"),
    (WHEN, "params.windw", "did you mean `window`?"),
    (WHEN, "meta.epoch", "unknown name `epoch`"),
    (WHEN, "meta.semantics.fence", "did you mean `fences`?"),
    (WHEN, "lowercase(session.key)", "unknown function"),
    (WHEN, "lower(session.key, 'x')", "takes 1 arguments"),
    (WHEN, "lower(session.live)", "lower() takes text"),
    (WHEN, "add(session.key, `1`)", "add() takes a number"),
    (WHEN, 'session.kind == "cron"', "single quotes"),
    (WHEN, "session.live == true", "backticks"),
    (WHEN, "session.live = `true`", "write `==`"),
    (WHEN, "session.live and session.pin", "write `&&`"),
    (WHEN, "matches(session.key, '(')", "no regular expression"),
    ("sessions[?live && pin]", "session[?live]", "did you mean `sessions`?"),
    ("sessions[?live && pin]", "sessions[?live].key", "does not give rows"),
    ("in: visible_profiles", "in: visible_profile", "did you mean `visible_profiles`?"),
    (MATCH, "{agnt: session.agent}", "did you mean `agent`?"),
    # A fix or a place that no file has.
    ("remove: [session.authProfileOverride]", "remove: [session.pin]", "derived"),
    ("remove: [session.authProfileOverride]", "set: {session.folded_key: session.key}", "derived"),
    ("remove: [session.authProfileOverride]", "set: {session.live: session.archived}", "derived"),
    ("remove: [session.authProfileOverride]", "insert: {session.kind: [session.key]}", "derived"),
    ("remove: [session.authProfileOverride]", "remove: [session.authProfileOveride]", "did you mean"),
    ("at: session.authProfileOverride", "at: session.override_source", "point at `session`"),
    ("at: session.authProfileOverride", "at: sesion", "unknown name `sesion`"),
    ("{the agent: agent}", "{the agent: agent.model_provider}", "derived"),
    # An example that no snapshot can be like.
    (ROW, ROW.replace("true", "yes please"), "true or false"),
    (ROW, ROW.replace("live: true", "live: 'true'"), "true or false"),
    (ROW, ROW.replace("agent: main", "agent: Main"), "in lower case"),
    (ROW, ROW.replace("live: true", "live: null"), "never null"),
    (ROW, ROW.replace("live: true", "kind: subagnet"), "did you mean `subagent`?"),
    (ROW, ROW.replace("live: true", "lives: true"), "did you mean `live`?"),
    ("override_source: user}]", "override_source: usr}]", "did you mean `user`?"),
    ("credential_state: ok}", "credential_state: okay}", "did you mean `ok`?"),
    ("credential_state: ok}", "identity: {mail: x}}", "no column `identity`"),
    ("visible_profiles: [{agent", "visible_profile: [{agent", "did you mean `visible_profiles`?"),
    ("meta: {era: J,", "meta: {era: 2026,", "never equal"),
    ("meta: {era: J,", "meta: {era: Q,", "it is one of"),
    ("now: 1795305600000}", "now: 2026-11-22}", "never equal"),
    ("now: 1795305600000}", "providers: openai}", "never equal"),
    ("now: 1795305600000}", "providers: [OpenAI]}", "did you mean 'openai'?"),
    # What is meant otherwise by YAML, by JMESPath or by a template.
    (WHEN, "!session.live", "stands in quotes"),
    (WHEN, "session.updatedAt > 5", "a number stands in backticks"),
    (WHEN, "session.updatedAt + `5` > `6`", "use add()"),
    (WHEN, "session.kind is 'cron'", "write `==`"),
    (WHEN, "session.kind <> 'cron'", "write `!=`"),
    (WHEN, "session.key =~ 'x'", "write matches(text, regex)"),
    (WHEN, "session.key startswith 'x'", "write starts_with(text, start)"),
    (WHEN, "\"session.live ? 'a' : 'b'\"", "write `a && b || c`"),
    (WHEN, "session.live == True", "backticks: `true`"),
    (WHEN, "session.pin != None", "backticks: `null`"),
    (WHEN, "session.key.live", "`session.key` is text and has no field `live`"),
    (EXISTS, "  that: session.pin", "add `nulls: violate`"),
    (WHEN, "not session.live", "write `!(...)`"),
    (WHEN, "session.live or session.pin", "write `||`"),
    (WHEN, "session.kind in ['cron']", "write contains(list, value)"),
    (ROW, ROW.replace("live: true", "live: no"), "did you mean `false`?"),
    ('"{session.key} pins', '"${session.key} pins', "`$` is printed"),
    ('"{session.key} pins', '"{{session.key}} pins', "write `{session.key}` for its value"),
    ('message: "{session.key} pins {session.pin}"', "message: pin # of a chat", "a comment ends this text"),
    ('message: "{session.key} pins {session.pin}"', 'message: "{session.key pins"', "never closed"),
    # Requirements, fixes and adjustments that say nothing, or what no row can fulfil.
    (
        EXISTS,
        EXISTS.replace("exists:", "count:") + "\n    at_least: 3\n    at_most: 1",
        "no number is at least",
    ),
    (EXISTS, "  count: {in: agents, match: {id: session.agent}, at_least: two}", "a whole number, not text"),
    (EXISTS, "  count: {in: agents, match: {id: session.agent}}", "say `at_least`, `at_most` or both"),
    (EXISTS, "  any: [{that: session.live}]", "`any` needs at least 2"),
    (EXISTS, "  any: [session.live, session.archived]", "this must be a mapping, not text"),
    (EXISTS, "  agree: [session.pin, session.live]", "they are never equal"),
    (EXISTS, "  unique: {by: [key]}", "unknown name `key`"),
    (EXISTS, "  exists: {in: profiles, match: {id: session.pin}, where: id == 'x'}", "unknown name `id`"),
    (EXISTS, "  exists: {in: profiles, match: {id: session.pin}, as: session}", "already taken"),
    (WHEN, "session.pin == session.pin", "both sides are `session.pin`"),
    (WHEN, "session.updatedAt > '2026-11-01'", "write date('2026-11-01')"),
    (WHEN, "meta.version >= '2026.8.0'", "compare version(meta.version)"),
    (WHEN, "session.updatedAt > date('1 November 2026')", "date() takes a date like 2026-11-22"),
    (WHEN, "\"split(session.key, ':')[1] == session.live\"", "true or false"),
    (WHEN, "\"split(session.key, ':') == 'agent'\"", "is a list"),
    (WHEN, "length(session.live) > `1`", "length() takes"),
    ("\"session.kind == 'cron'\", severity: note}", "\"session.kind == 'cron'\"}", "this changes nothing"),
    ("unsafe, remove: [session.authProfileOverride]", "unsafe", "this fix does nothing"),
    (
        "remove: [session.authProfileOverride]",
        'command: "forget {session.key}"',
        "write {quote(session.key)}",
    ),
    ("unsafe, remove: [session.authProfileOverride]", "advice, command: forget", "advice needs a `reason`"),
    ("{the agent: agent}", "[agent]", "`related` must be a mapping"),
    ("{the agent: agent}", "{the agent: {at: agent, mesage: x}}", "did you mean `message`?"),
    ("{the agent: agent}", "{the login: it}", "unknown name `it`"),
    ("params: {window: 7 d}", "let: {x: session.pn}", "did you mean `pin`?"),
    ("params: {window: 7 d}", "let: {session: session.pin}", "already taken"),
    ("params: {window: 7 d}", "params: {window: 7d}", "no length of time"),
    ("params: {window: 7 d}", "subject: agent", "no name of `for` that always has a row"),
    ("params: {window: 7 d}", "unless_unread: [login]", "did you mean `logins`?"),
    (
        "[{at: /sessions/0/authProfileOverride}]",
        "[{at: /sessions/0, severity: warn}]",
        "did you mean `warning`?",
    ),
    ("[{at: /sessions/0/authProfileOverride}]", "{at: /sessions/0}", "`expect` must be a list"),
    (
        "[{at: /sessions/0/authProfileOverride}]",
        "[{at: /sessions/0}]\n      fixed: {sessions: [{pinn: x}]}",
        "did you mean `pin`?",
    ),
    # The file itself.
    ("severity: error", "severity: fatal", "`fatal` is not one of"),
    ("severity: error", "severty: error", "did you mean `severity`?"),
    ("id: pin-visible", "id: pin-visble", "the name of the file"),
    ("params: {window: 7 d}", "params: {window: 7 days}", "no length of time"),
    ("optional: true}", "optional: maybe}", "must be true or false"),
    ("safety: unsafe", "safety: dangerous", "`dangerous` is not one of"),
    ("message: ", "message: '{session.key'  # ", "{"),
]


def problems(text: str) -> list[tuple[int, str]]:
    try:
        read_rule(Path("pin-visible.yaml"), text, vocabulary(), {})
    except RuleFileError as error:
        return [(problem.line, problem.message) for problem in error.problems]
    return []


def test_without_a_mistake_the_rule_is_accepted():
    assert problems(RULE) == []


def test_there_are_a_hundred():
    assert len(MISTAKES) >= 100


@pytest.mark.parametrize(("old", "new", "words"), MISTAKES, ids=[new[:60] for _, new, _ in MISTAKES])
def test_a_mistake_is_refused_at_its_place(old: str, new: str, words: str):
    text = RULE.replace(old, new, 1)
    line = text[: text.index(new)].count("\n") + 1
    lines = range(line, line + new.count("\n") + 1)
    found = problems(text)
    assert [message for at, message in found if at in lines and words in message], found
