"""What a source names, and how a name may be shown."""

import fsspec
import pytest

from linter.fleet.names import FleetError, fetched, shown_name, snapshot_names
from linter.openclaw.location import NothingToLint


def test_a_folder_names_all_snapshots_below_it(write, tmp_path):
    paths = write(3)
    (tmp_path / "hosts/east").mkdir()
    deeper = tmp_path / "hosts/east/a.json"
    paths[0].rename(deeper)
    (tmp_path / "hosts/README.md").write_text("no snapshot")
    assert snapshot_names([str(tmp_path / "hosts")]) == [*map(str, paths[1:]), str(deeper)]


def test_a_glob_names_what_matches(write, tmp_path):
    paths = write(12)
    assert snapshot_names([str(tmp_path / "**/00000?.json")]) == [*map(str, paths[:10])]


def test_a_list_names_a_snapshot_on_each_line(write, tmp_path):
    one, two = write(2)
    listed = tmp_path / "fleet.txt"
    listed.write_text(f"# ours\nhosts/{one.name}\n\n  {two}\ns3://bucket/three.json\n")
    assert snapshot_names([str(listed)]) == [str(one), str(two), "s3://bucket/three.json"]


def test_a_name_counts_once_whatever_names_it(write, tmp_path):
    paths = write(2)
    assert snapshot_names([str(tmp_path / "hosts"), str(paths[0])]) == [*map(str, paths)]


def test_a_binary_file_is_no_list(tmp_path):
    (tmp_path / "fleet.bin").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FleetError, match="neither a snapshot nor a list"):
        snapshot_names([str(tmp_path / "fleet.bin")])


@pytest.mark.parametrize("name", ["absent", "empty", "none-*.json", "memory://nowhere"])
def test_a_source_that_names_nothing_is_told(tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingToLint, match="there is no"):
        snapshot_names([name if "://" in name else str(tmp_path / name)])


def test_a_url_of_an_unknown_kind_is_told():
    with pytest.raises(FleetError, match="Protocol not known"):
        snapshot_names(["gopher://bucket/hosts"])


def test_a_url_that_is_signed_names_one_snapshot():
    signed = "https://example.com/night/a.json?X-Amz-Signature=0123&x=*"
    assert snapshot_names([signed]) == [signed]


def test_a_url_names_a_folder_a_glob_or_a_snapshot():
    files = fsspec.filesystem("memory")
    for name in ("a.json", "b.json", "sub/c.json", "notes.txt"):
        files.pipe_file(f"/fleet/{name}", b"{}")
    assert snapshot_names(["memory://fleet"]) == [
        "memory:///fleet/a.json",
        "memory:///fleet/b.json",
        "memory:///fleet/sub/c.json",
    ]
    assert snapshot_names(["memory://fleet/*.json"]) == ["memory:///fleet/a.json", "memory:///fleet/b.json"]
    assert snapshot_names(["memory://fleet/b.json"]) == ["memory://fleet/b.json"]


def test_a_file_that_is_too_large_is_not_fetched_whole(monkeypatch):
    monkeypatch.setattr("linter.fleet.names.LARGEST", 4)
    fsspec.filesystem("memory").pipe_file("/large.json", b"12345")
    with pytest.raises(FleetError, match="cannot be read: it has more than"):
        fetched("memory://large.json")


def test_what_cannot_be_fetched_is_told_without_what_the_service_said():
    with pytest.raises(FleetError, match=r"^memory://absent.json cannot be read: FileNotFoundError$"):
        fetched("memory://absent.json")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("/hosts/a.json", "/hosts/a.json"),
        ("s3://bucket/a.json", "s3://bucket/a.json"),
        ("https://me:hunter2@example.com/a.json?X-Amz-Signature=abc#x", "https://example.com/a.json"),
        (f"https://example.com/{'k' * 50}/a.json", "https://example.com/[secret]/a.json"),
    ],
)
def test_what_signs_a_url_is_never_shown(name, shown):
    assert shown_name(name) == shown
