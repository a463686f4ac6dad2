"""Nothing that a state holds speaks to a terminal or to CI, whatever command or format shows it.

Commands and formats are found here by themselves: a new one is tested from its first day.
"""

import json
import re
import unicodedata
from html.parser import HTMLParser

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from fixtures import load
from linter.cli.app import app
from linter.printable import json_text, printable, printable_in_place
from linter.reports.interface import FORMATS
from linter.reports.markup import escaped, escaped_html

NOW = "2026-11-22T00:00:00Z"
HOSTILE = (
    "::error file=a::one \x1b]0;owned\x07\n::error file=x::two\r\n  ::stop-commands::three ##[error]four"
    " \x9b31mred\x7f \u202eevil\u2066 \u2028 @octocat ![i](http://e.example/i.png) <img src=x onerror=y>"
    " www.e.example `a` | b & \x00\x08 \U000e0041\U000e0142"
)
NOT_ABOUT_A_STATE = {"init", "new", "schema", "rules", "test", "guard", "watch", "tokens", "demo"}
"""Commands that take no state: they show what the user or the package wrote, or run other commands."""


def group():
    found = typer.main.get_command(app)
    return found, found.make_context("authlint", ["lint"], resilient_parsing=True)


def commands():
    found, context = group()
    return sorted(name for name in found.list_commands(context) if name not in NOT_ABOUT_A_STATE)


def formats(name):
    """Return the ways in which a command can be asked for another output."""
    found, context = group()
    options = {one for parameter in found.get_command(context, name).params for one in parameter.opts}
    ways = [[], *([one] for one in ("--json", "--all", "--notes", "--pseudonymise") if one in options)]
    return ways + [["--format", form] for form in FORMATS if "--format" in options]


WAYS = [(name, way) for name in commands() for way in formats(name)]


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    """A state in a folder of a hostile name, with hostile names of everything."""
    home = tmp_path_factory.mktemp("home") / "a\n::error::b\x1b[31m"
    state = load.materialise("2026.3.24-pin-missing", home)
    for path in state.rglob("*.json"):
        text = path.read_text()
        for name in ("ghost@example.com", "bob@example.com", "telegram:direct:42", "2026.3.24"):
            text = text.replace(name, json.dumps(f"{name} {HOSTILE}")[1:-1])
        json.loads(text)
        path.write_text(text)
    sessions = state / "agents/main/sessions/sessions.json"
    value = json.loads(sessions.read_text())
    value[HOSTILE] = next(iter(value.values()))
    sessions.write_text(json.dumps(value, indent=2))
    (state / "agents/main/agent/auth-profiles.json").chmod(0o644)
    return state


def harmful(text):
    """Yield what of a text would do more than be seen."""
    yield from {one for one in text if unicodedata.category(one)[0] == "C" and one != "\n"}
    yield from {one for one in text if unicodedata.category(one) in ("Zl", "Zp")}
    yield from re.findall(r"##\[.*", text)


def workflow_commands(text):
    return [line for line in text.split("\n") if re.match(r"\s*::[^:]", line)]


@pytest.mark.parametrize(("name", "way"), WAYS)
def test_nothing_steers_a_terminal_or_a_log(name, way, authlint, state, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)  # where `baseline` writes its file
    arguments = {"diff": [state, state], "query": ["[sessions, profiles][]", state]}.get(name, [state])
    result = authlint(name, *arguments, *way)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    shown = result.stdout + result.stderr
    assert list(harmful(shown)) == []
    if "github" in way:
        for line in workflow_commands(shown):
            assert re.match(r"::(error|warning|notice) [^:]*title=authlint%3A [\w-]+::", line)
    elif name != "snapshot" and not {"json", "sarif", "gitlab", "--json"} & {*way}:
        assert workflow_commands(shown) == []


def test_the_hostile_names_are_really_shown(authlint, state):
    for arguments in (["lint", state, "--notes"], ["trace", state], ["layers", state], ["checklist", state]):
        assert "octocat" in authlint(*arguments, "--now", NOW).stdout


class _Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attrs):  # noqa: ARG002 - as the library calls it
        self.found.add(tag)


def test_markdown_has_no_elements_links_or_mentions_but_its_own(authlint, state):
    text = authlint("lint", state, "--notes", "-f", "markdown").stdout
    assert "octocat" in text
    prose = re.sub(r"(?ms)^(`{3,})sh$.*?^\1$", "", text)
    elements = _Elements()
    elements.feed(re.sub(r"\\.", "", prose))
    assert elements.found <= {"details", "summary"}
    assert re.findall(r"(?<![\w.+-])@\w", prose) == []
    outside = re.sub(r"<summary>.*</summary>", "", prose)  # where Markdown is not looked at
    assert re.findall(r"(?<!\\)!?\[[^]]*\]\(", outside) == []
    assert re.findall(r"://|www\.\w", prose) == []


def test_errors_are_printable_too(authlint, tmp_path):
    folder = tmp_path / "a\n::error::b\x1b[31m"
    folder.mkdir()
    (folder / "x\n::error::y.yaml").write_text("id: [\x1b[31m\n")
    for arguments in (
        ["lint", folder],
        ["lint", folder / "absent"],
        ["trace", folder],
        ["test", folder],
        ["lint", "--config", folder / "absent.yaml"],
        ["tokens", folder / "absent"],
        ["undo", folder],
        ["fix", folder, "--apply"],
    ):
        shown = authlint(*arguments)
        assert list(harmful(shown.stderr)) == []
        assert workflow_commands(shown.stderr) == []


@given(st.text())
def test_any_text_becomes_one_harmless_line(text):
    for shown in (printable(text), printable_in_place(text.replace("\n", " "))):
        assert list(harmful(shown)) == []
        assert "\n" not in shown
    assert "::" not in printable(text)
    assert len(printable_in_place(text)) == len(text)
    if text.isprintable() and "::" not in text and "##[" not in text:
        assert printable(text) == text


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_json_says_the_same_and_hides_nothing(value):
    text = json_text(value)
    assert json.loads(text) == value
    assert not set(text) & set("\x1b\x7f\x9b\u2028\u202e\u2066\u200f")


def test_json_escapes_letters_that_nobody_sees():
    text = json_text("a\U000e0041\U000e0142")
    assert (text, json.loads(text)) == ('"a\\udb40\\udc41\\udb40\\udd42"', "a\U000e0041\U000e0142")


@given(st.text(alphabet=st.sampled_from(" @a.w:/<>&![]()`*_#|~\\$\n-")))
def test_markdown_shows_a_text_and_means_nothing_by_it(text):
    shown = escaped(text)
    assert re.findall(r"(?<![\w.+-])@\w", shown) == []
    bare = re.sub(r"<!-- -->|\\.", "", shown)
    assert not set(bare) & set("<>`*_[]#|~\\&$!")
    assert not set(re.sub(r"<!-- -->|&\w+;|&#x?\w+;", "", escaped_html(text))) & set('<>"')
