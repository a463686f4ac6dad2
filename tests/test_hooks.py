"""The hooks for pre-commit: which files they are called for. .ci/pre-commit runs them for real."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from fixtures import goldens, load
from linter.openclaw.location import locate
from linter.usecases.snapshot import take_snapshot

ROOT = Path(__file__).parents[1]
HOOKS = {hook["id"]: hook for hook in YAML(typ="safe").load(ROOT / ".pre-commit-hooks.yaml")}
FILES = re.compile(HOOKS["authlint-files"]["files"])
WATCHED_BY_NO_HOOK = re.compile(
    r"\.(migrated|imported)-|\.bak$"  # left by upgrades, never written again
    r"|\.codex/config\.toml$"  # many repositories have one that is not a user's
    r"|auth\.json5$"  # included under a name of the user's choice
)


# Tools whose files lie in a home, beside no state, and in no repository.
IN_A_HOME = re.compile(
    r"routers/(cc-switch|cli-proxy-api|codex-swap|cockpit-tools|hermes|lampese-switcher|opencode)/"
)
NAMES = [name for name in goldens.names() if ("/" in name or "clean" in name) and not IN_A_HOME.search(name)]


@pytest.mark.parametrize("name", NAMES)
def test_every_file_that_is_read_calls_the_hook_and_leads_to_its_state(name, tmp_path):
    state = load.materialise(name, tmp_path)
    snapshot = take_snapshot(locate(state, environ={}, home=tmp_path), load.describe(name).now)
    paths = {document.path for document in snapshot.documents if document.path.is_file()}
    assert paths
    for path in paths:
        shown = path.relative_to(tmp_path).as_posix()
        assert bool(FILES.search(shown)) != bool(WATCHED_BY_NO_HOOK.search(shown)), shown
        assert locate(path, environ={}, home=tmp_path / "nobody").state_dir == state


@pytest.mark.parametrize(
    "path",
    [
        "auth.json",  # of Composer, for one
        "src/profiles/dev.json",
        "ops/state/oauth-pool-state.json",  # in a workspace, which is no state
        "docs/openclaw.json.md",
        "sessions.json",
    ],
)
def test_files_of_others_do_not_call_it(path):
    assert not FILES.search(path)


def test_a_state_or_fleet_is_not_split_among_processes():
    for name in ("authlint-files", "authlint-snapshots"):
        assert HOOKS[name]["require_serial"]


def test_the_page_lists_every_hook():
    assert set(re.findall(r"- id: (authlint[\w-]*)", (ROOT / "docs/ci.md").read_text())) == set(HOOKS)
