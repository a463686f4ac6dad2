from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from linter.configuration.find import find_configuration
from linter.configuration.model import ConfigurationError
from linter.configuration.read import read_configuration
from linter.configuration.scaffold import CONFIG_SCHEMA

REPOSITORY = Path(__file__).parents[2]
ROUTER = """\
routers:
  - tool: mine
    files:
      state: {path: ~/.mine/state.json}
      logins: {path: ~/.mine/logins.json}
    routers:
      file: state
      kind: pointer
      columns:
        selection: file.active
    repo_profiles:
      file: logins
      at: /all
      credential: entry.auth
"""


@pytest.fixture
def read(tmp_path):
    """Return a function that reads a text as a configuration."""

    def run(text, cache=None):
        path = tmp_path / "authlint.yaml"
        path.write_text(text, encoding="utf-8")
        return read_configuration(path, cache)

    return run


@pytest.fixture
def problems(read):
    """Return a function that gives line, column and message of every problem of a text."""

    def run(text, cache=None):
        with pytest.raises(ConfigurationError) as caught:
            read(text, cache)
        return [(problem.line, problem.column, problem.message) for problem in caught.value.problems]

    return run


def milliseconds(*moment):
    return int(datetime(*moment, tzinfo=UTC).timestamp() * 1000)


def test_the_schema_is_one():
    Draft202012Validator.check_schema(CONFIG_SCHEMA.value)


@pytest.mark.parametrize("text", ["", "# nothing\n", "{}\n"])
def test_an_empty_configuration_is_the_recommended_one(read, text):
    found = read(text)
    assert found.sets == {"recommended"}
    assert (found.folders, found.rules, found.exemptions) == ((), (), ())


def test_paths_start_from_the_folder_of_the_file(read, tmp_path):
    (tmp_path / "mine").mkdir()
    found = read(
        "extends: [all, ./mine]\nevidence: [captures/usage.json, /srv/status.json]\nbaseline: known.json\n"
    )
    assert found.baseline == tmp_path / "known.json"
    assert found.folders == (tmp_path / "mine",)
    assert [str(path) for path in found.evidence] == [
        f"{tmp_path}/captures/usage.json",
        "/srv/status.json",
    ]


def test_a_setting_is_a_word_or_a_mapping(read):
    found = read('rules: {"usage-*": off, token-expired: {severity: error, params: {skew: 1 min}}}\n')
    assert [change[:3] for change in found.rules] == [
        ("usage-*", "off", {}),
        ("token-expired", "error", {"skew": "1 min"}),
    ]


@pytest.mark.parametrize(
    ("until", "end"),
    [
        ("2026-12-31", milliseconds(2027, 1, 1)),
        ("2026-12-31T12:00:00Z", milliseconds(2026, 12, 31, 12)),
        ("2026-12-31T12:00:00+02:00", milliseconds(2026, 12, 31, 10)),
        ("2026-12-31T12:00", milliseconds(2026, 12, 31, 12)),
    ],
)
def test_a_day_counts_to_its_end_and_a_moment_until_it_comes(read, until, end):
    found = read(f'suppress: [{{rule: "*", subject: "*", reason: known, until: "{until}"}}]\n')
    assert found.exemptions[0].until_ms == end


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("ruls: {}\n", 1, 1, "unknown key `ruls`; did you mean `rules`?"),
        (
            "rules:\n  a: eror\n",
            2,
            6,
            "`eror` is not one of off, on, note, warning, error; did you mean `error`?",
        ),
        ("rules:\n  a: true\n", 2, 6, "`a` must be text or a mapping, not true or false"),
        ("rules:\n  a: {severty: off}\n", 2, 7, "unknown key `severty`; did you mean `severity`?"),
        ("rules:\n  a: {}\n", 2, 6, "`a` must not be empty"),
        ("- rules\n", 1, 1, "this must be a mapping, not a list"),
        (
            "extends: recomended\n",
            1,
            10,
            "`recomended` is no built-in set and no installed pack; did you mean",
        ),
        ("extends:\n  - ./mine\n", 2, 5, "there is no folder ./mine"),
        ("overrides:\n  - rules: {a: off}\n", 2, 5, "say for which `agent`, `profile`, `session` or `path`"),
        ("overrides:\n  - agent: main\n", 2, 5, "`rules` is missing"),
        ('suppress:\n  - {rule: a, subject: "*"}\n', 2, 5, "`reason` is missing"),
        ('suppress:\n  - {rule: a, subject: "*", reason: " "}\n', 2, 37, "` ` is not a valid name here"),
        (
            'suppress:\n  - {rule: a, subject: "*", reason: b, until: soon}\n',
            2,
            47,
            "`soon` is no date like 2026-12-31",
        ),
        ("providers: []\n", 1, 12, "`providers` must not be empty"),
        ("rules: {a: off\n", 2, 1, "YAML: "),
        ("rules: {a: off, a: error}\n", 1, 17, "`a` stands here twice"),
    ],
)
def test_a_mistake_is_named_where_it_stands(problems, text, line, column, message):
    found = problems(text)
    assert found[0][:2] == (line, column)
    assert message in found[0][2]


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "message"),
    [
        ("kind: pointer", "kind: pointr", 8, 13, "did you mean `pointer`?"),
        (
            "selection: file",
            "selction: file",
            10,
            9,
            "unknown column `selction` of routers; did you mean `selection`?",
        ),
        ("file.active", "file.[active", 10, 31, "is not JMESPath: it ends too early"),
        ("entry.auth", "entry auth", 14, 25, "`auth` is not expected here"),
        ("file: logins", "file: login", 12, 13, "`files` has no `login`; did you mean `logins`?"),
        ("      file: state\n", "", 6, 5, "`file` is missing: one of state, logins"),
        ("at: /all", "at: all", 13, 11, "a JSON pointer begins with `/`"),
        ("file.active", "lowr(file.active)", 10, 20, "unknown function `lowr`"),
        ("file.active", "fil.active", 10, 20, "unknown name `fil` in this expression; did you mean `file`?"),
        ("file.active", "entry.active", 10, 20, "unknown name `entry`"),
        ("file.active", "past(file.at, now)", 10, 20, "past() takes 1 arguments, not 2"),
        ("entry.auth", "entri.auth", 14, 19, "did you mean `entry`?"),
        ("entry.auth", "fille.auth", 14, 19, "did you mean `file`?"),
        ("entry.auth", "'entry.auth == \"x\"'", 14, 35, "text stands in single quotes: 'x'"),
        ("tool: mine", "tol: mine", 2, 5, "unknown key `tol`; did you mean `tool`?"),
    ],
)
def test_a_router_that_cannot_be_read_is_named_where_it_stands(
    problems, read, old, new, line, column, message
):
    assert read(ROUTER).routers[0]["tool"] == "mine"
    found = problems(ROUTER.replace(old, new))
    assert any(problem[:2] == (line, column) and message in problem[2] for problem in found)


