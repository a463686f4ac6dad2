"""Known findings are shown to nobody and counted by nobody; machines get all findings with their state."""

import json
from pathlib import Path

import jsonschema
import pytest

from linter import __version__
from linter.baseline.file import Entry
from linter.reports import last_run
from linter.reports.combined import combined
from linter.reports.last_run import recall, remember

KNOWN = "agent:main:main pins openai:gone, which agent main cannot see"
STATES = {"1111111111111111": "updated", "2222222222222222": "unchanged", "3333333333333333": "new"}


def unwrapped(text):
    return " ".join(text.split())


@pytest.mark.parametrize("name", ["full", "github", "gitlab", "junit", "markdown"])
def test_people_see_what_is_new_or_worse(written, compared, report, name):
    options = compared.options._replace(notes=True)
    shown = unwrapped(written(compared._replace(options=options), name))
    before = unwrapped(written(report._replace(options=options), name))
    assert KNOWN in before
    assert KNOWN not in shown
    assert "pins openai-codex:gone" in shown
    assert "has an expired access token" in shown


def test_the_summary_tells_what_is_known_what_is_worse_and_what_has_gone(written, compared):
    assert (
        "Found 1 error in ~/.openclaw (JSON files of OpenClaw up to 2026.5, last written by 2026.5.7). 1 rule"
        " could not be evaluated. 1 note not shown (--notes). 1 finding known from authlint-baseline.json not"
        " shown. 1 finding worse than in authlint-baseline.json. 1 entry of authlint-baseline.json no longer"
        " occurs (authlint baseline --prune)."
    ) in unwrapped(written(compared, "text"))


def test_the_way_out_names_a_baseline_that_is_not_the_usual_one(written, compared):
    (gone,) = compared.baselines[0].absent
    info = compared.baselines[0]._replace(path=Path("/home/ada/known.json"), absent=(gone, gone))
    assert "2 entries of ~/known.json no longer occur (authlint baseline --prune -o ~/known.json)." in (
        unwrapped(written(compared._replace(baselines=(info,)), "text"))
    )


def test_a_state_that_the_baseline_was_not_made_from_is_told(written, compared):
    findings = tuple(one._replace(baseline="new") for one in compared.findings)
    info = compared.baselines[0]._replace(knows=False, absent=())
    unknown = compared._replace(findings=findings, baselines=(info,))
    assert "authlint-baseline.json was made from other states." in unwrapped(written(unknown, "text"))


def test_json_has_all_findings_with_their_state_and_what_has_gone(parsed, compared):
    value = parsed(compared, "json")
    schema = json.loads(Path("linter/reports/report.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(value)
    assert {one["fingerprint"]: one["baseline"] for one in value["findings"]} == STATES
    assert value["counts"] == {"error": 1, "warning": 0, "note": 1}
    assert value["baselines"][0]["path"] == "~/project/authlint-baseline.json"
    assert [Entry(**one) for one in value["baselines"][0]["absent"]] == list(compared.baselines[0].absent)


def test_sarif_has_a_state_on_every_result_and_no_result_for_what_has_gone(parsed, compared, report):
    schema = json.loads(Path("tests/reports/sarif-2.1.0.schema.json").read_text())
    log = parsed(compared, "sarif")
    jsonschema.Draft202012Validator(schema).validate(log)
    results = log["runs"][0]["results"]
    assert {one["partialFingerprints"]["authlint/v1"]: one["baselineState"] for one in results} == STATES
    assert not any("baselineState" in one for one in parsed(report, "sarif")["runs"][0]["results"])


def test_the_log_matches_its_golden(written, compared):
    log = written(compared, "sarif").replace(__version__, "1.2.3")
    assert log == Path("tests/reports/golden/baseline.sarif").read_text()


@pytest.mark.parametrize(("most", "kept"), [(200, "123"), (2, "13")])
def test_a_known_finding_can_be_explained_where_there_is_room(compared, tmp_path, monkeypatch, most, kept):
    monkeypatch.setattr(last_run, "_MOST", most)
    remember([compared], tmp_path)
    assert "".join(one["fingerprint"][0] for one in recall(tmp_path)[0]["findings"]) == kept


def test_states_that_share_a_baseline_tell_together_what_has_gone(written, compared):
    both = combined([compared, compared])
    (baseline,) = both.baselines
    assert len(baseline.absent) == 2
    assert "2 findings known from authlint-baseline.json not shown." in unwrapped(written(both, "text"))
    assert "2 entries of authlint-baseline.json no longer occur" in unwrapped(written(both, "text"))
