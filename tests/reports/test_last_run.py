import stat

import pytest

from linter.reports.last_run import recall, remember


@pytest.fixture
def report(lint_state):
    return lint_state("2026.3.24-pin-missing").report


def test_what_was_found_can_be_recalled(report, tmp_path):
    remember([report], tmp_path)
    (kept,) = recall(tmp_path)
    assert [one["fingerprint"] for one in kept["findings"]] == [one.fingerprint for one in report.in_order()]
    assert kept["meta"]["now"] == report.meta["now"]


def test_only_the_user_can_read_it(report, tmp_path):
    remember([report], tmp_path / "new")
    (file,) = (tmp_path / "new").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_last_run_replaces_the_one_before(report, tmp_path):
    remember([report, report], tmp_path / "new")
    assert len(recall(tmp_path / "new")) == 2
    remember([report], tmp_path / "new")
    assert len(recall(tmp_path / "new")) == 1
    assert len(list((tmp_path / "new").iterdir())) == 1


def test_of_very_many_findings_the_worst_are_kept(report, tmp_path):
    note = report.findings[0]._replace(severity="note")
    error = note._replace(severity="error", fingerprint="f" * 32)
    remember([report._replace(findings=(*[note] * 1000, error))], tmp_path)
    (kept,) = recall(tmp_path)
    assert len(kept["findings"]) == 200
    assert kept["findings"][0]["fingerprint"] == "f" * 32


def test_a_folder_that_cannot_be_written_is_left_alone(report, tmp_path):
    (tmp_path / "file").write_text("")
    remember([report], tmp_path / "file" / "below")
    assert recall(tmp_path / "file" / "below") == []


@pytest.mark.parametrize("text", ["", "{", "[{}]", "5", '[{"findings": 5}]'])
def test_what_is_damaged_counts_as_nothing(tmp_path, text):
    (tmp_path / "last-run.json").write_text(text)
    assert recall(tmp_path) == []


def test_no_temporary_file_stays_where_the_file_cannot_be_replaced(report, tmp_path):
    (tmp_path / "new" / "last-run.json").mkdir(parents=True)
    remember([report], tmp_path / "new")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["last-run.json"]