def test_a_folder_beside_the_file_is_recognised(problems, tmp_path):
    (tmp_path / "mine").mkdir()
    assert problems("extends: [mine]\n")[0][2].endswith("; for the folder write `./mine`")


def test_what_cannot_be_read_is_said(problems, tmp_path):
    with pytest.raises(ConfigurationError, match="No such file"):
        read_configuration(tmp_path / "absent.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"# caf\xe9\n")
    with pytest.raises(ConfigurationError, match="UTF-8"):
        read_configuration(tmp_path / "latin.yaml")
    assert "nested too deeply" in problems("[" * 600 + "]" * 600)[0][2]
    assert "nested too deeply" in problems("rules: &a [*a]\n")[0][2]


def test_what_the_cache_keeps_says_the_same(read, problems, tmp_path):
    cache = tmp_path / "cache"
    text = ROUTER + 'suppress:\n  - {rule: a, subject: "*", reason: b}\n'
    first, second = read(text, cache), read(text, cache)
    assert list(cache.iterdir())
    assert first == second
    assert second.document.place(("suppress", 0)) == (16, 5)
    assert read("rules: {a: off}\n", cache).rules[0].pattern == "a"
    assert problems("rules: 5\n", cache) == problems("rules: 5\n", cache)
    for file in cache.iterdir():
        file.write_bytes(file.read_bytes()[:-3])
    assert read(text, cache) == first


@given(
    st.text(max_size=200) | st.sampled_from(ROUTER.splitlines()).map(lambda line: ROUTER.replace(line, "", 1))
)
def test_any_text_is_a_configuration_or_has_problems(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(text, encoding="utf-8", errors="replace", newline="")
    with suppress(ConfigurationError):
        assert read_configuration(path).document.path == path


def test_the_nearest_configuration_is_found(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    assert find_configuration(None, [first, second]) is None
    (second / "authlint.yaml").touch()
    assert find_configuration(None, [first, second]) == second / "authlint.yaml"
    (first / "authlint.yaml").touch()
    assert find_configuration(None, [first, second]) == first / "authlint.yaml"
    assert find_configuration(first / "other.yaml", [second]) == first / "other.yaml"


def test_the_documented_configuration_is_one(read, tmp_path):
    (tmp_path / "rules").mkdir()
    text = (REPOSITORY / "docs/configuration.md").read_text(encoding="utf-8")
    found = read(text.partition("```yaml\n")[2].partition("```")[0])
    assert len(found.document.value) == 8


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Install a package that offers the folder `our_package/rules` under the name `ours`."""
    site = tmp_path / "site"
    for folder in ("our_package/rules", "ours-1.dist-info"):
        (site / folder).mkdir(parents=True)
    (site / "our_package" / "__init__.py").write_text("raise SystemExit('this must not run')\n")
    (site / "ours-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: ours\nVersion: 1\n")
    (site / "ours-1.dist-info" / "entry_points.txt").write_text(
        "[authlint.packs]\nours = our_package.rules\ngone = our_package.gone\n"
    )
    monkeypatch.syspath_prepend(site)
    return site


def test_an_installed_pack_is_found_by_name_and_none_of_its_code_runs(read, problems, installed):
    assert read("extends: [recommended, ours]\n").folders == (installed / "our_package" / "rules",)
    assert "did you mean `ours`?" in problems("extends: our\n")[0][2]
    assert "without its folder" in problems("extends: gone\n")[0][2]
