"""`authlint fleet`: what is found, told, and not."""

import json
import re
import shutil
import sys
from types import SimpleNamespace

import jsonschema
import pytest

from fixtures import load
from fixtures.fleet import host_name
from linter.cli import fleet_command

KEY = "0123456789abcdef0123456789abcdef"


def summary(result):
    return json.loads(result.stdout)


def tokens(fleet):
    """Return the machines of each shared token."""
    return {tuple(one["machines"]) for one in fleet["shared"] if one["rule"] == "fleet-refresh-token-unique"}


def test_planted_tokens_are_all_found_and_nothing_else(fleet, write, tmp_path):
    write(30, shared=4)
    result = fleet(tmp_path / "hosts", "-f", "json")
    found = summary(result)
    assert result.exit_code == 1
    assert tokens(found) == {(host_name(number), host_name(number + 1)) for number in (0, 2, 4, 6)}
    assert [one for one in found["shared"] if one["severity"] == "error"] == found["shared"][:4]
    assert (found["snapshots"], found["machines"]) == (30, 30)
    assert found["states"] == {"error": 0, "warning": 0, "note": 30, "clean": 0, "unread": 0}


def test_machines_with_tokens_of_their_own_are_clean(fleet, write, tmp_path):
    write(4)
    result = fleet(tmp_path / "hosts", "-f", "json")
    assert result.exit_code == 0
    assert summary(result)["shared"] == []


def test_several_at_once_say_what_lint_says(fleet, authlint, write, tmp_path):
    paths = write(6, shared=2)
    alone = json.loads(authlint("lint", *paths, "-f", "json").stdout)["findings"]
    wanted = {one["fingerprint"]: one["message"] for one in alone if one["rule"].startswith("fleet-")}
    found = summary(fleet(tmp_path / "hosts", "-f", "json"))["shared"]
    assert {one["fingerprint"]: one["message"] for one in found} == wanted
    assert len(wanted) == 5  # two tokens, and three accounts on all machines


def test_the_result_is_the_same_however_the_work_is_dealt_out(fleet, write, tmp_path, monkeypatch):
    write(40, shared=10)
    whole = fleet(tmp_path / "hosts", "-f", "json").stdout
    for size in (1, 7):
        monkeypatch.setattr("linter.fleet.compute.LARGEST_PART", size)
        assert fleet(tmp_path / "hosts", "-f", "json").stdout == whole


def test_a_snapshot_that_does_not_parse_is_a_finding_and_stops_nothing(fleet, write, tmp_path):
    one, two, three, *_ = write(6, shared=2)
    one.write_text("{")
    two.write_text('{"a": 1}')
    value = json.loads(three.read_text())
    value["grants"] = [{"at": {"source": "x", "pointer": ""}, "fingerprint": 7}]
    three.write_text(json.dumps(value))
    result = fleet(tmp_path / "hosts", "-f", "json")
    found = summary(result)
    assert [row["snapshot"] for row in found["unread"]] == [str(one), str(two), str(three)]
    assert found["unread"][1]["reason"] == f"{two} is no snapshot"
    assert (found["snapshots"], found["states"]["unread"], found["states"]["note"]) == (6, 3, 3)
    assert result.exit_code == 1
    assert fleet(tmp_path / "hosts", "--fail-on", "never").exit_code == 0


def test_one_machine_seen_twice_counts_once(fleet, write, tmp_path):
    one, _ = write(2)
    shutil.copy(one, tmp_path / "hosts/again.json")
    found = summary(fleet(tmp_path / "hosts", "-f", "json"))
    assert (found["snapshots"], found["machines"]) == (3, 2)
    assert found["shared"] == []


def test_a_token_on_more_machines_than_are_kept_names_how_many(fleet, write, tmp_path, monkeypatch):
    monkeypatch.setattr("linter.snapshot.machines.MOST", 3)
    for path in write(8):
        path.write_text(re.sub(r"0001[0-9a-f]{12}", "0001aaaaaaaaaaaa", path.read_text()))
    found = summary(fleet(tmp_path / "hosts", "-f", "json"))
    (token,) = [one for one in found["shared"] if one["rule"] == "fleet-refresh-token-unique"]
    assert (len(token["machines"]), token["of"]) == (3, 8)
    assert "000000000001, 000000000002 and 4 more" in token["message"]


def test_versions_causes_and_the_worst_machines_are_counted(fleet, write, authlint, tmp_path):
    write(5)
    for number in (10, 11):
        state = load.materialise("2026.3.24-pin-missing", tmp_path / f"home{number}")
        file = tmp_path / f"hosts/b{number}.json"
        authlint("snapshot", state, "--now", "2026-11-22T00:00:00Z", "-o", file)
        value = json.loads(file.read_text())
        value["meta"]["host"] = host_name(number)
        file.write_text(json.dumps(value))
    found = summary(fleet(tmp_path / "hosts", "-f", "json"))
    assert found["versions"] == [{"name": "2026.9.6", "machines": 5}, {"name": "2026.3.24", "machines": 2}]
    assert found["causes"] == [
        {"kind": "missing-profile", "title": "… is not stored where it is named", "machines": 2}
    ]
    assert [one["host"] for one in found["worst"]] == [host_name(10), host_name(11)]
    assert found["states"]["error"] == 2
    drift = next(one for one in found["shared"] if one["rule"] == "fleet-version-drift")
    assert drift["message"].endswith("2026.3.24 on 2 machines, 2026.9.6 on 5 machines")
    assert drift["of"] == 7
    text = " ".join(fleet(tmp_path / "hosts").stdout.split())
    assert "problems between machines; 2 machines have errors, 0 warnings only, 5 neither." in text
    assert "2 … is not stored where it is named [missing-profile]" in text


