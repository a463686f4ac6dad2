"""Several machines at once: what only their snapshots together can tell."""

import json

import pytest

from fixtures import load

NOW = "1795305600000"


@pytest.fixture
def machine(authlint, tmp_path):
    """Return a function that writes the snapshot of a state as that of a machine of some name."""

    def take(host, name, change=lambda text: text):
        state = load.materialise(name, tmp_path / host)
        file = tmp_path / f"{host}.json"
        assert authlint("snapshot", state, "--now", NOW, "-o", file).exit_code == 0
        saved = json.loads(file.read_text())
        saved["meta"]["host"] = host
        file.write_text(change(json.dumps(saved, indent=1)))
        return file

    return take


def test_a_token_on_two_machines_is_found_and_placed_in_a_snapshot(authlint, machine):
    one, two = machine("a1", "2026.3.24-clean"), machine("b2", "2026.5.7-clean")
    result = authlint("lint", one, two)
    assert result.exit_code == 1
    assert "[fleet-refresh-token-unique " in result.stdout
    assert "a1.json:" in result.stdout
    assert "across machines." in result.stdout


def test_one_machine_seen_twice_is_no_fleet(authlint, machine, tmp_path):
    one = machine("a1", "2026.3.24-clean")
    again = tmp_path / "again.json"
    again.write_text(one.read_text())
    result = authlint("lint", one, again)
    assert result.exit_code == 0
    assert "fleet" not in result.stdout


def test_the_same_accounts_in_another_order_are_a_note(authlint, machine):
    one, two = machine("a1", "2026.9.6-clean"), machine("b2", "2026.9.6-order-set")
    result = authlint("lint", one, two, "--notes", "--fail-on", "never")
    assert "note agent main tries" in " ".join(result.stdout.split())


@pytest.mark.parametrize("name", ["json", "sarif", "github", "gitlab", "junit", "markdown"])
def test_every_format_holds_what_was_found_across_machines(authlint, machine, tmp_path, name):
    one, two = machine("a1", "2026.3.24-clean"), machine("b2", "2026.5.7-clean")
    result = authlint("lint", one, two, "-f", "text", "-f", f"{name}={tmp_path / 'report'}")
    assert result.exit_code == 1
    assert "across machines." in result.stdout
    report = (tmp_path / "report").read_text()
    assert "fleet-refresh-token-unique" in report
    assert "a1.json" in report


def test_a_text_file_has_the_reports_one_after_the_other(authlint, machine, tmp_path):
    one, two = machine("a1", "2026.3.24-clean"), machine("b2", "2026.5.7-clean")
    authlint("lint", one, two, "-f", f"text={tmp_path / 'report.txt'}")
    assert (tmp_path / "report.txt").read_text() == authlint("lint", one, two).stdout


def test_a_baseline_knows_what_shows_only_between_machines(authlint, machine, tmp_path):
    one, two = machine("a1", "2026.3.24-clean"), machine("b2", "2026.5.7-clean")
    known = tmp_path / "known.json"
    authlint("baseline", one, two, "-o", known)
    result = authlint("lint", two, one, "--baseline", known)
    assert result.exit_code == 0
    assert "No new problems found across machines. 4 findings known from" in result.stdout
