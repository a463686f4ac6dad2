"""authlint's answers are OpenClaw's own, recorded for random states (see fixtures/oracle/differential.py)."""

import gzip
import json
from functools import cache
from pathlib import Path

import pytest

from fixtures.oracle.answers import disagreements, from_authlint
from fixtures.oracle.generate import NOW, generate
from fixtures.oracle.layout import write
from fixtures.oracle.tables import codex_rows, snapshot_of
from linter.openclaw.location import locate
from linter.openclaw.read import read_state
from linter.openclaw.selection import derive, semantics

RECORDED = Path(__file__).parents[3] / "fixtures/oracle/recorded"
VERSIONS = sorted(path.name.removesuffix(".json.gz") for path in RECORDED.glob("*.json.gz"))
THROUGH_FILES = 8

# Per flag, a version whose recorded answers need it; the other flags say where state lives.
NEEDED_IN = {
    "keeps_unlisted_user_pin": "2026.6.6",
    "imports_codex_login": "2026.3.24",
    "copies_inherited": "2026.4.26",
    "reconciles_default": "2026.9.6",
    "reconciles_invalidated": "2026.5.28",
    "replaces_blocked_user_pin": "2026.6.6",
    "splits_model_choice": "2026.9.6",
    "coerces_state": "2026.6.6",
    "limits_dates": "2026.9.6",
    "pairs_openai_and_codex": "2026.5.28",
    "merge_forgets_missing": "2026.5.28",
    "stored_order_falls_back": "2026.9.6",
    "own_profiles_first": "2026.9.6",
    "names_unresolved_refs": "2026.6.6",
    "refuses_malformed_key": "2026.9.6",
    "unexpired_first": "2026.8.2",
    "knows_global_blocks": "2026.8.2",
    "rotates_on_compaction": "2026.8.2",
    "blocks_by_model": "2026.9.6",
    "keeps_missing_user_pin": "2026.9.6",
    "links_users": "2026.9.6",
    "moves_up": "2026.9.6",
    "hides_personal": "2026.9.6",
    "fences": "2026.9.6",
    "gates_setup": "2026.9.6",
    "honours_suffix": "2026.9.6",
}


@cache
def recorded(version):
    return json.loads(gzip.decompress((RECORDED / f"{version}.json.gz").read_bytes()))


def disagreeing(version):
    """Yield what differs from the record, state by state."""
    for seed, theirs in recorded(version):
        state = generate(version, seed)
        yield from disagreements(state, from_authlint(state, snapshot_of(state)), theirs)


@pytest.mark.parametrize("version", VERSIONS)
def test_selection_is_openclaws_own(version):
    assert list(disagreeing(version)) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_selection_is_openclaws_own_when_the_state_is_read_from_disk(version, tmp_path):
    for seed, theirs in recorded(version)[:THROUGH_FILES]:
        state = generate(version, seed)
        directory = tmp_path / str(seed)
        write(state, directory)
        snapshot = read_state(locate(directory, environ={}, home=tmp_path), NOW)
        snapshot.tables["codex_cli"].extend(codex_rows(state))
        assert disagreements(state, from_authlint(state, snapshot), theirs) == []


@pytest.mark.parametrize(("flag", "version"), NEEDED_IN.items())
def test_the_recorded_answers_depend_on_every_difference_between_versions(flag, version, monkeypatch):
    known = semantics.semantics_of

    def without(*args, **named):
        found = known(*args, **named)
        return found._replace(**{flag: not getattr(found, flag)})

    monkeypatch.setattr(derive, "semantics_of", without)
    assert next(disagreeing(version), None) is not None


def test_every_generation_of_openclaw_is_recorded():
    assert set(VERSIONS) >= {"2026.3.24", "2026.5.7", "2026.6.6", "2026.8.2", "2026.9.6"}