def test_snapshots_with_other_names_join_when_made_with_one_key(fleet, authlint, tmp_path):
    keys = {name: tmp_path / f"{name}.key" for name in ("one", "two")}
    keys["one"].write_text(KEY)
    keys["two"].write_text(KEY[::-1])

    def take(number, key):
        state = load.materialise("2026.9.6-clean", tmp_path / f"home{number}")
        file = tmp_path / f"{key}-{number}.json"
        authlint("snapshot", state, "--pseudonymise", "--key", keys[key], "-o", file)
        value = json.loads(file.read_text())
        value["meta"]["host"] = host_name(number)
        file.write_text(json.dumps(value))

    for number in range(5):
        take(number, "one")
    found = summary(fleet(tmp_path / "one-*.json", "-f", "json"))
    shared = {one["rule"]: one["of"] for one in found["shared"]}
    assert shared == {"fleet-refresh-token-unique": 5, "fleet-seat-on-many": 5}
    assert found["names"] == 1
    take(7, "two")
    mixed = summary(fleet(tmp_path / "*-?.json", "-f", "json"))
    shared = {one["rule"]: one["of"] for one in mixed["shared"]}
    assert shared == {"fleet-refresh-token-unique": 6, "fleet-seat-on-many": 5}
    assert "Names were replaced with 2 different keys" in fleet(tmp_path / "*-?.json").stdout


def test_json_is_as_its_schema_says(fleet, authlint, write, tmp_path):
    write(6, shared=1)[5].write_text("{")
    schema = json.loads(authlint("schema", "fleet").stdout)
    jsonschema.validate(summary(fleet(tmp_path / "hosts", "-f", "json")), schema)


def test_sarif_has_what_is_shared_with_both_places(fleet, write, tmp_path):
    write(4, shared=1)
    run = json.loads(fleet(tmp_path / "hosts", "-f", "sarif").stdout)["runs"][0]
    (result,) = [one for one in run["results"] if one["level"] == "error"]
    places = [*result["locations"], *result["relatedLocations"]]
    uris = [one["physicalLocation"]["artifactLocation"]["uri"] for one in places]
    assert [uri.rpartition("/")[2] for uri in uris] == ["000000.json", "000001.json"]
    assert places[0]["physicalLocation"]["region"]["startLine"] > 1


def test_several_formats_go_to_files(fleet, write, tmp_path):
    write(4, shared=1)
    result = fleet(tmp_path / "hosts", "-f", "text", "-f", f"markdown={tmp_path / 'page.md'}")
    assert result.stdout.startswith("1 problem between machines;")
    page = (tmp_path / "page.md").read_text()
    assert "### Between machines\n\n| severity | finding |" in page
    refused = fleet(tmp_path / "hosts", "-f", "github")
    assert refused.exit_code == 2
    assert "'github' is none of text, json, markdown, sarif" in refused.stderr


def test_nothing_is_said_on_the_way_but_at_a_terminal(fleet, write, tmp_path, monkeypatch):
    write(2)
    assert fleet(tmp_path / "hosts").stderr == ""
    said = []
    monkeypatch.setattr(fleet_command.sys, "stderr", SimpleNamespace(write=said.append, flush=lambda: None))
    fleet_command._progress(1, 2)
    fleet_command._progress(2, 2)
    assert said == ["\rauthlint: 1 of 2 parts done", "\r\x1b[K"]


def test_a_rule_that_fails_ends_with_2(fleet, write, tmp_path):
    write(2)
    rule = tmp_path / "rules/own.yaml"
    rule.parent.mkdir()
    rule.write_text(
        "id: own\ntitle: It fails\nlayer: session\nseverity: note\nfor: {session: sessions}\n"
        "require: {that: length(session.pin) == `1`}\nmessage: x\nexamples: {}\n"
    )
    result = fleet(tmp_path / "hosts", "--rules", rule.parent, "-f", "json")
    assert result.exit_code == 2
    (problem,) = summary(result)["problems"]  # told once, however many machines it fails on
    assert problem.startswith("own: `length(session.pin) == `1`` failed on agent ")


def test_a_configuration_counts(fleet, write, tmp_path):
    write(6)
    config = tmp_path / "authlint.yaml"
    config.write_text("rules:\n  fleet-seat-on-many: off\n")
    found = summary(fleet(tmp_path / "hosts", "--config", config, "-f", "json"))
    assert found["shared"] == []


def test_select_and_ignore_choose_rules(fleet, write, tmp_path):
    write(6, shared=1)
    only = summary(fleet(tmp_path / "hosts", "--select", "fleet-seat-on-many", "-f", "json"))
    assert {one["rule"] for one in only["shared"]} == {"fleet-seat-on-many"}
    assert only["findings"] == {"errors": 0, "warnings": 0, "notes": 0}


def test_without_its_packages_it_says_what_to_install(fleet, write, tmp_path, monkeypatch):
    write(1)
    monkeypatch.setitem(sys.modules, "dask", None)
    for name in ("linter.fleet.compute", "linter.fleet.run"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    result = fleet(tmp_path / "hosts")
    assert result.exit_code == 2
    assert "pip install 'authlint[fleet]'" in result.stderr


@pytest.mark.parametrize("way", [(), ("-f", "json"), ("-f", "markdown"), ("-f", "sarif")])
def test_what_looks_like_a_token_is_masked(fleet, write, tmp_path, way):
    for path in write(6):
        text = path.read_text().replace("alice@example.com", "rt_FAKE_0123456789abcdef@example.com")
        path.write_text(text)
    result = fleet(tmp_path / "hosts", *way)
    assert "rt_FAKE" not in result.stdout + result.stderr
    assert "[secret]" in result.stdout.replace("\\", "")
