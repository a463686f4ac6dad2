"""Mappings drafted from a file of an unknown router."""

import json

import pytest
from ruamel.yaml import YAML

from linter.configuration.router_draft import drafted
from linter.routers.interface import RouterError
from linter.routers.mapping import parse_mapping

LOGIN = {"access_token": "FAKE", "refresh_token": "rt_FAKE_secret"}


@pytest.fixture
def draft(tmp_path):
    def run(value, name=".tool/logins.json"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(value if isinstance(value, str) else json.dumps(value))
        text = drafted(path, tmp_path)
        assert "FAKE" not in text
        return YAML(typ="safe").load(text)["routers"][0]

    return run


def test_a_list_of_logins_with_a_pointer(draft):
    accounts = [{"id": name, "auth": LOGIN} for name in "ab"]
    router = draft({"version": 2, "accounts": accounts, "active_id": "b"})
    mapping = parse_mapping(router)
    assert (mapping.kind, mapping.columns["selection"]) == ("pointer", "file.active_id")
    (table,) = mapping.tables["repo_profiles"]
    assert (table.at, table.key, table.credential) == ("/accounts", "entry.id", "entry.auth")
    assert router["files"]["logins"]["path"] == "~/.tool/logins.json"
    assert mapping.files["logins"].schema.newest == 2


def test_logins_by_name_with_an_index(draft):
    mapping = parse_mapping(draft({"pool": {"x": LOGIN, "y": LOGIN}, "activeIndex": 1}))
    assert (mapping.kind, mapping.tables["repo_profiles"][0].key) == ("index", "key")


def test_a_file_that_is_a_login_stands_for_its_folder(draft):
    mapping = parse_mapping(draft({"type": "codex", **LOGIN}, ".tool/codex-a.json"))
    assert mapping.files["logins"].path == "~/.tool/*.json"
    assert mapping.tables["repo_profiles"][0].each is False


@pytest.mark.parametrize("value", ["{", "[]", "{}", '{"a": {"b": 1}}'])
def test_a_file_without_a_login_is_refused(draft, value):
    with pytest.raises(RouterError):
        draft(value)
