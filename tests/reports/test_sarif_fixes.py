"""The fixes in SARIF give a reader that knows only the standard the bytes that authlint writes itself."""

import json
import shutil
from hashlib import sha256
from io import StringIO
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtures import load
from linter.engine.finding import Cause, Edit, Finding, Fix, Location
from linter.fixes.editable import editable
from linter.fixes.plan import Plan, plan
from linter.reports import sarif
from linter.reports.interface import Report
from linter.sources.documents import Documents
from linter.sources.json5_document import Json5Document
from linter.sources.json_document import JsonDocument
from linter.sources.text_document import TextDocument


def replaced(data, change):
    """Return the bytes of a file after an artifact change, by its lines and columns."""
    text = data.decode()
    body = text.removeprefix("\ufeff")
    starts = [0, *(index + 1 for index, character in enumerate(body) if character == "\n")]
    for replacement in reversed(change["replacements"]):
        region = replacement["deletedRegion"]
        start = starts[region["startLine"] - 1] + region["startColumn"] - 1
        end = starts[region["endLine"] - 1] + region["endColumn"] - 1
        if "charOffset" in region:
            assert (start, end) == (region["charOffset"], region["charOffset"] + region["charLength"])
        body = body[:start] + replacement.get("insertedContent", {"text": ""})["text"] + body[end:]
    return (text[: text.startswith("\ufeff")] + body).encode()


def changed(run, fix, read):
    """Return the files that a fix changes, by path; `read` gives the bytes of one as they are now."""
    after = {}
    for change in fix["artifactChanges"]:
        where = change["artifactLocation"]
        base = run["originalUriBaseIds"][where["uriBaseId"]]["uri"]
        path = Path(unquote(urlsplit(urljoin(base, where["uri"])).path))
        after[path] = replaced(read(path), change)
    return after


scalars = st.none() | st.integers(-9, 9) | st.sampled_from(["x", "ü", "😀"])
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3), max_leaves=5)
objects = st.dictionaries(st.sampled_from(["a", "b", "c/d", "😀"]), values, min_size=1)


@st.composite
def files(draw):
    """A document of some kind, and edits of it."""
    kind = draw(st.sampled_from(["json", "json5", "text"]))
    if kind == "text":
        lines = draw(st.lists(st.sampled_from(["", "openai:a", " 😀 b ", "\tü"]), min_size=1, max_size=3))
        text, members = "\n".join(lines), [f"/{number}" for number in range(len(lines))]
    else:
        value = draw(st.dictionaries(st.sampled_from(["x", "y"]), objects, min_size=1))
        text = json.dumps(value, indent=draw(st.sampled_from([None, 2])), ensure_ascii=False)
        if kind == "json5":
            text = "/* 😀 */ " + text.replace("{", "{ // ü 😀\n", 1)
        members = [f"/{outer}/{name}" for outer in value for name in ("a", "b", "c~1d", "new")]
    mark, newline = draw(st.sampled_from(["", "\ufeff"])), draw(st.sampled_from(["\n", "\r\n"]))
    text = mark + text.replace("\n", newline) + newline
    action = st.just("set") if kind == "text" else st.sampled_from(["set", "remove"])
    new = st.sampled_from(["x", "😀"]) if kind == "text" else values
    pointers = draw(st.sets(st.sampled_from(members), max_size=3))
    return kind, text, [(draw(action), pointer, draw(new)) for pointer in sorted(pointers)]


@given(st.lists(files(), min_size=1, max_size=3))
def test_a_reader_gets_the_planned_bytes(given_files):
    kinds = {"json": JsonDocument, "json5": Json5Document, "text": TextDocument}
    documents, texts, edits = Documents(), {}, []
    for number, (kind, text, changes) in enumerate(given_files):
        name = f"{number} ü#%"
        path = Path("/state") / name
        texts[path] = text.encode()
        documents.add(kinds[kind](name, path, name, text, sha256(text.encode()).hexdigest(), kind))
        edits += [Edit(action, name, pointer, value) for action, pointer, value in changes]
    fix = Fix("t", "unsafe", edits=tuple(edits))
    finding = Finding("r", "error", "m", Location("0 ü#%", ""), (), (), (fix,), "f", {}, Cause("r", "f"), "m")
    stream = StringIO()
    sarif.write(
        Report((finding,), documents, {}, {}, {"STATEDIR": Path("/state")}, (Path("/state"),)), stream
    )
    run = json.loads(stream.getvalue())["runs"][0]
    planned = plan(fix, editable(documents, [Path("/state")]))
    if isinstance(planned, Plan):
        expected = {change.document.path: change.data() for change in planned.files}
        assert changed(run, run["results"][0]["fixes"][0], texts.__getitem__) == expected
    else:
        assert "fixes" not in run["results"][0]


PREFERENCE = """
id: preference-differs
title: The preference and the pin name another account
layer: preference
severity: warning
for: {wish: preference, session: "sessions[?authProfileOverrideSource == 'user']"}
require: {that: 'wish.value == session.authProfileOverride'}
at: wish.value
message: they differ
about: One fix that changes two files.
fixes:
  - title: Write one account into both
    safety: safe
    set:
      wish.value: "'openai-codex:bob@example.com'"
      session.authProfileOverride: "'openai-codex:bob@example.com'"
examples: {bad: [], good: []}
"""


@pytest.fixture(scope="module")
def own_rules(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rules")
    (folder / "preference-differs.yaml").write_text(PREFERENCE)
    return folder


def one_line(text):
    return json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))


LAYOUTS = {
    "as written": str,
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "one line": one_line,
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("name", "rule", "files"),
    [
        ("2026.3.24-pin-out-of-order", "session-override-in-order", 1),
        ("2026.3.24-identity-differs", "identity-account-matches-token", 1),
        ("2026.3.24-config-provider-differs", "config-provider-matches", 1),
        ("2026.5.7-runtime-ghosts", "usage-stats-orphan", 1),
        ("2026.3.24-pin-missing", "preference-differs", 2),
    ],
)
def test_a_reader_gets_what_fix_apply_writes(authlint, tmp_path, own_rules, name, rule, files, layout):
    home = tmp_path / "höme #1 100%"
    state, now = load.materialise(name, home), load.describe(name).now
    for path in state.rglob("*.json"):
        text = path.read_text().replace('"type": "oauth"', '"note": "ü😀", "type": "oauth"')
        text = text.replace('"authProfileOverride"', '"label": "😀", "authProfileOverride"', 1)
        path.write_bytes(LAYOUTS[layout](text).encode())
    config = state / "openclaw.json"
    config.write_bytes(config.read_bytes().replace(b"{", "{ /* 😀 */ ".encode(), 1))
    (state / "codex_profile_id").write_bytes("\ufeffopenai-codex:älice@example.com\r\n".encode())
    options = ["--now", now, "--select", rule, *(["--rules", own_rules] if rule in PREFERENCE else [])]

    run = json.loads(authlint("lint", state, *options, "-f", "sarif").stdout)["runs"][0]
    fix = run["results"][0]["fixes"][0]
    by_reader = changed(run, fix, Path.read_bytes)
    assert len(by_reader) == files

    before = {path: path.read_bytes() for path in state.rglob("*") if path.is_file()}
    assert authlint("fix", state, *options, "--apply", "--unsafe").exit_code == 0
    shutil.rmtree(state / ".authlint")
    after = {
        path: data
        for path in state.rglob("*")
        if path.is_file() and (data := path.read_bytes()) != before[path]
    }
    assert after == by_reader
